"""What every response has: status, headers, cookies, an end (``django.http.response``)."""

import datetime
import re
from collections.abc import Callable, ItemsView
from contextlib import suppress
from http import HTTPStatus
from typing import Any, NoReturn

from minidjango.conf import settings
from minidjango.core import signals
from minidjango.http.cookie import SimpleCookie, write_cookie
from minidjango.http.headers import ResponseHeaders

REASONS = {int(status): status.phrase for status in HTTPStatus}
CHARSET = re.compile(r";\s*charset=(?P<charset>[^\s;]+)", re.IGNORECASE)


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
    _has_been_logged = False

    def __init__(
        self,
        content_type: str | None = None,
        status: Any = None,
        reason: str | None = None,
        charset: str | None = None,
        headers: Any = None,
    ) -> None:
        self.headers = ResponseHeaders(headers)
        self._charset = charset
        if "Content-Type" not in self.headers:
            self.headers["Content-Type"] = content_type or self._default_type(content_type)
        elif content_type:
            raise ValueError(
                "'headers' must not contain 'Content-Type' when the 'content_type' parameter is "
                "provided."
            )
        self._resource_closers: list[Callable[[], Any]] = []
        self._handler_class: type | None = None  # set by the handler: request_finished's sender
        self.cookies: SimpleCookie = SimpleCookie()
        self.closed = False
        if status is not None:
            self.status_code = _checked_status(status)
        self._reason_phrase = reason

    def _default_type(self, content_type: str | None) -> str:
        return f"text/html; charset={self.charset}" if content_type is None else content_type

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
        if found := CHARSET.search(self.headers.get("Content-Type") or ""):
            return found["charset"].replace('"', "")
        return str(settings.DEFAULT_CHARSET)

    @charset.setter
    def charset(self, value: str | None) -> None:
        self._charset = value

    def serialize_headers(self) -> bytes:
        """Return the headers as they go over the wire."""
        lines = (f"{name}: {value}" for name, value in self.headers.items())
        return b"\r\n".join(line.encode("latin-1") for line in lines)

    __bytes__ = serialize_headers

    @property
    def _content_type_for_repr(self) -> str:
        kind = self.headers.get("Content-Type")
        return "" if kind is None else f', "{kind}"'

    def __setitem__(self, header: str, value: Any) -> None:
        self.headers[header] = value

    def __delitem__(self, header: str) -> None:
        del self.headers[header]

    def __getitem__(self, header: str) -> str:
        value: str = self.headers[header]
        return value

    def has_header(self, header: str) -> bool:
        """Whether a header is set, in whatever case."""
        return header in self.headers

    __contains__ = has_header

    def items(self) -> ItemsView[str, str]:
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
        """
        write_cookie(
            self.cookies,
            key,
            value,
            max_age,
            expires,
            samesite,
            path=path,
            domain=domain,
            secure=secure,
            httponly=httponly,
        )

    def delete_cookie(
        self, key: str, path: str = "/", domain: str | None = None, samesite: str | None = None
    ) -> None:
        """Ask the client to forget a cookie; path and domain must be those it was set with."""
        prefixed = key.startswith(("__Secure-", "__Host-"))
        self.set_cookie(
            key,
            max_age=0,
            expires="Thu, 01 Jan 1970 00:00:00 GMT",
            path=path,
            domain=domain,
            secure=prefixed or bool(samesite and samesite.lower() == "none"),
            samesite=samesite,
        )

    def make_bytes(self, value: Any) -> bytes:
        """Return a part of the body as bytes, text in the response's charset."""
        if isinstance(value, bytes | memoryview):
            return bytes(value)
        return str(value).encode(self.charset)

    def close(self) -> None:
        """Free what the request held, then send ``request_finished``. The server calls this."""
        for closer in self._resource_closers:
            with suppress(Exception):  # one that fails must not keep the others open
                closer()
        self._resource_closers.clear()
        self.closed = True
        signals.request_finished.send(sender=self._handler_class)

    def write(self, content: Any) -> None:
        """Refuse: only a response with a body in memory can be written to."""
        self._not_writable()

    def writelines(self, lines: Any) -> None:
        """Refuse, as `write`."""
        self._not_writable()

    def _not_writable(self) -> NoReturn:
        raise OSError(f"This {type(self).__name__} instance is not writable")

    def tell(self) -> int:
        """Refuse: there is no position."""
        raise OSError(f"This {type(self).__name__} instance cannot tell its position")

    def flush(self) -> None:
        """Do nothing."""

    def readable(self) -> bool:
        """Whether it can be read like a file: no."""
        return False

    def seekable(self) -> bool:
        """Whether it can be sought like a file: no."""
        return False

    def writable(self) -> bool:
        """Whether it can be written to."""
        return False


def _checked_status(status: Any) -> int:
    try:
        code = int(status)
    except (ValueError, TypeError):
        raise TypeError("HTTP status code must be an integer.") from None
    if not 100 <= code <= 599:
        raise ValueError("HTTP status code must be an integer from 100 to 599.")
    return code
