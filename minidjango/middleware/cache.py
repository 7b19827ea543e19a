"""Whole pages, kept (``django.middleware.cache``).

Put `UpdateCacheMiddleware` outermost, so that it keeps what the client gets, and
`FetchFromCacheMiddleware` innermost, so that it looks when every other layer has seen the request::

    MIDDLEWARE = [
        "minidjango.middleware.cache.UpdateCacheMiddleware",
        ...
        "minidjango.middleware.cache.FetchFromCacheMiddleware",
    ]

Answers to GET and HEAD with status 200 are kept, one for each address and for each combination of
the headers that ``Vary`` names, as long as ``max-age`` says, else ``CACHE_MIDDLEWARE_SECONDS``.
"""

import time
from typing import Any

from minidjango.conf import settings
from minidjango.core.cache import DEFAULT_CACHE_ALIAS, caches
from minidjango.http import HttpRequest
from minidjango.utils.cache import (
    get_cache_key,
    get_max_age,
    has_vary_header,
    learn_cache_key,
    patch_response_headers,
    patch_vary_headers,
)
from minidjango.utils.deprecation import MiddlewareMixin
from minidjango.utils.functional import empty
from minidjango.utils.http import parse_http_date_safe


class _PageCache(MiddlewareMixin):
    """What both halves know: which cache, and under which prefix."""

    def __init__(self, get_response: Any = empty) -> None:
        super().__init__(get_response)
        self.key_prefix = settings.CACHE_MIDDLEWARE_KEY_PREFIX
        self.cache_alias = settings.CACHE_MIDDLEWARE_ALIAS

    @property
    def cache(self) -> Any:
        """This thread's cache."""
        return caches[self.cache_alias]


class UpdateCacheMiddleware(_PageCache):
    """The half that keeps pages, on the way out."""

    def __init__(self, get_response: Any = empty) -> None:
        super().__init__(get_response)
        self.cache_timeout: float = settings.CACHE_MIDDLEWARE_SECONDS
        self.page_timeout: float | None = None

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Keep a page that was looked for, not found, and may be kept."""
        if not getattr(request, "_cache_update_cache", False) or not self._may_keep(response):
            return response
        timeout = self._timeout(response)
        if timeout is None:
            return response

        is_public = "public" in response.get("Cache-Control", "").lower()
        patch_response_headers(response, timeout)
        if request.headers.get("Authorization") and not is_public:
            patch_vary_headers(response, ("Authorization",))
        if timeout and response.status_code == 200:
            self._keep(request, response, timeout)
        return response

    @staticmethod
    def _may_keep(response: Any) -> bool:
        """Whether the response is complete, and for more than this one client."""
        if response.streaming or response.status_code not in (200, 304):
            return False
        if has_vary_header(response, "*"):
            return False
        if response.cookies and has_vary_header(response, "Cookie"):
            return False
        control = response.get("Cache-Control", "").lower()
        return not any(word in control for word in ("private", "no-cache", "no-store"))

    def _timeout(self, response: Any) -> float | None:
        """Return for how many seconds; None for a page that says "not at all"."""
        if self.page_timeout is not None:
            return self.page_timeout
        max_age = get_max_age(response)
        if max_age is None:
            return self.cache_timeout
        return max_age or None

    def _keep(self, request: HttpRequest, response: Any, timeout: float) -> None:
        key = learn_cache_key(request, response, timeout, self.key_prefix, cache=self.cache)
        if callable(getattr(response, "render", None)):
            response.add_post_render_callback(lambda page: self.cache.set(key, page, timeout))
        else:
            self.cache.set(key, response, timeout)


class FetchFromCacheMiddleware(_PageCache):
    """The half that finds pages, on the way in."""

    def process_request(self, request: Any) -> Any:
        """Answer with the page, if there is one; else note on the request that it is wanted."""
        request._cache_update_cache = False
        if request.method not in ("GET", "HEAD"):
            return None
        response = self._find(request, "GET")
        if response is None and request.method == "HEAD":
            response = self._find(request, "HEAD")
        if response is None:
            request._cache_update_cache = True
            return None

        max_age, expires = get_max_age(response), parse_http_date_safe(response["Expires"])
        if max_age is not None and expires is not None:
            left = expires - int(time.time())
            response["Age"] = max(0, max_age - left)
        return response

    def _find(self, request: HttpRequest, method: str) -> Any:
        key = get_cache_key(request, self.key_prefix, method, cache=self.cache)
        return None if key is None else self.cache.get(key)


class CacheMiddleware(UpdateCacheMiddleware, FetchFromCacheMiddleware):
    """Both halves in one, for a simple site, or for one view: see ``cache_page``.

    Args:
        get_response: the next layer, or the view.
        cache_timeout: seconds, where a response does not say; by default the setting.
        page_timeout: seconds, whatever a response says.
        **kwargs: ``key_prefix`` and ``cache_alias``, by default the settings; None is no prefix,
            and the default cache.
    """

    def __init__(
        self,
        get_response: Any = empty,
        cache_timeout: float | None = None,
        page_timeout: float | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(get_response)
        if "key_prefix" in kwargs:
            self.key_prefix = kwargs["key_prefix"] or ""
        if "cache_alias" in kwargs:
            self.cache_alias = kwargs["cache_alias"] or DEFAULT_CACHE_ALIAS
        if cache_timeout is not None:
            self.cache_timeout = cache_timeout
        self.page_timeout = page_timeout
