"""What `app.get(...)` returns: WebTest's response, with content that cannot grow without bounds."""

from __future__ import annotations

import zlib
from http.cookiejar import CookieJar
from typing import Any

import webtest
from webtest.app import CookiePolicy

LIMIT = 16 * 2**20
"""How much content is taken out of a compressed body, in bytes."""

_WINDOWS = {"gzip": 31, "deflate": 15}
"""What zlib calls the formats (`zlib.decompressobj`, wbits)."""


class Answer(webtest.TestResponse):  # type: ignore[misc]
    """A response whose body is decompressed as far as it can be, and else left as it came."""

    def decode_content(self) -> None:
        """As WebTest's, but bounded, and without an error for what is not compressed at all."""
        decompress(self)


def decompress(response: Any) -> None:
    """Decompress a response's body in place, unless it is none, or too much."""
    wbits = _WINDOWS.get(response.content_encoding)
    if wbits is None:
        return
    inflater = zlib.decompressobj(wbits)
    try:
        content = inflater.decompress(response.body, LIMIT)
    except zlib.error:
        return
    if not inflater.unconsumed_tail:
        response.content_encoding = None
        response.body = content


class Cookies(CookieJar):
    """The cookies of an application's answers, as WebTest keeps them; without any, no work."""

    def __init__(self) -> None:
        super().__init__(policy=CookiePolicy())

    def add_cookie_header(self, request: Any) -> None:
        """As any jar's."""
        if any(True for _ in self):
            super().add_cookie_header(request)

    def extract_cookies(self, response: Any, request: Any) -> None:
        """As any jar's."""
        headers = response.info()
        if headers.getheaders("Set-Cookie") or headers.getheaders("Set-Cookie2"):
            super().extract_cookies(response, request)


class Request(webtest.TestRequest):  # type: ignore[misc]
    """A request that is answered with an `Answer`."""

    ResponseClass = Answer
