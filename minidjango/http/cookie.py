"""Cookies, in and out (``django.http.cookie``)."""

import datetime
import time
from http import cookies
from typing import Any

from minidjango.utils.http import http_date

SimpleCookie = cookies.SimpleCookie


def parse_cookie(cookie: str) -> dict[str, str]:
    """Return a dict from a ``Cookie`` header; a lone word is a value without a name."""
    found = {}
    for chunk in cookie.split(";"):
        key, equals, value = chunk.partition("=")
        if not equals:
            key, value = "", chunk
        key, value = key.strip(), value.strip()
        if key or value:
            found[key] = cookies._unquote(value)
    return found


def write_cookie(
    jar: "SimpleCookie",
    key: str,
    value: str,
    max_age: float | datetime.timedelta | None,
    expires: str | datetime.datetime | None,
    samesite: str | None,
    **attributes: Any,
) -> None:
    """Put a cookie into ``jar``; see ``HttpResponse.set_cookie`` for the arguments.

    Raises ValueError for an ``expires`` date beside a ``max_age``, or an unknown ``samesite``.
    """
    jar[key] = value
    morsel = jar[key]
    if isinstance(expires, datetime.datetime):
        if max_age is not None:
            raise ValueError("'expires' and 'max_age' can't be used together.")
        max_age, expires = _seconds_until(expires), None
    morsel["expires"] = expires or ""
    if max_age is not None:
        seconds = max_age.total_seconds() if isinstance(max_age, datetime.timedelta) else max_age
        morsel["max-age"] = int(seconds)
        morsel["expires"] = expires or http_date(time.time() + seconds)
    for name, wanted in attributes.items():
        if wanted not in (None, False):
            morsel[name] = wanted
    if samesite:
        if samesite.lower() not in ("lax", "none", "strict"):
            raise ValueError('samesite must be "lax", "none", or "strict".')
        morsel["samesite"] = samesite


def _seconds_until(moment: datetime.datetime) -> int:
    """Return whole seconds from now, rounded up, so that the date comes out as it was given."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    left = moment - datetime.datetime.now(tz=datetime.UTC) + datetime.timedelta(seconds=1)
    return max(0, left.days * 86400 + left.seconds)
