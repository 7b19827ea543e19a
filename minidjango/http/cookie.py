"""The standard library's cookies, and a more forgiving reader (``django.http.cookie``)."""

from http import cookies

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
