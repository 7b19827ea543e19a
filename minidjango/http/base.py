"""What every response has: status, headers, cookies, an end (``django.http.response``)."""

import datetime
import re
import time
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from minidjango.conf import settings
from minidjango.core import signals
from minidjango.http.cookie import SimpleCookie
from minidjango.http.headers import ResponseHeaders
from minidjango.utils.functional import cached_property
from minidjango.utils.http import http_date

BINARY = (bytes, memoryview)
REASONS = {int(status): status.phrase for status in HTTPStatus}


class HttpResponseBase:
    """A response without a body.

    Args:
        content_type: the header; by default ``text/html`` in ``settings.DEFAULT_CHARSET``.
        status: 100 to 599, or the class's ``status_code``.
        reason: the words after the status; by default the standard's.
        charset: how text is encoded; by default what the content type says.
        headers: a mapping, or pairs.

    Raises TypeError or ValueError for a status that is none, ValueError for two content types.
    """

    status_code = 200
    closed = False
    _has_been_logged = False
    _handler_class: type | None = None  # the handler's: request_finished comes from it

    def __init__(
        self,
        content_type: str | None = None,
        status: Any = None,
        reason: str | None = None,
        charset: str | None = None,
        headers: Any = None,
    ) -> None:
        self._charset, self._reason_phrase = charset, reason
        self._resource_closers: list[Callable[[], Any]] = []
        self.headers = ResponseHeaders(headers)
        if headers is None and content_type is None and charset is None:  # nearly always
            self.headers._store["content-type"] = _page_in(settings.DEFAULT_CHARSET)
        elif "Content-Type" not in self.headers:
            if content_type is None:
                charset = settings.DEFAULT_CHARSET if charset is None else charset
                content_type = f"text/html; charset={charset}"
            self.headers["Content-Type"] = content_type
        elif content_type:
            raise ValueError(
                "'headers' must not contain 'Content-Type' when the 'content_type' parameter is "
                "provided."
            )
        if status is not None:
            self.status_code = _checked_status(status)

    @cached_property
    def cookies(self) -> SimpleCookie:
        """The cookies that the client is asked to keep."""
        return SimpleCookie()

    @property
    def reason_phrase(self) -> str:
        """The words after the status code."""
        if self._reason_phrase is not None:
            return self._reason_phrase
        return REASONS.get(self.status_code, "Unknown Status Code")

    @reason_phrase.setter
    def reason_phrase(self, value: str | None) -> None:
        self._reason_phrase = value

    @property
    def charset(self) -> str:
        """The given charset, else the content type's, else ``settings.DEFAULT_CHARSET``."""
        if self._charset is not None:
            return self._charset
        said = _charset_in(self.headers.get("Content-Type", ""))
        return settings.DEFAULT_CHARSET if said is None else said

    @charset.setter
    def charset(self, value: str | None) -> None:
        self._charset = value

    def serialize_headers(self) -> bytes:
        """Return the headers as they go over the wire."""
        lines = (f"{name}: {value}" for name, value in self.headers.items())
        return b"\r\n".join(line.encode("latin-1") for line in lines)

    __bytes__ = serialize_headers

    def __repr__(self) -> str:
        kind = f', "{self["Content-Type"]}"' if "Content-Type" in self else ""
        return f"<{type(self).__name__} status_code={self.status_code}{kind}>"

    def __setitem__(self, header: str, value: Any) -> None:
        self.headers[header] = value

    def __delitem__(self, header: str) -> None:
        del self.headers[header]

    def __getitem__(self, header: str) -> Any:
        return self.headers[header]

    def has_header(self, header: str) -> bool:
        """Whether a header is set, in whatever case."""
        return header in self.headers

    __contains__ = has_header

    def items(self) -> Any:
        """Return names and values."""
        return self.headers.items()

    def get(self, header: str, alternate: Any = None) -> Any:
        """Return a header's value, or ``alternate``."""
        return self.headers.get(header, alternate)

    def setdefault(self, key: str, value: Any) -> None:
        """Set a header unless it is set."""
        self.headers.setdefault(key, value)

    def set_cookie(
        self,
        key: str,
        value: str = "",
        max_age: float | datetime.timedelta | None = None,
        expires: str | datetime.datetime | None = None,
        path: str | None = "/",
        domain: str | None = None,
        secure: bool = False,
        httponly: bool = False,
        samesite: str | None = None,
    ) -> None:
        """Ask the client to keep a cookie (RFC 6265).

        Args:
            key, value: its name and what it holds.
            max_age: seconds, or a timedelta; None is "until the browser closes".
            expires: instead of ``max_age``, a datetime (UTC when naive) or a ready string.
            path, domain: where the client sends it back.
            secure, httponly: over HTTPS only; out of reach of scripts.
            samesite: "Lax", "Strict" or "None".

        Raises ValueError for an ``expires`` date beside a ``max_age``, or another ``samesite``.
        """
        self.cookies[key] = value
        cookie = self.cookies[key]
        if isinstance(expires, datetime.datetime):
            if max_age is not None:
                raise ValueError("'expires' and 'max_age' can't be used together.")
            max_age, expires = _seconds_until(expires), None
        elif isinstance(max_age, datetime.timedelta):
            max_age = max_age.total_seconds()
        if max_age is not None:
            cookie["max-age"] = int(max_age)
            expires = expires or http_date(time.time() + max_age)
        cookie["expires"] = expires or ""
        given: Any = {"path": path, "domain": domain, "secure": secure, "httponly": httponly}
        cookie.update({name: each for name, each in given.items() if each not in (None, False)})
        if samesite:
            if samesite.lower() not in ("lax", "none", "strict"):
                raise ValueError('samesite must be "lax", "none", or "strict".')
            cookie["samesite"] = samesite

    def set_signed_cookie(self, key: str, value: Any, salt: str = "", **kwargs: Any) -> None:
        """Set a cookie that the client can read but not change; the rest is as in `set_cookie`."""
        from minidjango.core import signing  # late: few responses need cryptography

        signer = signing.get_cookie_signer(signing._cookie_signer_salt(key, salt))
        self.set_cookie(key, signer.sign(value), **kwargs)

    def delete_cookie(
        self, key: str, path: str = "/", domain: str | None = None, samesite: str | None = None
    ) -> None:
        """Ask the client to forget a cookie; path and domain must be those it was set with."""
        prefixed = key.startswith(("__Secure-", "__Host-"))
        secure = prefixed or bool(samesite and samesite.lower() == "none")
        long_ago = "Thu, 01 Jan 1970 00:00:00 GMT"
        self.set_cookie(key, "", 0, long_ago, path, domain, secure, samesite=samesite)

    def make_bytes(self, value: Any) -> bytes:
        """Return a part of the body as bytes, text in the response's charset."""
        if isinstance(value, BINARY):
            return bytes(value)
        return str(value).encode(self.charset)

    def close(self) -> None:
        """Free what the request held, then send ``request_finished``. The server calls this."""
        for closer in self._resource_closers:
            try:
                closer()
            except Exception:  # noqa: BLE001 - the others must be closed all the same
                continue
        self._resource_closers.clear()
        self.closed = True
        signals.request_finished.send(sender=self._handler_class)

    def write(self, content: Any) -> None:
        """Refuse: only a response with a body in memory can be written to."""
        raise OSError(f"This {type(self).__name__} instance is not writable")

    def writelines(self, lines: Any) -> None:
        """Refuse, as `write`."""
        self.write(lines)

    def tell(self) -> int:
        """Refuse: there is no position."""
        raise OSError(f"This {type(self).__name__} instance cannot tell its position")

    def flush(self) -> None:
        """Do nothing."""

    def readable(self) -> bool:
        """Return False, as `seekable` and `writable`: it is only a little like a file."""
        return False

    seekable = writable = readable


@lru_cache
def _page_in(charset: str) -> tuple[str, str]:
    """Return the Content-Type of a page in a charset, as `ResponseHeaders` keeps it."""
    return "Content-Type", f"text/html; charset={charset}"


@lru_cache
def _charset_in(content_type: str) -> str | None:
    found = re.search(r";\s*charset=([^\s;]+)", content_type, re.IGNORECASE)
    return found[1].replace('"', "") if found else None


def _checked_status(status: Any) -> int:
    try:
        code = int(status)
    except (ValueError, TypeError):
        raise TypeError("HTTP status code must be an integer.") from None
    if not 100 <= code <= 599:
        raise ValueError("HTTP status code must be an integer from 100 to 599.")
    return code


def _seconds_until(moment: datetime.datetime) -> int:
    """Return whole seconds from now, rounded up, so that the date comes out as it was given."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    left = moment - datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(seconds=1)
    return max(0, left.days * 86400 + left.seconds)
