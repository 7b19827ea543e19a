"""On which headers a view's answers depend (``django.views.decorators.vary``)."""

from functools import wraps
from typing import Any

from minidjango.utils.cache import patch_vary_headers
from minidjango.utils.decorators import Decorator, ViewFunc


def vary_on_headers(*headers: str) -> Decorator:
    """Add names to ``Vary``."""

    def decorator(func: ViewFunc) -> ViewFunc:
        @wraps(func)
        def wrapper(request: Any, *args: Any, **kwargs: Any) -> Any:
            response = func(request, *args, **kwargs)
            patch_vary_headers(response, headers)
            return response

        return wrapper

    return decorator


vary_on_cookie = vary_on_headers("Cookie")
