"""Bad requests: bytes choose one. Zero is everywhere the choice of something harmless."""

from collections.abc import Sequence
from typing import Any, TypeVar

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
NUMBERS = ["5", "0", "80", "-", "+", " ", "x", "_", "9" * 8, wire("१"), ".", "\n"]
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
HEADS += ["; name*=none'x'y", '; name=" \\"', '; filename="&#47;..\\"', "\0"]
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
        found["client.is_gone"] = True
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
    "DATA_UPLOAD_MAX_NUMBER_FILES": [0, 0, 1, 0, None],
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
