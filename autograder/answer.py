"""What `app.get(...)` returns: WebTest's response, with content that cannot grow without bounds."""

from __future__ import annotations

import zlib
from typing import Any

import webtest

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


class Request(webtest.TestRequest):  # type: ignore[misc]
    """A request that is answered with an `Answer`."""

    ResponseClass = Answer
