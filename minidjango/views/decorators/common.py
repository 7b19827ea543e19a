"""A view without a slash (``django.views.decorators.common``)."""

from functools import wraps
from typing import Any

from minidjango.utils.decorators import ViewFunc


def no_append_slash(view_func: ViewFunc) -> ViewFunc:
    """Keep CommonMiddleware from redirecting to this view for want of a slash."""

    @wraps(view_func)
    def wrapper(request: Any, *args: Any, **kwargs: Any) -> Any:
        return view_func(request, *args, **kwargs)

    wrapper.should_append_slash = False  # type: ignore[attr-defined]
    return wrapper
