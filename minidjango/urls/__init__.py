"""From a path to a view, and back (``django.urls``)."""

from minidjango.urls.base import (
    clear_script_prefix,
    clear_url_caches,
    get_script_prefix,
    get_urlconf,
    is_valid_path,
    resolve,
    reverse,
    set_script_prefix,
    set_urlconf,
)
from minidjango.urls.conf import include, path, re_path
from minidjango.urls.converters import register_converter
from minidjango.urls.exceptions import NoReverseMatch, Resolver404
from minidjango.urls.resolvers import (
    ResolverMatch,
    URLPattern,
    URLResolver,
    get_ns_resolver,
    get_resolver,
)
from minidjango.urls.utils import get_callable, get_mod_func

__all__ = [
    "NoReverseMatch",
    "Resolver404",
    "ResolverMatch",
    "URLPattern",
    "URLResolver",
    "clear_script_prefix",
    "clear_url_caches",
    "get_callable",
    "get_mod_func",
    "get_ns_resolver",
    "get_resolver",
    "get_script_prefix",
    "get_urlconf",
    "include",
    "is_valid_path",
    "path",
    "re_path",
    "register_converter",
    "resolve",
    "reverse",
    "set_script_prefix",
    "set_urlconf",
]
