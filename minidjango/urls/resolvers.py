"""Finding the view for a path (``django.urls.resolvers``).

A URLconf is a tree: a `URLPattern` is a leaf, a `URLResolver` a branch. Resolvers are kept by
URLconf *name*: a module whose ``urlpatterns`` change afterwards is not read again until
``clear_url_caches()``.
"""

import functools
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.urls.exceptions import Resolver404
from minidjango.urls.match import ResolverMatch
from minidjango.urls.patterns import RegexPattern, RootPattern, RoutePattern
from minidjango.urls.reversing import Kwargs, find_path
from minidjango.urls.utils import get_callable
from minidjango.utils.datastructures import MultiValueDict
from minidjango.utils.functional import cached_property
from minidjango.utils.regex_helper import normalize

__all__ = ["RegexPattern", "ResolverMatch", "RoutePattern", "URLPattern", "URLResolver"]

DEFAULTS = "minidjango.conf.urls"
"""Where the error handlers of a URLconf that has none are; it imports this module."""


class URLPattern:
    """One ``path`` or ``re_path`` that leads to a view."""

    def __init__(
        self,
        pattern: RegexPattern,
        callback: Callable[..., Any],
        default_args: Kwargs | None = None,
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
            route=self.pattern._text,
            captured_kwargs=captured,
            extra_kwargs={**self.default_args},
        )


class URLResolver:
    """A prefix and the patterns below it.

    ``urlconf_name`` is a dotted path, a module (or any object with ``urlpatterns``), or a list.
    """

    def __init__(
        self,
        pattern: RegexPattern,
        urlconf_name: Any,
        default_kwargs: Kwargs | None = None,
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
        name = self.urlconf_name
        return import_module(name) if isinstance(name, str) else name

    @cached_property
    def url_patterns(self) -> Any:
        """The patterns; ImproperlyConfigured if there are none to iterate over."""
        patterns = getattr(self.urlconf_module, "urlpatterns", self.urlconf_module)
        if hasattr(patterns, "__iter__"):
            return patterns
        raise ImproperlyConfigured(
            f"The included URLconf '{self.urlconf_name}' does not appear to have any patterns in "
            "it. If you see the 'urlpatterns' variable with valid patterns in the file then the "
            "issue is probably caused by a circular import."
        )

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
                match = pattern.resolve(rest)
                below = match and match.tried
            except Resolver404 as error:
                match, below = None, error.args[0].get("tried")
            if below is None:
                tried.append([pattern])
            else:
                tried += [[pattern, *each] for each in below]
            if match:
                if below is not None and str(pattern.pattern):
                    match.route = str(pattern.pattern) + match.route.removeprefix("^")
                return self._add_to(match, args, kwargs, tried)
        raise Resolver404({"tried": tried, "path": rest})

    def _add_to(
        self, match: ResolverMatch, args: tuple[Any, ...], kwargs: Kwargs, tried: list[list[Any]]
    ) -> ResolverMatch:
        """Add what this branch knows to what was found on it.

        If any argument has a name, those that have none do not count.
        """
        if kwargs or self.default_kwargs:
            match.kwargs = {**kwargs, **self.default_kwargs, **match.kwargs}
            match.extra_kwargs = {**self.default_kwargs, **(match.extra_kwargs or {})}
        if args and not match.kwargs:
            match.args = args + match.args
        if self.app_name:
            match.app_names.insert(0, self.app_name)
        if self.namespace:
            match.namespaces.insert(0, self.namespace)
        match.tried = tried
        return match

    def _flat(self) -> Iterator[tuple[Any, str, Kwargs, Kwargs]]:
        """Yield what is below, through every branch that is in no namespace.

        With each come the expression that leads there, and what the branches on the way have:
        arguments, and converters by parameter.
        """
        for child in reversed(self.url_patterns):
            prefix = child.pattern.regex.pattern.removeprefix("^")
            converters = child.pattern.converters
            if isinstance(child, URLPattern) or child.app_name:
                yield child, prefix, {}, converters
                continue
            for below, rest, defaults, more in child._flat():
                defaults = {**defaults, **child.default_kwargs}
                yield below, prefix + rest, defaults, {**converters, **more}

    @cached_property
    def reverse_dict(self) -> MultiValueDict:
        """Views and names, each with the ways that lead there; those in a namespace are not."""
        found = MultiValueDict()
        for child, expression, defaults, converters in self._flat():
            if isinstance(child, URLPattern):
                defaults = {**child.default_args, **defaults}
                for key in {child.callback, child.name} - {None}:
                    found.appendlist(key, (normalize(expression), expression, defaults, converters))
        return found

    @cached_property
    def namespace_dict(self) -> dict[str, tuple[str, "URLResolver", Kwargs]]:
        """Namespaces, each with its prefix, its resolver, and the converters of the prefix."""
        found = {}
        for child, prefix, _, converters in self._flat():
            if isinstance(child, URLResolver):
                found[str(child.namespace)] = (prefix, child, converters)
        return found

    @cached_property
    def app_dict(self) -> dict[str, list[str]]:
        """Applications, each with its namespaces."""
        found: dict[str, list[str]] = {}
        for child, *_ in self._flat():
            if isinstance(child, URLResolver):
                found.setdefault(str(child.app_name), []).append(str(child.namespace))
        return found

    def reverse(self, lookup_view: Any, *args: Any, **kwargs: Any) -> str:
        """Return the path of a view or a name, below nothing."""
        return find_path(self, lookup_view, "", args, kwargs)

    def resolve_error_handler(self, view_type: int) -> Any:
        """Return the URLconf's ``handler404`` (400, 403, 500), or the default one."""
        name = f"handler{view_type}"
        return get_callable(getattr(self.urlconf_module, name, None) or f"{DEFAULTS}.{name}")


def get_resolver(urlconf: Any = None) -> URLResolver:
    """Return the resolver of a URLconf, by default ``settings.ROOT_URLCONF``."""
    return _get_cached_resolver(settings.ROOT_URLCONF if urlconf is None else urlconf)


@functools.cache
def _get_cached_resolver(urlconf: Any = None) -> URLResolver:
    return URLResolver(RootPattern(), urlconf)


@functools.cache
def get_ns_resolver(
    ns_pattern: str, resolver: URLResolver, converters: tuple[tuple[str, Any], ...]
) -> URLResolver:
    """Return a resolver that reverses only what is in one namespace, below ``ns_pattern``."""
    pattern = RegexPattern(ns_pattern)
    pattern.converters = dict(converters)
    return URLResolver(RootPattern(), [URLResolver(pattern, resolver.url_patterns)])
