"""Headers, in and out (``django.http.HttpHeaders``, ``django.http.response.ResponseHeaders``)."""

import sys
from typing import Any

from minidjango.utils.datastructures import CaseInsensitiveMapping

NEWLINES = {"\r", "\n", *b"\r\n"}
"""Characters, and the numbers that one finds when going through bytes."""


class BadHeaderError(ValueError):
    """A header with a newline would be two headers."""


class HttpHeaders(CaseInsensitiveMapping):
    """The headers of a request, under their own names rather than ``environ``'s."""

    HTTP_PREFIX = "HTTP_"
    UNPREFIXED_HEADERS = frozenset({"CONTENT_TYPE", "CONTENT_LENGTH"})

    def __init__(self, environ: dict[str, Any]) -> None:
        named = ((self.parse_header_name(key), value) for key, value in environ.items())
        super().__init__({name: value for name, value in named if name})

    def __getitem__(self, key: str) -> Any:
        return super().__getitem__(key.replace("_", "-"))

    @classmethod
    def parse_header_name(cls, header: str) -> str | None:
        """Return ``User-Agent`` for ``HTTP_USER_AGENT``, None for what is not a header."""
        if header in cls.UNPREFIXED_HEADERS or header.startswith(cls.HTTP_PREFIX):
            return header.removeprefix(cls.HTTP_PREFIX).replace("_", "-").title()
        return None

    @classmethod
    def to_wsgi_name(cls, header: str) -> str:
        """Return ``HTTP_USER_AGENT`` for ``User-Agent``."""
        name = header.replace("-", "_").upper()
        return name if name in cls.UNPREFIXED_HEADERS else cls.HTTP_PREFIX + name

    @classmethod
    def to_wsgi_names(cls, headers: Any) -> dict[str, Any]:
        """Return a dict of headers with ``environ``'s keys."""
        return {cls.to_wsgi_name(name): value for name, value in headers.items()}


class ResponseHeaders(CaseInsensitiveMapping):
    """The headers of a response: what is put in is checked, and made text that can be sent."""

    def __init__(self, data: Any) -> None:
        self._store = {}
        if data:
            for header, value in self._unpack_items(data):
                self[header] = value

    def __contains__(self, key: Any) -> bool:
        return key.lower() in self._store

    def __setitem__(self, key: Any, value: Any) -> None:
        name = self._convert_to_charset(key, "ascii")
        text = self._convert_to_charset(value, "latin-1", mime_encode=True)
        self._store[name.lower()] = (name, text)

    def __delitem__(self, key: str) -> None:
        self.pop(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, or ``default``."""
        found = self._store.get(key.lower())
        return default if found is None else found[1]

    def pop(self, key: str, default: Any = None) -> Any:
        """Remove a header if it is there; return it with its value, or ``default``."""
        return self._store.pop(key.lower(), default)

    def setdefault(self, key: str, value: Any) -> None:
        """Set a header unless it is set."""
        if key not in self:
            self[key] = value

    @staticmethod
    def _convert_to_charset(value: Any, charset: str, mime_encode: bool = False) -> str:
        """Return text in ``charset``; with ``mime_encode``, other text as RFC 2047 has it.

        Raises BadHeaderError for a newline, UnicodeError for text that cannot be sent.
        """
        if isinstance(value, str) and value.isascii() and value.isprintable():
            return value  # nearly always
        text = value if isinstance(value, str | bytes) else str(value)
        problem: UnicodeEncodeError | UnicodeDecodeError | None = None
        try:
            text = text.decode(charset) if isinstance(text, bytes) else text
            text.encode(charset)
        except (UnicodeEncodeError, UnicodeDecodeError) as error:
            problem = error
        if not NEWLINES.isdisjoint(text):
            raise BadHeaderError(f"Header values can't contain newlines (got {text!r})")
        if problem is None:
            return str(text)
        if not mime_encode:
            problem.reason += f", HTTP response headers must be in {charset} format"
            raise problem
        # Imported late: the email package takes longer to load than the whole cycle.
        from email.header import Header

        return Header(text, "utf-8", maxlinelen=sys.maxsize).encode()
