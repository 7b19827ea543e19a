"""A request says about an ``environ`` what Django's says."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.minidjango.twoframeworks import agree, environ

DRAWN = settings(max_examples=100, derandomize=True, database=None, deadline=None)
wire = st.binary(max_size=12).map(lambda raw: raw.decode("latin-1"))
paths = st.one_of(
    wire.map(lambda text: "/" + text),
    st.sampled_from(["", "/", "//x", "/a//b/", "/é".encode().decode("latin-1"), "/a%20b;c=d?e"]),
)
queries = st.one_of(
    wire, st.sampled_from(["a=1&b=2&a=3", "a", "=", "a=%FF", "a=%C3%A9", "&&", "a+b=c+d", "é=é"])
)
cookies = st.one_of(
    wire, st.sampled_from(["a=1; b=2", "lone", 'q="x\\073y"', "a=1;a=2", "=v", ";;", "a = b "])
)
HEADERS = ["HTTP_X_ONE", "HTTP_ACCEPT", "CONTENT_TYPE", "HTTP_HOST", "HTTP_X_FORWARDED_HOST"]
VALUES = [
    "text/html;q=0.3, */*;q=2, text/*, application/json;v=1, ;, text/plain;q=x",
    "text/html",
    "a",
    "example.com:8000",
    "[::1]:80",
    "ex ample",
    "text/plain; charset=latin-1",
    "x/y; charset=nothing; b=c",
    "EXAMPLE.com.",
    "application/json; profile=a, application/json",
]
headers = st.dictionaries(st.sampled_from(HEADERS), st.sampled_from(VALUES), max_size=4)


def described(fw, request):
    """Return what a request says about itself."""
    types = ["text/html", "application/json", "application/json; v=1", "text/plain", "", "x"]
    return [
        [repr(request), request.path, request.path_info, request.method, request.encoding],
        [dict(request.GET.lists()), request.GET.urlencode(), request.GET.urlencode(safe="/é")],
        [request.COOKIES, request.content_type, request.content_params],
        [dict(request.headers), request.headers.get("x_one"), "X-ONE" in request.headers],
        [request.get_full_path(), request.get_full_path_info(True), request.is_secure()],
        [str(each) for each in request.accepted_types],
        [repr(each) for each in request.accepted_types_by_precedence],
        [request.accepts(each) for each in types],
        [request.get_preferred_type(types), request.get_preferred_type([])],
        fw.each(host=request.get_host, port=request.get_port, uri=request.build_absolute_uri),
        [fw.outcome(request.build_absolute_uri, each) for each in ("x?y", "//o/", "/a/../é", "")],
        [fw.outcome(request.build_absolute_uri, each) for each in ("http://o/é", "mailto:x", "//")],
    ]


@DRAWN
@given(paths, st.sampled_from(["", "/app", "/app/"]), queries, cookies, headers, st.booleans())
def test_a_drawn_environ_is_read_the_same_way(path, script, query, cookie, more, forwarded):
    def case(fw):
        names = {"SCRIPT_NAME": script, "QUERY_STRING": query, "HTTP_COOKIE": cookie}
        return described(fw, fw("core.handlers.wsgi.WSGIRequest")(environ(path, **names, **more)))

    hosts = ["example.com", ".localhost", "[::1]"]
    agree(case, ALLOWED_HOSTS=hosts, USE_X_FORWARDED_HOST=forwarded, DEBUG=forwarded)


MULTIPART = b"\r\n".join(
    [
        b"--b",
        b'Content-Disposition: form-data; name="a"',
        b"",
        b"1\r\n2",
        b"--b",
        b'Content-Disposition: form-data; name="a"; x=y',
        b"Content-Transfer-Encoding: base64",
        b"",
        b"aGVsbG8=",
        b"--b",
        b'content-disposition: form-data; name="f"; filename="C:\\dir\\na me.txt"',
        b"Content-Type: text/plain; charset=utf-8",
        b"",
        b"\x00\xff\r\n",
        b"--b",
        b'Content-Disposition: form-data; name="empty"; filename=""',
        b"",
        b"dropped",
        b"--b",
        b"Content-Disposition: attachment",
        b"",
        b"dropped",
        b"--b--",
        b"",
    ]
)
BODIES = {
    "form": (b"a=1&a=%C3%A9&b", "application/x-www-form-urlencoded"),
    "form in another charset": (b"a=1", "application/x-www-form-urlencoded; charset=latin-1"),
    "form with utf-8": (b"a=\xc3\xa9", "application/x-www-form-urlencoded; charset=UTF-8"),
    "multipart": (MULTIPART, "multipart/form-data; boundary=b"),
    "multipart without boundary": (MULTIPART, "multipart/form-data"),
    "multipart with a bad boundary": (MULTIPART, "multipart/form-data; boundary=é"),
    "multipart with another boundary": (MULTIPART, "multipart/form-data; boundary=other"),
    "json": (b'{"a": 1}', "application/json"),
    "nothing": (b"", ""),
}


def posted(fw, kind, method="POST", length=None):
    body, content_type = BODIES[kind]
    sizes = {"CONTENT_LENGTH": str(len(body)) if length is None else length}
    env = environ("/", method, CONTENT_TYPE=content_type, **sizes)
    env["wsgi.input"] = BytesIO(body + b"left over")
    return fw("core.handlers.wsgi.WSGIRequest")(env)


def files(request):
    """Return the files that came with a request."""
    found = [(name, each) for name, several in request.FILES.lists() for each in several]
    return [(name, each.name, each.size, each.content_type, each.read()) for name, each in found]


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("kind", BODIES)
def test_a_body_is_read_the_same_way(kind, method):
    def case(fw):
        fresh = lambda: posted(fw, kind, method)  # noqa: E731
        streamed, halved = fresh(), posted(fw, kind, method, "3")
        twice = fresh()
        return [
            fw.each(
                post=lambda: dict(fresh().POST.lists()),
                files=lambda: files(fresh()),
                body=lambda: fresh().body,
                lines=lambda: fresh().readlines(),
                halved=lambda: [halved.read(2), halved.read(), halved.read(1), halved.readline()],
                streamed=lambda: [streamed.read(1), list(streamed.POST), streamed.read(2)],
                unreadable=lambda: streamed.body,
                both=lambda: [twice.body, dict(twice.POST.lists()), twice.body, twice.read(1)],
            ),
            [fw.outcome(lambda: list(twice.POST)), twice.close()],
        ]

    agree(case)


LIMITS = [
    {"DATA_UPLOAD_MAX_MEMORY_SIZE": 4},
    {"DATA_UPLOAD_MAX_MEMORY_SIZE": None, "DATA_UPLOAD_MAX_NUMBER_FIELDS": None},
    {"DATA_UPLOAD_MAX_NUMBER_FIELDS": 1},
    {"DATA_UPLOAD_MAX_NUMBER_FIELDS": 3},
    {"DATA_UPLOAD_MAX_NUMBER_FIELDS": 4},
    {"DATA_UPLOAD_MAX_NUMBER_FILES": 0},
]


@pytest.mark.parametrize("limits", LIMITS, ids=str)
@pytest.mark.parametrize("kind", ["form", "multipart", "json"])
def test_limits_are_kept(kind, limits):
    def case(fw):
        understated = posted(fw, kind, length="")
        understated._stream = BytesIO(BODIES[kind][0])
        request = posted(fw, kind)
        return fw.each(
            post=lambda: list(request.POST),
            again=lambda: list(request.POST),
            body=lambda: posted(fw, kind).body,
            understated=lambda: understated.body,
        )

    agree(case, **limits)


def test_changing_the_encoding_decodes_again():
    def case(fw):
        request = fw("core.handlers.wsgi.WSGIRequest")(environ(QUERY_STRING="a=%E9"))
        before = request.GET["a"]
        request.encoding = "latin-1"
        return before, request.GET["a"], request.encoding

    assert agree(case)[1] == ["\ufffd", "é", "latin-1"]


HOSTS = "example.com www.example.com badexample.com EXAMPLE.COM example.com.:80 .example.com [::1]"


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("allowed", [[], ["*"], [".Example.com"], ["example.com", ""], ["[::1]"]])
def test_the_same_hosts_are_allowed(allowed, debug):
    def case(fw):
        request = fw("core.handlers.wsgi.WSGIRequest")
        hosts = [*HOSTS.split(), "localhost", "a.localhost:8000", "a b", "a_b", ""]
        return [fw.outcome(request(environ(HTTP_HOST=host)).get_host) for host in hosts]

    agree(case, ALLOWED_HOSTS=allowed, DEBUG=debug)


SCHEMES = [("HTTP_X_PROTO", "https"), None, ("only one",)]


@pytest.mark.parametrize("proxy", SCHEMES)
@pytest.mark.parametrize("value", [None, "https", "http", "https,http", " https "])
def test_the_scheme_is_the_trusted_proxys(proxy, value):
    def case(fw):
        header = {} if value is None else {"HTTP_X_PROTO": value}
        request = fw("core.handlers.wsgi.WSGIRequest")(environ(**header))
        return request.scheme, request.is_secure(), request.build_absolute_uri()

    agree(case, SECURE_PROXY_SSL_HEADER=proxy)


@pytest.mark.parametrize("forced", [None, "/forced"])
@pytest.mark.parametrize("more", [{}, {"SCRIPT_URL": "/a//b/x"}, {"REDIRECT_URL": "/r/x"}])
def test_the_script_name_is_what_clients_see(more, forced):
    def case(fw):
        request = fw("core.handlers.wsgi.WSGIRequest")(environ("/x", SCRIPT_NAME="/s", **more))
        return request.path, request.META["SCRIPT_NAME"]

    agree(case, FORCE_SCRIPT_NAME=forced)


def test_an_empty_request_is_the_same():
    def case(fw):
        request = fw("http.HttpRequest")()
        request.META = {"SERVER_NAME": "x", "SERVER_PORT": 81}
        request.path = "/p"
        found = [repr(request), request.get_host(), request.build_absolute_uri("q")]
        request.method = "GET"
        request.GET["a"] = "b"
        return [*found, repr(request), request.GET, request.POST, request.COOKIES, request.scheme]

    agree(case)
