"""CSRF protection view by view (``django.views.decorators.csrf``)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from minidjango.middleware.csrf import CsrfViewMiddleware, get_token
from minidjango.utils.decorators import decorator_from_middleware

View = Callable[..., Any]


class _EnsureCsrfToken(CsrfViewMiddleware):
    """Refuses nothing, and logs nothing."""

    def _reject(self, request: Any, reason: str) -> None:
        """Let the request through."""


class _EnsureCsrfCookie(_EnsureCsrfToken):
    """Has the cookie sent, whether or not the view asks for a token."""

    def process_view(
        self, request: Any, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> Any:
        response = super().process_view(request, callback, callback_args, callback_kwargs)
        get_token(request)
        return response


csrf_protect = decorator_from_middleware(CsrfViewMiddleware)
csrf_protect.__name__ = "csrf_protect"
csrf_protect.__doc__ = "Protect a view, as the layer does. To do it twice does no harm."

requires_csrf_token = decorator_from_middleware(_EnsureCsrfToken)
requires_csrf_token.__name__ = "requires_csrf_token"
requires_csrf_token.__doc__ = "Give a view a token that will be accepted; do not protect it."

ensure_csrf_cookie = decorator_from_middleware(_EnsureCsrfCookie)
ensure_csrf_cookie.__name__ = "ensure_csrf_cookie"
ensure_csrf_cookie.__doc__ = "Send the cookie in any case, for a page whose scripts need it."


def csrf_exempt(view_func: View) -> View:
    """Return the view, marked as one that the layer lets alone."""

    @wraps(view_func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return view_func(*args, **kwargs)

    wrapper.csrf_exempt = True  # type: ignore[attr-defined]
    return wrapper
