"""Bad requests: bytes that Hypothesis draws choose one, and both frameworks are asked about it.

The first choice everywhere is a harmless one, so that bytes that shrink to zero leave what matters.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, TypeVar

from tests.minidjango.twoframeworks import Framework

T = TypeVar("T")


class Choices:
    """Bytes, each of which is one choice; when they are used up, the first is taken."""

    def __init__(self, drawn: bytes) -> None:
        self.left = iter(drawn)

    def one(self, options: Sequence[T]) -> T:
        return options[next(self.left, 0) % len(options)]

    def some(self, fragments: Sequence[str], most: int = 4) -> str:
        return "".join(self.one(fragments) for _ in range(self.one(range(most + 1))))


def wire(text: str) -> str:
    """Return text as ``environ`` holds it."""
    return text.encode().decode("latin-1")


SNOWMAN = wire("☃")
PATHS = ["/", "a", "//", "%2F", "..", ";", "?", SNOWMAN, "\xff", " ", "\n", "%", wire("é")]
QUERIES = ["a=1", "&", "b", "=", ";", "%", "%ff", "%E2%98%83", "+", SNOWMAN, "\xe9", "\0"]
HOSTS = ["example.com", ":80", "EXAMPLE", ".", ":", ":x", "[::1]", "[", "]", "@", "/", " ", "_"]
HOSTS += ["1", "\r\n", ",", SNOWMAN, "\xe9", "a" * 64, "-", "localhost"]
COOKIES = ["a=1", "; ", "b", "=", ";", ",", '"', '"\\054"', '"\\"', "\\303\\251", SNOWMAN, "\xff"]
COOKIES += [" ", "$Version=1", "\t", "\n", "a=2", "__Host-c=3"]
TYPES = ["text/html", "; charset=", "utf-8", "latin-1", "UTF-16", "none", '"', ";", "=", " "]
TYPES += ["multipart/form-data", "; boundary=b", "; a*=utf-8''%e2%98%83", "; a*=none'x'y", "\n"]
TYPES += ["; a*0=b; a*1*=%41", SNOWMAN, "\\", "\xe9", "\0", ",", "*/*", ";q=0.5", "q=", "/", "*"]
NUMBERS = ["5", "0", "80", "-", "+", " ", "x", "_", "9" * 15, wire("१"), ".", "\n"]
HEADS = ["Content-Disposition: form-data", '; name="a"', '; filename="x"', "; filename*=utf-8''%41"]
HEADS += [
    "\r\n",
    "Content-Type: ",
    "text/plain",
    "; charset=utf-8",
    ":",
    ";",
    SNOWMAN,
    "\xff",
    "\n",
]
HEADS += ["Content-Transfer-Encoding: base64", "=?utf-8?b?YQ==?=", "; name", '"', "; name*0=b"]
HEADS += ["x" * 999, "; name*=none'x'y", '; name=" \\"', '; filename="&#47;..\\"', "\0"]
CONTENTS = ["value", "\r\n", "aGVsbG8=", "\n", "\xff", SNOWMAN, "a=1&b", "%", "--b", "\0", "--"]
EDGES = ["--b\r\n"] * 8 + ["--b--\r\n", "--b\n", "--b", "--c\r\n", "", "-b"]
MULTIPART = "multipart/form-data; boundary=b"
FIELD = 'Content-Disposition: form-data; name="a"'
FILE = FIELD + '; filename="x"\r\nContent-Type: text/plain'


def body(choices: Choices) -> str:
    """Return something like multipart."""
    parts = []
    for _ in range(choices.one([1, 0, 2, 3, 4])):
        head = choices.one([FIELD, FILE, FIELD, ""]) + choices.one(["", "", choices.some(HEADS, 3)])
        parts += [choices.one(EDGES), head, choices.one(["\r\n\r\n"] * 5 + ["\n", ""])]
        parts += [choices.some(CONTENTS, 3), choices.one(["\r\n"] * 5 + ["\n", ""])]
    return "".join([*parts, choices.one(["--b--\r\n", "--b", ""])])


def environ(choices: Choices) -> dict[str, Any]:
    """Return what a bad server would pass, for a bad client."""
    form = choices.one([MULTIPART, MULTIPART, "application/x-www-form-urlencoded", ""])
    sent = choices.some(QUERIES, 8) if "urlencoded" in form else body(choices)
    found = {
        "REQUEST_METHOD": choices.one(["POST"] * 8 + ["GET", "post", "PUT", "", "\xe9"]),
        "PATH_INFO": choices.some(PATHS),
        "QUERY_STRING": choices.some(QUERIES, 8),
        "CONTENT_TYPE": form + choices.one(["", "", choices.some(TYPES)]),
        "CONTENT_LENGTH": choices.one([str(len(sent))] * 7 + [choices.some(NUMBERS, 2)]),
        "SERVER_NAME": choices.one(["testserver"] * 5 + ["example.com", "[::1]", "a b"]),
        "SERVER_PORT": choices.one(["80"] * 5 + ["443", "8000", "x", ""]),
        "HTTP_COOKIE": choices.some(COOKIES, 8),
        "wsgi.url_scheme": choices.one(["http", "https", "\xe9"]),
        "wsgi.input": sent.encode("latin-1"),
    }
    for name, fragments in MORE.items():
        if choices.one([False, False, True]):
            found[name] = choices.one([fragments[0], choices.some(fragments)])
    if choices.one([False] * 15 + [True]):
        del found[choices.one(list(found))]
    return found


MORE = {
    "SCRIPT_NAME": PATHS,
    "SCRIPT_URL": PATHS,
    "HTTP_HOST": HOSTS,
    "HTTP_X_FORWARDED_HOST": HOSTS,
    "HTTP_X_FORWARDED_PORT": NUMBERS,
    "HTTP_X_FORWARDED_PROTO": ["https", "http", ", ", " ", "\xe9"],
    "HTTP_ACCEPT": TYPES,
    "HTTP_X_ANY__THING": TYPES,
}
SETTINGS: dict[str, list[Any]] = {
    "DATA_UPLOAD_MAX_MEMORY_SIZE": [None, 0, 9, 99],
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": [None, 0, 2],
    "DATA_UPLOAD_MAX_NUMBER_FILES": [None, 0, 1],
    "USE_X_FORWARDED_HOST": [True],
    "USE_X_FORWARDED_PORT": [True],
    "SECURE_PROXY_SSL_HEADER": [("HTTP_X_FORWARDED_PROTO", "https")],
    "ALLOWED_HOSTS": [[".example.com", "[::1]"], ["EXAMPLE"], []],
    "DEBUG": [True],
    "DEFAULT_CHARSET": ["latin-1"],
    "FORCE_SCRIPT_NAME": ["/forced", "forced/"],
}


def settings(choices: Choices) -> dict[str, Any]:
    """Return settings that matter for reading a request."""
    chosen = {name: choices.one([*[None] * 7, *values]) for name, values in SETTINGS.items()}
    return {name: value for name, value in chosen.items() if value is not None}


def form(request: Any) -> Any:
    """Return fields and files."""
    files = [(name, each) for name, several in request.FILES.lists() for each in several]
    about = [(name, f.name, f.size, f.content_type, f.charset, f.read()) for name, f in files]
    return list(request.POST.lists()), about


BODY = {
    "form": form,
    "body": lambda request: request.body,
    "read": lambda request: request.read(3),
    "line": lambda request: request.readline(),
    "lines": lambda request: request.readlines(),
    "charset": lambda request: setattr(request, "encoding", "utf-16"),
}
ORDERS = [
    ["form"],
    ["form"],
    ["form"],
    ["form", "form"],
    ["body", "form"],
    ["form", "body"],
    ["lines", "form", "body"],
]
ORDERS += [["charset", "form"], ["read", "form"], ["line", "body", "line"], ["charset", "body"]]
ASKED = {
    "where": lambda request: [request.path, request.path_info, request.method],
    "kind": lambda request: [request.content_type, request.content_params, request.encoding],
    "query": lambda request: list(request.GET.lists()),
    "cookies": lambda request: sorted(request.COOKIES.items()),
    "headers": lambda request: sorted(request.headers.items()),
    "host": lambda request: [request.get_host(), request.get_port()],
    "uri": lambda request: [request.build_absolute_uri(to) for to in (None, "x/../y", "//z")],
    "full path": lambda request: [request.get_full_path(True), request.get_full_path_info()],
    "secure": lambda request: request.is_secure(),
    "accepts": lambda request: [request.accepts(kind) for kind in ("text/html", "a/b; c=d")],
    "accepted": lambda request: [str(kind) for kind in request.accepted_types],
    "preferred": lambda request: request.get_preferred_type(["a/b", "text/html"]),
    "words": repr,
}


def read(fw: Framework, environ: dict[str, Any], order: list[str]) -> dict[str, Any]:
    """Return the outcome of making a request, and of all that can be asked of it."""
    environ, made = environ.copy(), []
    if "wsgi.input" in environ:
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"])
    found = {"made": fw.outcome(lambda: made.append(fw("core.handlers.wsgi.WSGIRequest")(environ)))}
    for request in made:
        asked = {**ASKED, **{f"{name}, {number}": BODY[name] for number, name in enumerate(order)}}
        found.update({name: fw.outcome(how, request) for name, how in asked.items()})
    return found
