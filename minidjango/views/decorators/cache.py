"""How long a view's answers may be kept (``django.views.decorators.cache``)."""

from functools import wraps
from typing import Any

from minidjango.middleware.cache import CacheMiddleware
from minidjango.utils.cache import add_never_cache_headers, patch_cache_control
from minidjango.utils.decorators import Decorator, ViewFunc, decorator_from_middleware_with_args


def cache_page(
    timeout: float | None, *, cache: str | None = None, key_prefix: str | None = None
) -> Decorator:
    """Keep what the view returns for ``timeout`` seconds, as the cache layers do for a site."""
    return decorator_from_middleware_with_args(CacheMiddleware)(
        page_timeout=timeout, cache_alias=cache, key_prefix=key_prefix
    )


def cache_control(**kwargs: Any) -> Decorator:
    """Add directives to ``Cache-Control``; see ``patch_cache_control``."""

    def decorator(viewfunc: ViewFunc) -> ViewFunc:
        @wraps(viewfunc)
        def wrapper(request: Any, *args: Any, **kw: Any) -> Any:
            _check_request(request, "cache_control")
            response = viewfunc(request, *args, **kw)
            patch_cache_control(response, **kwargs)
            return response

        return wrapper

    return decorator


def never_cache(view_func: ViewFunc) -> ViewFunc:
    """Forbid everybody to keep what the view returns."""

    @wraps(view_func)
    def wrapper(request: Any, *args: Any, **kwargs: Any) -> Any:
        _check_request(request, "never_cache")
        response = view_func(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return wrapper


def _check_request(request: Any, decorator_name: str) -> None:
    if not hasattr(request, "META"):
        raise TypeError(
            f"{decorator_name} didn't receive an HttpRequest. If you are decorating a "
            "classmethod, be sure to use @method_decorator."
        )
