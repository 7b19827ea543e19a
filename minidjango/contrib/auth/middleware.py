"""``request.user`` (``django.contrib.auth.middleware``)."""

from typing import Any

from minidjango.conf import settings
from minidjango.contrib import auth
from minidjango.contrib.auth.views import _log_in_first
from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.utils.deprecation import MiddlewareMixin
from minidjango.utils.functional import SimpleLazyObject


def get_user(request: Any) -> Any:
    """Return the user of the session, found once per request."""
    if not hasattr(request, "_cached_user"):
        request._cached_user = auth.get_user(request)
    return request._cached_user


class AuthenticationMiddleware(MiddlewareMixin):
    """Sets ``request.user``. Nobody is looked for, and no session loaded, until it is used."""

    def process_request(self, request: Any) -> None:
        """Set it; ImproperlyConfigured if no layer outside this one has set ``session``."""
        if not hasattr(request, "session"):
            raise ImproperlyConfigured(
                "The Django authentication middleware requires session middleware to be "
                "installed. Edit your MIDDLEWARE setting to insert "
                "'minidjango.contrib.sessions.middleware.SessionMiddleware' before "
                "'minidjango.contrib.auth.middleware.AuthenticationMiddleware'."
            )
        request.user = SimpleLazyObject(lambda: get_user(request))


class LoginRequiredMiddleware(MiddlewareMixin):
    """Sends who is not logged in to the login page, save from views with `login_not_required`."""

    redirect_field_name = auth.REDIRECT_FIELD_NAME

    def process_view(self, request: Any, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        """Return the redirect, or None to let the request through."""
        if request.user.is_authenticated or not getattr(view_func, "login_required", True):
            return None
        return self.handle_no_permission(request, view_func)

    def get_login_url(self, view_func: Any) -> str:
        """Return the view's own login page, or ``settings.LOGIN_URL``."""
        login_url = getattr(view_func, "login_url", None) or settings.LOGIN_URL
        if not login_url:
            raise ImproperlyConfigured(
                "No login URL to redirect to. Define settings.LOGIN_URL or provide a login_url "
                "via the 'minidjango.contrib.auth.decorators.login_required' decorator."
            )
        return str(login_url)

    def get_redirect_field_name(self, view_func: Any) -> str:
        """Return the name under which the login page learns where to go next."""
        name: str = getattr(view_func, "redirect_field_name", self.redirect_field_name)
        return name

    def handle_no_permission(self, request: Any, view_func: Any) -> Any:
        """Return the redirect."""
        field_name = self.get_redirect_field_name(view_func)
        return _log_in_first(request, self.get_login_url(view_func), field_name)
