"""A response sends what Django's sends, and refuses what Django's refuses."""

import datetime
import decimal
import io
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.minidjango.twoframeworks import agree

names = st.one_of(st.sampled_from(["X-A", "x-a", "Content-Type", "É", b"X-B", "X\n", 7]), st.text())
values = st.one_of(
    st.text(max_size=5),
    st.binary(max_size=4),
    st.integers(),
    st.sampled_from(["a\nb", "é", "☃", None]),
)
steps = st.one_of(
    st.tuples(st.just("__setitem__"), names, values),
    st.tuples(st.just("setdefault"), names, values),
    st.tuples(st.sampled_from(["__delitem__", "__getitem__", "has_header", "get"]), names),
    st.tuples(st.just("write"), values),
    st.tuples(st.just("writelines"), st.lists(values, max_size=2)),
    st.tuples(st.sampled_from(["tell", "getvalue", "flush", "readable", "seekable", "writable"])),
)


def described(response):
    """Return what would be sent."""
    head = [response.status_code, response.reason_phrase, response.charset, repr(response)]
    cookies = [cookie.output(header="") for cookie in response.cookies.values()]
    return [*head, list(response.items()), cookies, bytes(response), list(response)]


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(st.lists(steps, max_size=5), values)
def test_drawn_changes_give_the_same_response_or_the_same_refusal(changes, content):
    def case(fw):
        response = fw("http.HttpResponse")(content)
        said = [fw.outcome(getattr(response, name), *args) for name, *args in changes]
        return [said, described(response), response.text]

    agree(case)


