"""Small rules of HTTP (``django.utils.http``)."""

import codecs
import time
from typing import Any
from urllib.parse import urlencode as _urlencode

MAX_URL_REDIRECT_LENGTH = 16384
RFC3986_SUBDELIMS = "!$&'()*+,;="
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def http_date(epoch_seconds: float | None = None) -> str:
    """Format a time as ``Thu, 01 Jan 1970 00:00:00 GMT`` (RFC 9110, 5.6.7).

    ``epoch_seconds`` are seconds since the epoch; by default, now.
    Day and month are English whatever the locale, which is why this is not ``strftime`` alone.
    """
    when = time.gmtime(epoch_seconds)
    day, month = _DAYS[when.tm_wday], _MONTHS[when.tm_mon - 1]
    return time.strftime(f"{day}, %d {month} %Y %H:%M:%S GMT", when)


def is_same_domain(host: str, pattern: str) -> bool:
    """Whether ``host`` is ``pattern`` or, when that starts with a dot, a subdomain of it."""
    if not pattern:
        return False
    pattern = pattern.lower()
    if pattern.startswith("."):
        return host.endswith(pattern) or host == pattern[1:]
    return host == pattern


def escape_leading_slashes(url: str) -> str:
    """Escape ``//`` at the start, which a browser would take for another host."""
    return "/%2F" + url.removeprefix("//") if url.startswith("//") else url


def parse_header_parameters(line: str) -> tuple[str, dict[str, str]]:
    """Split ``text/html; charset=utf-8`` into its value and a dict of its parameters."""
    if ";" not in line:
        return line.strip().lower(), {}
    # Imported late: the email package takes longer to load than the whole cycle.
    from email.message import Message
    from email.utils import collapse_rfc2231_value

    message: Any = Message()
    message["content-type"] = line
    (main, _), *params = message.get_params([("", "")])
    found = {}
    for name, value in params:
        if isinstance(value, tuple) and value[0]:
            _check_encoding(value[0])
        if name:
            found[name] = collapse_rfc2231_value(value)
    return main.lower(), found


def _check_encoding(encoding: str) -> None:
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise ValueError(f"Invalid encoding {encoding!r} for RFC 2231 param.") from None


def urlencode(query: Any, doseq: bool = False) -> str:
    """Encode a mapping (or pairs) as a query string; None is refused.

    Raises TypeError for None, which would be sent as the word "None".
    """
    pairs = query.lists() if hasattr(query, "lists") else query
    pairs = pairs.items() if hasattr(pairs, "items") else pairs
    encoded: list[tuple[Any, Any]] = []
    for key, value in pairs:
        if value is None:
            raise TypeError(
                f"Cannot encode None for key '{key}' in a query string. Did you mean to pass an "
                "empty string or omit the value?"
            )
        many = doseq and not isinstance(value, str | bytes) and hasattr(value, "__iter__")
        encoded += (
            [(key, _plain(key, each)) for each in value] if many else [(key, _plain(key, value))]
        )
    return _urlencode(encoded)


def _plain(key: Any, value: Any) -> Any:
    if value is None:
        raise TypeError(
            f"Cannot encode None for key '{key}' in a query string. Did you mean to pass an "
            "empty string or omit the value?"
        )
    return value if isinstance(value, bytes) else str(value)
