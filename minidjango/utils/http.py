"""Small rules of HTTP (``django.utils.http``)."""

import codecs
import re
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit
from urllib.parse import urlencode as _urlencode

ETAG_MATCH = re.compile(r'(?:W/)?"[^"]*"')
MAX_URL_LENGTH = 2048
MAX_URL_REDIRECT_LENGTH = 16384
RFC3986_SUBDELIMS = "!$&'()*+,;="
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CLOCK = r"(?P<hour>[0-9]{2}):(?P<min>[0-9]{2}):(?P<sec>[0-9]{2})"
_DATES = (  # RFC 9110, 5.6.7: RFC 1123's form, RFC 850's, and that of C's asctime
    rf"\w{{3}}, (?P<day>[0-9]{{2}}) (?P<mon>\w{{3}}) (?P<year>[0-9]{{4}}) {_CLOCK} GMT$",
    rf"\w{{6,9}}, (?P<day>[0-9]{{2}})-(?P<mon>\w{{3}})-(?P<year>[0-9]{{2}}) {_CLOCK} GMT$",
    rf"\w{{3}} (?P<mon>\w{{3}}) (?P<day>[ 0-9][0-9]) {_CLOCK} (?P<year>[0-9]{{4}})$",
)


def http_date(epoch_seconds: float | None = None) -> str:
    """Format a time as ``Thu, 01 Jan 1970 00:00:00 GMT`` (RFC 9110, 5.6.7).

    ``epoch_seconds`` are seconds since the epoch; by default, now.
    Day and month are English whatever the locale, which is why this is not ``strftime`` alone.
    """
    when = time.gmtime(epoch_seconds)
    day, month = _DAYS[when.tm_wday], MONTHS[when.tm_mon - 1].title()
    return time.strftime(f"{day}, %d {month} %Y %H:%M:%S GMT", when)


def parse_http_date(date: str) -> int:
    """Read any of HTTP's three forms of a date; return seconds since the epoch.

    Raises ValueError for another form, or a day that is none.
    """
    found = next(filter(None, (re.match(form, date) for form in _DATES)), None)
    if found is None:
        raise ValueError(f"{date!r} is not in a valid HTTP date format")
    try:
        month = MONTHS.index(found["mon"].lower()) + 1
        day, hour, minute, second = (int(found[part]) for part in ("day", "hour", "min", "sec"))
        year = _full_year(int(found["year"]))
        return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())
    except ValueError as error:
        raise ValueError(f"{date!r} is not a valid date") from error


def _full_year(year: int) -> int:
    """Return the year that two digits mean: never one more than 50 years ahead (RFC 9110)."""
    if year >= 100:
        return year
    this_year = datetime.now(tz=UTC).year
    years_ahead = year - this_year % 100
    return this_year + years_ahead - (100 if years_ahead > 50 else 0)


def parse_http_date_safe(date: Any) -> int | None:
    """Read a date as `parse_http_date` does; return None for what is no date."""
    try:
        return parse_http_date(date)
    except (TypeError, ValueError):
        return None


def parse_etags(etag_str: str) -> list[str]:
    """Return the ETags in an ``If-Match`` or ``If-None-Match``, ``["*"]`` for any; drop others."""
    if etag_str.strip() == "*":
        return ["*"]
    etags = (etag.strip() for etag in etag_str.split(","))
    return [etag for etag in etags if ETAG_MATCH.fullmatch(etag)]


def quote_etag(etag_str: str) -> str:
    """Return a whole ETag: what is none yet is put into quotes."""
    return etag_str if ETAG_MATCH.fullmatch(etag_str) else f'"{etag_str}"'


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


def url_has_allowed_host_and_scheme(
    url: str | None, allowed_hosts: str | Iterable[str] | None, require_https: bool = False
) -> bool:
    """Whether a redirect to ``url`` leads to one of ``allowed_hosts``, or stays on this one.

    With ``require_https`` a scheme, if there is one, must be https. The URL may still need
    ``iri_to_uri``: this says nothing of its escapes.
    """
    url = (url or "").strip()
    hosts = {allowed_hosts} if isinstance(allowed_hosts, str) else set(allowed_hosts or ())
    schemes = {"https"} if require_https else {"http", "https"}
    # Browsers take a backslash for a slash, Python does not: it has to be safe for both.
    return all(_is_allowed(each, hosts, schemes) for each in (url, url.replace("\\", "/")))


def _is_allowed(url: str, hosts: set[str], schemes: set[str]) -> bool:
    # Some browsers skip control characters, or a third slash, and then find a host.
    if not url or len(url) > MAX_URL_LENGTH or url.startswith("///") or not url[0].isprintable():
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if not parts.netloc:
        return not parts.scheme
    return parts.netloc in hosts and (parts.scheme or "http") in schemes


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


def content_disposition_header(as_attachment: bool, filename: str) -> str | None:
    """Return what tells a browser to save a body, or to show it, under a name (RFC 6266)."""
    if not filename:
        return "attachment" if as_attachment else None
    name = "filename*=utf-8''" + quote(filename)
    if re.fullmatch(r"[\t -~]*", filename):
        escaped = filename.replace("\\", r"\\").replace('"', r"\"")
        name = f'filename="{escaped}"'
    return f"{'attachment' if as_attachment else 'inline'}; {name}"


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
