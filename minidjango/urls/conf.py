"""The words in which a URLconf is written (``django.urls.conf``)."""

from functools import partial
from importlib import import_module
from typing import Any

from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.urls.patterns import RegexPattern, RoutePattern
from minidjango.urls.resolvers import URLPattern, URLResolver

Included = tuple[Any, str | None, str | None]


def include(arg: Any, namespace: str | None = None) -> Included:
    """Put another URLconf below a prefix.

    Args:
        arg: a module, its dotted path, a list of patterns, or a pair of such a list and an
            application's name.
        namespace: the name of this instance of the application.

    Raises ImproperlyConfigured for a namespace without an application's name.
    """
    app_name = None
    if isinstance(arg, tuple):
        if len(arg) != 2:
            raise ImproperlyConfigured(_bad_tuple(arg, namespace))
        arg, app_name = arg
    urlconf = import_module(arg) if isinstance(arg, str) else arg
    app_name = getattr(urlconf, "app_name", app_name)
    if namespace and not app_name:
        raise ImproperlyConfigured(
            "Specifying a namespace in include() without providing an app_name is not supported. "
            "Set the app_name attribute in the included module, or pass a 2-tuple containing the "
            "list of patterns and app_name instead."
        )
    return urlconf, app_name, namespace or app_name


def _bad_tuple(arg: tuple[Any, ...], namespace: str | None) -> str:
    if namespace:
        return "Cannot override the namespace for a dynamic module that provides a namespace."
    return (
        f"Passing a {len(arg)}-tuple to include() is not supported. Pass a 2-tuple containing the "
        "list of patterns and app_name, and provide the namespace argument to include() instead."
    )


def _path(
    route: str,
    view: Any,
    kwargs: dict[str, Any] | None = None,
    name: str | None = None,
    Pattern: type[RegexPattern] = RoutePattern,
) -> URLPattern | URLResolver:
    """Lead ``route`` to a view, or to what `include` returned.

    ``kwargs`` are passed to the view; ``name`` is what `reverse` knows it by. Raises TypeError for
    what cannot be called.
    """
    if kwargs is not None and not isinstance(kwargs, dict):
        raise TypeError(f"kwargs argument must be a dict, but got {type(kwargs).__name__}.")
    if isinstance(view, list | tuple):
        urlconf, app_name, namespace = view
        pattern = Pattern(route, is_endpoint=False)
        return URLResolver(pattern, urlconf, kwargs, app_name=app_name, namespace=namespace)
    if callable(view):
        return URLPattern(Pattern(route, name=name, is_endpoint=True), view, kwargs, name)
    if hasattr(type(view), "as_view"):
        name = type(view).__name__
        raise TypeError(f"view must be a callable, pass {name}.as_view(), not {name}().")
    raise TypeError("view must be a callable or a list/tuple in the case of include().")


path = partial(_path, Pattern=RoutePattern)
re_path = partial(_path, Pattern=RegexPattern)
