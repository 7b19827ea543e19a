"""Who may show this page in a frame (``django.views.decorators.clickjacking``)."""

from functools import wraps
from typing import Any

from minidjango.utils.decorators import ViewFunc


def xframe_options_deny(view_func: ViewFunc) -> ViewFunc:
    """Nobody; a view that sets ``X-Frame-Options`` itself keeps it."""
    return _with_option(view_func, "DENY")


def xframe_options_sameorigin(view_func: ViewFunc) -> ViewFunc:
    """This site; a view that sets ``X-Frame-Options`` itself keeps it."""
    return _with_option(view_func, "SAMEORIGIN")


def _with_option(view_func: ViewFunc, value: str) -> ViewFunc:
    @wraps(view_func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        response = view_func(*args, **kwargs)
        if response.get("X-Frame-Options") is None:
            response["X-Frame-Options"] = value
        return response

    return wrapper


def xframe_options_exempt(view_func: ViewFunc) -> ViewFunc:
    """Everybody: XFrameOptionsMiddleware leaves the page alone."""

    @wraps(view_func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        response = view_func(*args, **kwargs)
        response.xframe_options_exempt = True
        return response

    return wrapper
