"""Which view answers here? (``django.contrib.admindocs.middleware``)."""

from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.http import HttpResponse
from minidjango.utils.deprecation import MiddlewareMixin


class XViewMiddleware(MiddlewareMixin):
    """Answers a HEAD from an address in ``INTERNAL_IPS``, or of staff, with the view's name."""

    def process_view(
        self, request: Any, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """Answer with ``X-View``, and no view is called.

        Raises ImproperlyConfigured when no layer outside has set ``request.user``.
        """
        if not hasattr(request, "user"):
            raise ImproperlyConfigured(
                "The XView middleware requires authentication middleware to be installed. Edit "
                "your MIDDLEWARE setting to insert "
                "'minidjango.contrib.auth.middleware.AuthenticationMiddleware'."
            )
        if request.method != "HEAD" or not _is_insider(request):
            return None
        response = HttpResponse()
        response.headers["X-View"] = get_view_name(view_func)
        return response


def _is_insider(request: Any) -> bool:
    if request.META.get("REMOTE_ADDR") in settings.INTERNAL_IPS:
        return True
    user = request.user
    return bool(user.is_active and user.is_staff)


def get_view_name(view_func: Any) -> str:
    """Return the dotted name of a view: a function, a class's ``as_view()``, or any callable."""
    view = getattr(view_func, "view_class", view_func)
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__name__)}"
