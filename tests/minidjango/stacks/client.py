"""What a client sends: canned parts of `environ`, by the words of a scenario.

"client": "host port, query odd, body multipart, sends https+gzip"
"""

from io import BytesIO
from typing import Any

from tests.minidjango.stacks import words

HOSTS = {
    "port": "example.com:8000",
    "upper": "EXAMPLE.com",
    "dot": "example.com.",
    "sub": "www.example.com",
    "other": "evil.example",
    "six": "[::1]:8000",
    "bad": "a_host with/slash",
    "empty": "",
    "at": "example.com@evil.example",
}
QUERIES = {
    "plain": "a=1&b=2&a=3",
    "odd": "a=%FF&=b&c&d=%zz&a=\xe9&a=1;b=2",
    "empty": "&&=&",
    "many": "&".join(f"f{number}=" for number in range(12)),
}
MULTIPART = "multipart/form-data; boundary=edge"
FORM = "application/x-www-form-urlencoded"


def multipart(*parts: tuple[str, bytes], end: bytes = b"--edge--\r\n") -> bytes:
    """Return a body of parts with these Content-Dispositions."""
    return (
        b"".join(
            b"--edge\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (head.encode(), content)
            for head, content in parts
        )
        + end
    )


FIELD, FILE = ('name="a"', b"1"), ('name="f"; filename="C:\\dir\\n\u00e9.txt"', b"two\r\nlines")
BODIES: dict[str, tuple[str, bytes]] = {
    "form": (FORM, b"a=1&b=2&a=3"),
    "odd form": (FORM, b"a=%FF&=b&c&d=%zz&a=\xe9"),
    "latin form": (f"{FORM}; charset=iso-8859-1", b"a=%E9"),
    "many fields": (FORM, b"&".join(b"f=" for _ in range(12))),
    "multipart": (MULTIPART, multipart(FIELD, FILE)),
    "cut": (MULTIPART, multipart(FIELD, FILE)[:-30]),
    "empty part": (MULTIPART, multipart(('name="f"; filename=""', b""), ('x="y"', b"z"))),
    "many files": (MULTIPART, multipart(*[FILE] * 4)),
    "endless": (MULTIPART, multipart(FIELD, end=b"")),
    "no boundary": ("multipart/form-data", multipart(FIELD)),
    "bad boundary": ("multipart/form-data; boundary=\xe9", multipart(FIELD)),
    "not multipart": (MULTIPART, b"a=1&b=2"),
    "json": ("application/json", b'{"a": 1}'),
    "typeless": ("", b"a=1"),
    "garbage": ("text/\x00; charset=nothing", bytes(range(256))),
}
LENGTHS = {"short": "3", "long": "9999", "minus": "-1", "word": "many", "none": ""}
SENDS: dict[str, dict[str, Any]] = {
    "https": {"wsgi.url_scheme": "https"},
    "forwarded": {
        "HTTP_X_FORWARDED_HOST": "front.example",
        "HTTP_X_FORWARDED_PORT": "8443",
        "HTTP_X_FORWARDED_PROTO": "https",
    },
    "cookies": {"HTTP_COOKIE": 'a=1; b="q\\073"; =x; a=2; \xe9=1; sessionid=nonsense; c'},
    "json": {"HTTP_ACCEPT": "application/json;q=0.5, text/plain"},
    "gzip": {"HTTP_ACCEPT_ENCODING": "br, gzip"},
    "match": {"HTTP_IF_NONE_MATCH": 'W/"one", "an etag"'},
    "any match": {"HTTP_IF_MATCH": "*"},
    "since": {"HTTP_IF_MODIFIED_SINCE": "Sat, 01 Jan 2022 00:00:00 GMT"},
    "odd since": {"HTTP_IF_MODIFIED_SINCE": "yesterday", "HTTP_IF_UNMODIFIED_SINCE": "0"},
    "mounted": {"SCRIPT_NAME": "/app"},
    "rewritten": {"SCRIPT_URL": "/app//v/7/", "SCRIPT_NAME": "/else"},
    "origin": {"HTTP_ORIGIN": "http://testserver", "HTTP_REFERER": "http://testserver/"},
    "other origin": {"HTTP_ORIGIN": "http://evil.example", "HTTP_REFERER": "http://[bad"},
    "token": {"HTTP_COOKIE": f"csrftoken={'a' * 32}", "HTTP_X_CSRFTOKEN": "a" * 32},
    "agent": {"HTTP_USER_AGENT": "a bot/1.0", "REMOTE_ADDR": "127.0.0.1"},
}


def sent(text: str) -> dict[str, Any]:
    """Return what a client's words put into `environ`; KeyError for one that is not known."""
    found: dict[str, Any] = {}
    for part, value in map(words.pair, filter(None, text.split(", "))):
        found |= PARTS[part](value)
    return found


def with_body(name: str) -> dict[str, Any]:
    """Return a body with its type and length."""
    content_type, content = BODIES[name]
    return {
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": BytesIO(content),
    }


def with_headers(names: str) -> dict[str, Any]:
    """Return several lots of headers, divided by a plus."""
    return {key: value for name in names.split("+") for key, value in SENDS[name].items()}


PARTS = {
    "host": lambda name: {"HTTP_HOST": HOSTS[name]},
    "query": lambda name: {"QUERY_STRING": QUERIES[name]},
    "body": with_body,
    "length": lambda name: {"CONTENT_LENGTH": LENGTHS[name]},
    "sends": with_headers,
}
