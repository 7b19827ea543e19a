"""Finding the view for a path (``django.urls.resolvers``).

A URLconf is a tree: a `URLPattern` is a leaf, a `URLResolver` a branch. Resolvers are kept by
URLconf *name*: a module whose ``urlpatterns`` change afterwards is not read again until
``clear_url_caches()``.
"""

import functools
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.urls.exceptions import Resolver404
from minidjango.urls.match import ResolverMatch
from minidjango.urls.patterns import RegexPattern, RoutePattern
from minidjango.urls.reversing import Lookups, Reversing
from minidjango.urls.utils import get_callable
from minidjango.utils.functional import cached_property

__all__ = ["Lookups", "RegexPattern", "ResolverMatch", "RoutePattern", "URLPattern", "URLResolver"]


class URLPattern:
    """One ``path`` or ``re_path`` that leads to a view."""

    def __init__(
        self,
        pattern: RegexPattern | RoutePattern,
        callback: Callable[..., Any],
        default_args: dict[str, Any] | None = None,
        name: str | None = None,
    ) -> None:
        self.pattern = pattern
        self.callback = callback
        self.default_args = default_args or {}
        self.name = name

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.pattern.describe()}>"

    def resolve(self, path: str) -> ResolverMatch | None:
        """Return the match, or None."""
        found = self.pattern.match(path)
        if not found:
            return None
        _, args, captured = found
        return ResolverMatch(
            self.callback,
            args,
            {**captured, **self.default_args},
            self.pattern.name,
            route=str(self.pattern),
            captured_kwargs=captured,
            extra_kwargs=self.default_args,
        )


class URLResolver(Reversing):
    """A prefix and the patterns below it.

    ``urlconf_name`` is a dotted path, a module (or any object with ``urlpatterns``), or a list.
    """

    def __init__(
        self,
        pattern: RegexPattern | RoutePattern,
        urlconf_name: Any,
        default_kwargs: dict[str, Any] | None = None,
        app_name: str | None = None,
        namespace: str | None = None,
    ) -> None:
        self.pattern = pattern
        self.urlconf_name = urlconf_name
        self.callback = None
        self.default_kwargs = default_kwargs or {}
        self.app_name = app_name
        self.namespace = namespace

    def __repr__(self) -> str:
        urlconf = repr(self.urlconf_name)
        if isinstance(self.urlconf_name, list) and self.urlconf_name:
            urlconf = f"<{type(self.urlconf_name[0]).__name__} list>"
        names = f"({self.app_name}:{self.namespace})"
        return f"<{type(self).__name__} {urlconf} {names} {self.pattern.describe()}>"

    @cached_property
    def urlconf_module(self) -> Any:
        """The module, or whatever stands for it."""
        if isinstance(self.urlconf_name, str):
            return import_module(self.urlconf_name)
        return self.urlconf_name

    @cached_property
    def url_patterns(self) -> Iterable[Any]:
        """The patterns; ImproperlyConfigured if there are none to iterate over."""
        patterns = getattr(self.urlconf_module, "urlpatterns", self.urlconf_module)
        if not hasattr(patterns, "__iter__"):
            raise ImproperlyConfigured(
                f"The included URLconf '{self.urlconf_name}' does not appear to have any patterns "
                "in it. If you see the 'urlpatterns' variable with valid patterns in the file then "
                "the issue is probably caused by a circular import."
            )
        found: Iterable[Any] = patterns
        return found

    def resolve(self, path: Any) -> ResolverMatch:
        """Return the first match below this prefix.

        Raises Resolver404 with ``{"tried": [...], "path": the rest}``; without ``tried`` when not
        even the prefix matches.
        """
        path = str(path)
        found = self.pattern.match(path)
        if not found:
            raise Resolver404({"path": path})
        rest, args, kwargs = found
        tried: list[list[Any]] = []
        for pattern in self.url_patterns:
            try:
                below = pattern.resolve(rest)
            except Resolver404 as error:
                _extend(tried, pattern, error.args[0].get("tried"))
                continue
            _extend(tried, pattern, below.tried if below else None)
            if below:
                return self._join(pattern, below, args, kwargs, tried)
        raise Resolver404({"tried": tried, "path": rest})

    def _join(
        self,
        pattern: Any,
        below: ResolverMatch,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        tried: list[list[Any]],
    ) -> ResolverMatch:
        """Add what this prefix captured; if there are named arguments, only those count."""
        all_kwargs = {**kwargs, **self.default_kwargs, **below.kwargs}
        route = below.route or ""
        if isinstance(pattern, URLResolver) and str(pattern.pattern):
            route = str(pattern.pattern) + route.removeprefix("^")
        return ResolverMatch(
            below.func,
            below.args if all_kwargs else args + below.args,
            all_kwargs,
            below.url_name,
            [self.app_name, *below.app_names],
            [self.namespace, *below.namespaces],
            route,
            tried,
            captured_kwargs=below.captured_kwargs,
            extra_kwargs={**self.default_kwargs, **(below.extra_kwargs or {})},
        )

    def resolve_error_handler(self, view_type: int) -> Callable[..., Any]:
        """Return the URLconf's ``handler404`` (400, 403, 500), or the default one."""
        callback = getattr(self.urlconf_module, f"handler{view_type}", None)
        if not callback:
            callback = getattr(_default_handlers(), f"handler{view_type}")
        return get_callable(callback)


@functools.cache
def _default_handlers() -> Any:
    from minidjango.conf import urls  # which imports this module

    return urls


def _extend(tried: list[list[Any]], pattern: Any, below: list[list[Any]] | None) -> None:
    """Note that a pattern was tried: once, or once for each that was tried below it."""
    if below is None:
        tried.append([pattern])
    else:
        tried.extend([pattern, *each] for each in below)


def get_resolver(urlconf: Any = None) -> URLResolver:
    """Return the resolver of a URLconf, by default ``settings.ROOT_URLCONF``."""
    return _get_cached_resolver(settings.ROOT_URLCONF if urlconf is None else urlconf)


@functools.cache
def _get_cached_resolver(urlconf: Any = None) -> URLResolver:
    return URLResolver(RegexPattern(r"^/"), urlconf)


@functools.cache
def get_ns_resolver(
    ns_pattern: str, resolver: URLResolver, converters: tuple[tuple[str, Any], ...]
) -> URLResolver:
    """Return a resolver that reverses only what is in one namespace, below ``ns_pattern``."""
    pattern = RegexPattern(ns_pattern)
    pattern.converters = dict(converters)
    return URLResolver(RegexPattern(r"^/"), [URLResolver(pattern, resolver.url_patterns)])
