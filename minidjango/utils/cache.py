"""The headers that say who may keep a response, and for how long (``django.utils.cache``).

``Cache-Control`` says for how long, ``ETag`` and ``Last-Modified`` whether a copy is still right,
and ``Vary`` on which headers of a request the response depends: two requests that differ in one of
those must not share a page, in a browser's cache, a proxy's, or our own (`learn_cache_key`).
"""

import re
import time
from collections.abc import Iterable
from hashlib import md5
from typing import Any

from minidjango.conf import settings
from minidjango.core.cache import caches
from minidjango.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from minidjango.utils.http import http_date, parse_etags, parse_http_date_safe, quote_etag
from minidjango.utils.log import log_response

cc_delim_re = re.compile(r"\s*,\s*")
_KEPT = ["Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Last-Modified", "Vary"]
"""What a 304 has of the full response's headers (RFC 9110, 15.4.5)."""


def patch_cache_control(response: HttpResponseBase, **kwargs: Any) -> None:
    """Add directives to ``Cache-Control``: ``max_age=60, public=True`` adds ``max-age=60, public``.

    The smaller of two ``max_age`` stays, ``public`` and ``private`` replace each other, and
    ``no_cache`` may name several headers.
    """
    directives: dict[str, list[Any]] = {}
    for name, value in _directives(response):
        _add_directive(directives, name, value)
    if "max-age" in directives and "max_age" in kwargs:
        kwargs["max_age"] = min(int(directives["max-age"][0]), kwargs["max_age"])
    for name, opposite in (("public", "private"), ("private", "public")):
        if name in kwargs:
            directives.pop(opposite, None)
    for name, value in kwargs.items():
        _add_directive(directives, name.replace("_", "-"), value)
    response.headers["Cache-Control"] = ", ".join(
        name if value is True else f"{name}={value}"
        for name, values in directives.items()
        for value in values
    )


def _directives(response: HttpResponseBase) -> list[tuple[str, Any]]:
    """Return names, in lower case, and values of ``Cache-Control``; True where there is none."""
    header = response.get("Cache-Control")
    fields = (field.partition("=") for field in cc_delim_re.split(header)) if header else ()
    return [(name.lower(), value if equals else True) for name, equals, value in fields]


def _add_directive(directives: dict[str, list[Any]], name: str, value: Any) -> None:
    values = directives.get(name, []) if name == "no-cache" else []
    if value is True or True in values:
        directives[name] = [True]  # a bare no-cache is about every header
    elif value not in values:
        directives[name] = [*values, value]


def get_max_age(response: HttpResponseBase) -> int | None:
    """Return the ``max-age`` in ``Cache-Control``; None if there is none, or no number."""
    try:
        return int(dict(_directives(response))["max-age"])
    except (KeyError, ValueError):
        return None


def set_response_etag(response: Any) -> Any:
    """Set an ETag made from the body, if there is one; return the response."""
    if not response.streaming and response.content:
        digest = md5(response.content, usedforsecurity=False).hexdigest()
        response.headers["ETag"] = quote_etag(digest)
    return response


def get_conditional_response(
    request: HttpRequest,
    etag: str | None = None,
    last_modified: int | None = None,
    response: Any = None,
) -> Any:
    """Return 304 or 412 if the request's conditions say so, else ``response`` (RFC 9110, 13.2.2).

    ``If-None-Match`` and ``If-Modified-Since`` spare a client what it has; ``If-Match`` and
    ``If-Unmodified-Since`` keep it from changing what others have changed in the meantime. ETags
    count more than dates. Only a success is replaced.
    """
    if response is not None and not 200 <= response.status_code < 300:
        return response
    meta, is_read = request.META, request.method in ("GET", "HEAD")
    wanted = parse_etags(meta.get("HTTP_IF_MATCH", ""))
    date = parse_http_date_safe(meta.get("HTTP_IF_UNMODIFIED_SINCE"))
    if wanted:
        is_outdated = not _is_strong_match(etag, wanted)
    else:
        is_outdated = bool(date) and not _is_unchanged(last_modified, date)
    if is_outdated:
        return _precondition_failed(request)

    known = parse_etags(meta.get("HTTP_IF_NONE_MATCH", ""))
    date = parse_http_date_safe(meta.get("HTTP_IF_MODIFIED_SINCE"))
    if known:
        is_known = _is_weak_match(etag, known)
    else:
        is_known = is_read and _is_unchanged(last_modified, date)
    if is_known:
        return _not_modified(request, response) if is_read else _precondition_failed(request)
    return response


def _is_unchanged(last_modified: int | None, since: int | None) -> bool:
    return bool(last_modified and since and last_modified <= since)


def _is_strong_match(etag: str | None, etags: list[str]) -> bool:
    """Whether the resource is one of these, byte for byte: a weak ETag never says so."""
    if not etag:
        return False
    return etags == ["*"] or (etag in etags and not etag.startswith("W/"))


def _is_weak_match(etag: str | None, etags: list[str]) -> bool:
    """Whether the resource is as good as one of these."""
    if not etag:
        return False
    return etags == ["*"] or etag.removeprefix("W/") in {each.removeprefix("W/") for each in etags}


