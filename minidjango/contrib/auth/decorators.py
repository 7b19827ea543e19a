"""Views for some users only (``django.contrib.auth.decorators``)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from minidjango.conf import settings
from minidjango.contrib.auth import REDIRECT_FIELD_NAME
from minidjango.contrib.auth.views import _log_in_first

View = Callable[..., Any]


def user_passes_test(
    test_func: Callable[[Any], Any],
    login_url: Any = None,
    redirect_field_name: str = REDIRECT_FIELD_NAME,
) -> Callable[[View], View]:
    """Send users for whom ``test_func(user)`` is false to the login page."""

    def decorator(view_func: View) -> View:
        @wraps(view_func)
        def wrapper(request: Any, *args: Any, **kwargs: Any) -> Any:
            if test_func(request.user):
                return view_func(request, *args, **kwargs)
            return _log_in_first(request, login_url or settings.LOGIN_URL, redirect_field_name)

        # LoginRequiredMiddleware reads these.
        wrapper.login_url = login_url  # type: ignore[attr-defined]
        wrapper.redirect_field_name = redirect_field_name  # type: ignore[attr-defined]
        return wrapper

    return decorator


def login_required(
    function: View | None = None,
    redirect_field_name: str = REDIRECT_FIELD_NAME,
    login_url: Any = None,
) -> Any:
    """Send who is not logged in to the login page; use it with or without arguments."""
    decorator = user_passes_test(lambda u: u.is_authenticated, login_url, redirect_field_name)
    return decorator(function) if function else decorator


def login_not_required(view_func: View) -> View:
    """Mark a view as one that LoginRequiredMiddleware lets everybody see."""
    view_func.login_required = False  # type: ignore[attr-defined]
    return view_func