MADE = {
    "status": {"status": 404},
    "status as text": {"status": "201"},
    "status too low": {"status": 99},
    "status too high": {"status": 600},
    "status that is none": {"status": "ok"},
    "unknown status": {"status": 299},
    "reason": {"status": 200, "reason": "Fine"},
    "charset": {"charset": "latin-1"},
    "content type": {"content_type": "text/plain"},
    "content type with charset": {"content_type": 'text/plain; charset="latin-1"'},
    "empty content type": {"content_type": ""},
    "headers": {"headers": {"content-type": "a/b", "X-A": 1}},
    "pairs": {"headers": [("X-A", "1")]},
    "bad pairs": {"headers": [("X-A",)]},
    "two content types": {"headers": {"Content-Type": "a/b"}, "content_type": "c/d"},
    "bad header": {"headers": {"X": "a\r\nb"}},
}
KINDS = ["HttpResponse", "HttpResponseNotModified"]
KINDS += ["HttpResponse" + name for name in ("BadRequest", "Forbidden", "Gone", "NotFound")]
KINDS += ["HttpResponseServerError"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("arguments", MADE)
def test_every_way_to_make_one_gives_the_same(kind, arguments):
    content = b"" if kind == "HttpResponseNotModified" else "é"
    agree(lambda fw: described(fw(f"http.{kind}")(content, **MADE[arguments])))


CONTENTS = {
    "list": lambda: ["a", b"b", 3, None],
    "generator": lambda: (text for text in ("a", "é")),
    "file": lambda: io.BytesIO(b"x\ny"),
    "number": lambda: 7,
    "none": lambda: None,
    "memory": lambda: memoryview(b"m"),
}


@pytest.mark.parametrize("content", CONTENTS)
def test_content_of_every_kind_is_the_same(content):
    def case(fw):
        response = fw("http.HttpResponse")(CONTENTS[content]())
        before = response.text
        response.content = "new"
        return [before, response.text, described(response), described(response)]

    agree(case)


def test_content_of_a_304_is_refused():
    assert agree(lambda fw: fw("http.HttpResponseNotModified")("x"))[1] == "AttributeError"


@pytest.mark.parametrize("content", ["list", "generator", "file", "memory"])
def test_a_stream_is_the_same(content):
    def case(fw):
        closed = []
        response = fw("http.StreamingHttpResponse")(CONTENTS[content](), status=201)
        refused = fw.each(
            content=lambda: response.content,
            text=lambda: response.text,
            write=lambda: response.write("x"),
            writelines=lambda: response.writelines("x"),
            tell=lambda: response.tell(),
        )
        wrapped = (chunk.upper() for chunk in response.streaming_content)
        response.streaming_content = wrapped
        response._resource_closers.append(lambda: closed.append(1))
        response._resource_closers.append(lambda: 1 / 0)
        body = [repr(response), response.streaming, b"".join(response), response.getvalue()]
        response.close()
        return [refused, body, closed, response.closed, bytes(response)]

    agree(case)


UTC = datetime.UTC
COOKIES = {
    "plain": {},
    "value": {"value": "a b;é"},
    "everything": {
        "domain": "d",
        "path": "/p",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    },
    "no path": {"path": None},
    "expires in words": {"expires": "soon"},
    "expired": {"expires": datetime.datetime(2000, 1, 1)},
    "expired with a zone": {"expires": datetime.datetime(2000, 1, 1, tzinfo=UTC)},
    "both": {"expires": datetime.datetime(2000, 1, 1), "max_age": 1},
    "words and age": {"expires": "soon", "max_age": 7},
    "age as a duration": {"max_age": datetime.timedelta(days=1), "expires": "then"},
    "age as a fraction": {"max_age": 7.9, "expires": "then"},
    "bad samesite": {"samesite": "perhaps"},
}


@pytest.mark.parametrize("how", COOKIES)
def test_a_cookie_is_set_the_same_way(how):
    def case(fw):
        response = fw("http.HttpResponse")()
        said = fw.outcome(lambda: response.set_cookie("c", **COOKIES[how]))
        return said, response.cookies.output()

    agree(case)


@pytest.mark.parametrize("more", [{}, {"path": "/p", "domain": "d"}, {"samesite": "None"}])
@pytest.mark.parametrize("name", ["c", "__Host-c"])
def test_a_cookie_is_deleted_the_same_way(name, more):
    def case(fw):
        response = fw("http.HttpResponse")()
        response.delete_cookie(name, **more)
        return response.cookies.output()

    agree(case)


def test_a_lasting_cookie_expires_when_its_age_says():
    def case(fw):
        response = fw("http.HttpResponse")()
        response.set_cookie("c", max_age=1000)
        expires = response.cookies["c"]["expires"]
        then = datetime.datetime.strptime(expires, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
        later = datetime.datetime.now(tz=UTC) + datetime.timedelta(seconds=1000)
        response.set_cookie("d", expires=later)
        assert response.cookies["d"]["max-age"] in (999, 1000)
        return abs((then - later).total_seconds()) < 3

    assert agree(case) == ["returned", True]


@pytest.mark.parametrize("kind", ["HttpResponseRedirect", "HttpResponsePermanentRedirect"])
@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize(
    "to", ["/é?a=b c", "javascript:x", "ftp://x", "/" + "x" * 20000, "//x/", 7]
)
def test_a_redirect_is_the_same(kind, kept, to):
    def case(fw):
        response = fw(f"http.{kind}")(to, preserve_request=kept)
        return [described(response), response.url]

    agree(case)


def test_a_405_names_what_is_allowed():
    agree(lambda fw: described(fw("http.HttpResponseNotAllowed")(["GET", "PUT"], "no")))


DAY = datetime.timedelta(days=-1, hours=2, microseconds=5)
DATA = {
    "dates": {"a": datetime.datetime(2020, 1, 2, 3, 4, 5, 678901), "b": datetime.date(2020, 1, 2)},
    "utc": {"a": datetime.datetime(2020, 1, 2, tzinfo=UTC)},
    "times": {"a": datetime.time(1, 2, 3, 456789), "b": datetime.time(1, 2)},
    "time with a zone": {"a": datetime.time(1, tzinfo=UTC)},
    "others": {"a": DAY, "b": decimal.Decimal("1.0"), "c": uuid.UUID(int=7), "d": -DAY},
    "what cannot be": {"a": object},
    "a list": [1],
}


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize(
    "more", [{}, {"safe": False, "json_dumps_params": {"indent": 1}, "status": 201}]
)
def test_json_is_the_same(data, more):
    agree(lambda fw: described(fw("http.JsonResponse")(DATA[data], **more)))


@settings(max_examples=80, derandomize=True, database=None, deadline=None)
@given(st.text(alphabet='a=;" \\0273é,', max_size=12))
def test_a_cookie_header_is_read_the_same_way(header):
    agree(lambda fw: fw("http.parse_cookie")(header))


def test_the_text_of_a_response_is_kept_may_be_set_and_is_forgotten_with_the_content():
    def case(fw):
        response = fw("http.HttpResponse")("one")
        found = [response.text]
        response.text = "two"
        found.append(response.text)
        response.content = "three"
        return [*found, response.text]

    assert agree(case)[1] == ["one", "two", "three"]
