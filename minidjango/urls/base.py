"""Paths and views by name, and what the current request uses (``django.urls.base``)."""

import threading
from typing import Any
from urllib.parse import urlencode

from minidjango.http import QueryDict
from minidjango.urls.exceptions import NoReverseMatch, Resolver404
from minidjango.urls.match import ResolverMatch
from minidjango.urls.resolvers import (
    URLResolver,
    _get_cached_resolver,
    get_ns_resolver,
    get_resolver,
)
from minidjango.urls.reversing import find_path
from minidjango.urls.utils import get_callable

_current = threading.local()
"""Script prefix and URLconf of the request that this thread is answering."""


def resolve(path: str, urlconf: Any = None) -> ResolverMatch:
    """Return the match for a path; Resolver404 if there is none."""
    return get_resolver(get_urlconf() if urlconf is None else urlconf).resolve(path)


def is_valid_path(path: str, urlconf: Any = None) -> ResolverMatch | bool:
    """Return the match for a path, or False."""
    try:
        return resolve(path, urlconf)
    except Resolver404:
        return False


def reverse(
    viewname: Any,
    urlconf: Any = None,
    args: Any = None,
    kwargs: dict[str, Any] | None = None,
    current_app: str | None = None,
    *,
    query: Any = None,
    fragment: str | None = None,
) -> str:
    """Return the path that leads to a view.

    Args:
        viewname: a name, ``namespace:name``, or the view itself.
        args, kwargs: what the path must carry; one or the other.
        current_app: which instance of an application is meant.
        query, fragment: added after ``?`` and ``#``.

    Raises NoReverseMatch, which says what was tried.
    """
    resolver = get_resolver(get_urlconf() if urlconf is None else urlconf)
    view = viewname
    if isinstance(viewname, str):
        *namespaces, view = viewname.split(":")
        resolver = _enter_namespaces(resolver, namespaces, current_app)
    url = find_path(resolver, view, get_script_prefix(), tuple(args or ()), kwargs or {})
    if query is not None:
        is_query_dict = isinstance(query, QueryDict)
        text = query.urlencode() if is_query_dict else urlencode(query, doseq=True)
        url += f"?{text}" if text else ""
    return url if fragment is None else url + "#" + fragment


def _enter_namespaces(
    resolver: URLResolver, namespaces: list[str], current_app: str | None
) -> URLResolver:
    """Return the resolver for what is in ``a:b:``, where each may be an application's name."""
    current = current_app.split(":") if current_app else []
    entered: list[str] = []
    prefix, converters = "", {}
    for name in namespaces:
        here = current.pop(0) if current else name
        instances = resolver.app_dict.get(name, [name])
        if here in instances:
            name = here
        elif name not in instances:
            name = instances[0]
        if name != here:
            current = []
        if name not in resolver.namespace_dict:
            inside = f" inside '{':'.join(entered)}'" if entered else ""
            raise NoReverseMatch(f"{name!r} is not a registered namespace{inside}")
        extra, resolver, more = resolver.namespace_dict[name]
        entered.append(name)
        prefix += extra
        converters.update(more)
    if not prefix:
        return resolver
    return get_ns_resolver(prefix, resolver, tuple(converters.items()))


def clear_url_caches() -> None:
    """Forget every resolver, so that URLconfs are read anew."""
    get_callable.cache_clear()
    _get_cached_resolver.cache_clear()
    get_ns_resolver.cache_clear()


def set_script_prefix(prefix: str) -> None:
    """Say at which path the application is mounted."""
    _current.prefix = prefix if prefix.endswith("/") else prefix + "/"


def get_script_prefix() -> str:
    """Return the path at which the application is mounted; it ends with a slash."""
    return getattr(_current, "prefix", "/")


def clear_script_prefix() -> None:
    """Forget it."""
    vars(_current).pop("prefix", None)


def set_urlconf(urlconf_name: Any) -> None:
    """Use a URLconf for the rest of this request; None is back to ``settings.ROOT_URLCONF``."""
    _current.urlconf = urlconf_name or None


def get_urlconf(default: Any = None) -> Any:
    """Return the URLconf of this request."""
    found = getattr(_current, "urlconf", None)
    return default if found is None else found
