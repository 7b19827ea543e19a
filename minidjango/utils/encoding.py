"""Paths, URIs and the characters they may not hold (``django.utils.encoding``)."""

from datetime import date, datetime, time
from types import NoneType
from typing import Any
from urllib.parse import quote

_PROTECTED_TYPES = (NoneType, int, float, datetime, date, time)


def force_bytes(
    s: Any, encoding: str = "utf-8", strings_only: bool = False, errors: str = "strict"
) -> Any:
    """Return ``s`` as bytes; what is not text is taken by its ``str``.

    With ``strings_only``, None, numbers, dates and times are returned as they are.
    """
    if isinstance(s, bytes):
        return s if encoding == "utf-8" else s.decode("utf-8", errors).encode(encoding, errors)
    if strings_only and (isinstance(s, _PROTECTED_TYPES) or _is_decimal(s)):
        return s
    if isinstance(s, memoryview):
        return bytes(s)
    return str(s).encode(encoding, errors)


def iri_to_uri(iri: Any) -> Any:
    """Percent-encode what is not ASCII, not ``%`` (RFC 3987, 3.1). None stays None."""
    return None if iri is None else quote(iri, safe="/#%[]=:;$&()+,!?*@'~")


def escape_uri_path(path: str) -> str:
    """Percent-encode what may not stand in a path, such as ``?``, ``;``, ``=`` (RFC 3986, 3.3)."""
    return quote(path, safe="/:@&+$,-_.!~*'()")


def repercent_broken_unicode(path: bytes) -> bytes:
    """Percent-encode bytes that are not UTF-8 (RFC 3987, 3.2): the rest can be decoded."""
    done = b""
    while True:
        try:
            path.decode()
        except UnicodeDecodeError as error:
            broken = quote(path[error.start : error.end], safe=b"/#%[]=:;$&()+,!?*@'~")
            done += path[: error.start] + broken.encode()
            path = path[error.end :]
        else:
            return done + path


def _is_decimal(s: Any) -> bool:
    from decimal import Decimal  # late: it is heavy, and hardly anybody asks

    return isinstance(s, Decimal)