def _precondition_failed(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=412)
    log_response("Precondition Failed: %s", request.path, response=response, request=request)
    return response


def _not_modified(request: HttpRequest, response: HttpResponseBase | None) -> HttpResponse:
    """Return a 304, with the headers and cookies that the full response would have had."""
    not_modified = HttpResponseNotModified()
    if response is not None:
        for name in filter(response.has_header, _KEPT):
            not_modified.headers[name] = response.headers[name]
        not_modified.cookies = response.cookies
    return not_modified


def patch_response_headers(response: HttpResponseBase, cache_timeout: float | None = None) -> None:
    """Allow the response to be kept: set ``Expires``, unless it is set, and ``max-age``.

    ``cache_timeout`` is in seconds, by default ``settings.CACHE_MIDDLEWARE_SECONDS``.
    """
    if cache_timeout is None:
        cache_timeout = settings.CACHE_MIDDLEWARE_SECONDS
    seconds = max(0, cache_timeout)
    if "Expires" not in response:
        response.headers["Expires"] = http_date(time.time() + seconds)
    patch_cache_control(response, max_age=seconds)


def add_never_cache_headers(response: HttpResponseBase) -> None:
    """Forbid everybody to keep the response."""
    patch_response_headers(response, cache_timeout=-1)
    patch_cache_control(response, no_cache=True, no_store=True, must_revalidate=True, private=True)


def patch_vary_headers(response: HttpResponseBase, newheaders: Iterable[str]) -> None:
    """Add names to ``Vary``, in order, those that are not there yet; ``*`` stands alone."""
    names = cc_delim_re.split(response.headers["Vary"]) if "Vary" in response else []
    present = {name.lower() for name in names}
    names += [name for name in newheaders if name.lower() not in present]
    response.headers["Vary"] = "*" if "*" in names else ", ".join(names)


def has_vary_header(response: HttpResponseBase, header_query: str) -> bool:
    """Whether ``Vary`` has this name."""
    names = response.get("Vary", "").split(",") if "Vary" in response else []
    return header_query.lower().strip() in {name.lower().strip() for name in names}


def get_cache_key(
    request: HttpRequest, key_prefix: str | None = None, method: str = "GET", cache: Any = None
) -> str | None:
    """Return the key under which a response to this request would be; None if nobody knows.

    On which headers a page depends only its response says, so this works once one has passed
    `learn_cache_key`.
    """
    prefix = settings.CACHE_MIDDLEWARE_KEY_PREFIX if key_prefix is None else key_prefix
    cache = caches[settings.CACHE_MIDDLEWARE_ALIAS] if cache is None else cache
    headers = cache.get(_header_key(request, prefix))
    return None if headers is None else _page_key(request, method, headers, prefix)


def learn_cache_key(
    request: HttpRequest,
    response: HttpResponseBase,
    cache_timeout: float | None = None,
    key_prefix: str | None = None,
    cache: Any = None,
) -> str:
    """Remember for an address what its response's ``Vary`` says; return the response's key."""
    prefix = settings.CACHE_MIDDLEWARE_KEY_PREFIX if key_prefix is None else key_prefix
    timeout = settings.CACHE_MIDDLEWARE_SECONDS if cache_timeout is None else cache_timeout
    cache = caches[settings.CACHE_MIDDLEWARE_ALIAS] if cache is None else cache
    names = cc_delim_re.split(response.headers["Vary"]) if "Vary" in response else []
    headers = sorted("HTTP_" + name.upper().replace("-", "_") for name in names)
    if settings.USE_I18N:  # the key has the language itself, rather than what was asked for
        headers = [header for header in headers if header != "HTTP_ACCEPT_LANGUAGE"]
    cache.set(_header_key(request, prefix), headers, timeout)
    return _page_key(request, request.method, headers, prefix)


def _page_key(request: HttpRequest, method: str | None, headers: list[str], prefix: str) -> str:
    """Return the key of a page, made from the values of these headers."""
    digest = md5(usedforsecurity=False)
    for header in headers:
        value = request.META.get(header)
        digest.update(b"-," if value is None else value.encode())
    parts = f"{prefix}.{method}.{_url_digest(request)}.{digest.hexdigest()}"
    return f"views.decorators.cache.cache_page.{parts}{_language(request)}"


def _header_key(request: HttpRequest, prefix: str) -> str:
    """Return the key of the list of headers on which an address depends."""
    parts = f"{prefix}.{_url_digest(request)}"
    return f"views.decorators.cache.cache_header.{parts}{_language(request)}"


def _url_digest(request: HttpRequest) -> str:
    return md5(request.build_absolute_uri().encode("ascii"), usedforsecurity=False).hexdigest()


def _language(request: HttpRequest) -> str:
    """Return the language that a layer has chosen for this request, or the site's."""
    if not settings.USE_I18N:
        return ""
    return f".{getattr(request, 'LANGUAGE_CODE', settings.LANGUAGE_CODE)}"
