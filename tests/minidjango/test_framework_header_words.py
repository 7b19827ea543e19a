"""Dates, ETags, addresses and the headers of caches are read and written as by Django."""

import sys
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.minidjango.twoframeworks import agree

few = settings(max_examples=40, derandomize=True, database=None, deadline=None)
DATES = [
    *("Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"),
    *("Sun Nov  6 08:49:37 1994", "sun, 06 nOV 1994 08:49:37 GMT\n", "Sun, 06 Nov 1994", ""),
    *("Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Noo 1994 08:49:37 GMT", None, 7),
    *("Sun, 06 Nov 1994 24:49:37 GMT", "Sun Nov １２ 08:49:37 1994"),
    *("Sun, 06 ſep 1994 08:49:37 GMT", "Sun Nov  6 08:49:37 0000"),
    *("Sun Nov  6 08:49:37 0037", "Sun Nov  6 08:49:37 0099", "Sun Nov  6 08:49:37 0100"),
    *(f"Sunday, 06-Nov-{year:02} 08:49:37 GMT" for year in range(100)),
]


def test_dates_are_read_as_djangos():
    def case(fw):
        read, safe = fw("utils.http.parse_http_date"), fw("utils.http.parse_http_date_safe")
        return [[fw.outcome(read, date), safe(date)] for date in DATES]

    agree(case)


@few
@given(st.integers(0, 253402300799))
def test_a_date_comes_back_as_it_went(seconds):
    def case(fw):
        return fw("utils.http.parse_http_date")(fw("utils.http.http_date")(seconds))

    assert agree(case)[1] == seconds


@few
@given(st.text('Ww/",* ab'))
def test_etags_are_read_and_quoted_as_djangos(text):
    agree(lambda fw: [fw("utils.http.parse_etags")(text), fw("utils.http.quote_etag")(text)])


pieces = st.sampled_from(
    [
        *"/\\:@?#[]. \n\x00\x08é",
        "//",
        "http:",
        "https:",
        "ftp:",
        "javascript:",
        "good",
        "bad",
        "\xad",
    ]
)


@few
@given(
    st.one_of(st.none(), st.lists(pieces, max_size=6).map("".join)),
    st.sampled_from([None, "good", {"good"}, ["good", "good:80"], ()]),
    st.booleans(),
)
def test_an_address_is_allowed_if_it_is_by_django(url, hosts, https):
    agree(lambda fw: fw("utils.http.url_has_allowed_host_and_scheme")(url, hosts, https))


@pytest.mark.parametrize("https", [False, True])
def test_a_scheme_is_allowed_if_it_is_by_django(https):
    urls = ["ftp://good/", "http://good/", "https://good", "//good", "/a", "javascript:x", "http:x"]
    urls += ["https:///good", "http:\\\\bad", "///bad", "/\\bad", "http://[bad", "", None, " "]

    def case(fw):
        return [
            fw("utils.http.url_has_allowed_host_and_scheme")(url, "good", https) for url in urls
        ]

    agree(case)


def test_very_long_addresses_are_not_allowed():
    def case(fw):
        allowed, most = (
            fw("utils.http.url_has_allowed_host_and_scheme"),
            fw("utils.http.MAX_URL_LENGTH"),
        )
        return [allowed("/" + "a" * (most - 1), None), allowed("/" + "a" * most, None)]

    assert agree(case)[1] == [True, False]


def test_no_first_character_is_judged_otherwise():
    def case(fw):
        allowed = fw("utils.http.url_has_allowed_host_and_scheme")
        codes = [*range(0x300), *range(0x300, sys.maxunicode, 997)]
        return [code for code in codes if not allowed(f"{chr(code)}/a", None)]

    agree(case)


directive = st.sampled_from(
    [
        "max-age=5",
        "Max-Age=x",
        "max-age",
        "public",
        "private",
        "no-cache",
        "no-cache=A",
        "",
        "a=b=c",
    ]
)
added = st.fixed_dictionaries(
    {},
    optional={
        "max_age": st.sampled_from([0, 1, 7]),
        "s_maxage": st.just(1),
        "public": st.just(True),
        "private": st.just(True),
        "no_cache": st.sampled_from([True, "A", "B"]),
        "no_transform": st.sampled_from([True, False, 1]),
    },
)


def with_header(fw, name, value):
    return fw("http.HttpResponse")(headers={} if value is None else {name: value})


@few
@given(st.one_of(st.none(), st.lists(directive, max_size=4).map(" ,".join)), added)
def test_cache_control_is_patched_as_djangos(before, more):
    def case(fw):
        response = with_header(fw, "Cache-Control", before)
        age = fw("utils.cache.get_max_age")(response)
        fw("utils.cache.patch_cache_control")(response, **more)
        return [age, sorted(response["Cache-Control"].split(", "))]

    agree(case)


names = st.lists(st.sampled_from(["Cookie", "cookie", "*", "X-A", ""]), max_size=3)


@few
@given(st.one_of(st.none(), names.map(" , ".join)), names)
def test_vary_is_patched_as_djangos(before, more):
    def case(fw):
        response = with_header(fw, "Vary", before)
        asked = [fw("utils.cache.has_vary_header")(response, each) for each in (" COOKIE", "*", "")]
        fw("utils.cache.patch_vary_headers")(response, more)
        return [asked, response["Vary"]]

    agree(case)


@pytest.mark.parametrize("timeout", [None, 0, -5, 60, 1.5])
@pytest.mark.parametrize("before", [{}, {"Expires": "now", "Cache-Control": "max-age=7, public"}])
def test_times_are_added_as_djangos(timeout, before):
    def case(fw):
        response, never = (fw("http.HttpResponse")(headers=before) for _ in "ab")
        with mock.patch("time.time", return_value=1_000_000.5):
            fw("utils.cache.patch_response_headers")(response, timeout)
            fw("utils.cache.add_never_cache_headers")(never)
        return [list(response.items()), list(never.items())]

    agree(case)


def test_only_a_body_gets_an_etag():
    def case(fw):
        bodies = [fw("http.HttpResponse")(b"body"), fw("http.HttpResponse")(b"")]
        bodies += [fw("http.StreamingHttpResponse")([b"body"])]
        return [fw("utils.cache.set_response_etag")(each).get("ETag") for each in bodies]

    agree(case)


def test_compressed_parts_are_one_gzip_file_with_a_name_of_any_length():
    def case(fw):
        import gzip

        whole, parts = fw("utils.text.compress_string"), fw("utils.text.compress_sequence")
        found = []
        for most in (None, 0, 4):
            with mock.patch("secrets.randbelow", return_value=3):
                once = whole(b"abc" * 50, max_random_bytes=most)
                more = b"".join(parts([b"abc"] * 50, max_random_bytes=most))
            found.append([gzip.decompress(once), gzip.decompress(more), len(once), len(more)])
            found.append([once[3], more[3], once[10:14], more[10:14], once[4:8]])
        return found

    agree(case)
