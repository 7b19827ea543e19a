"""Who may show a page in a frame (``django.middleware.clickjacking``).

A page in an invisible frame, laid over another site's buttons, gets clicks that were not meant for
it. ``X-Frame-Options`` lets the browser refuse.
"""

from typing import Any

from minidjango.conf import settings
from minidjango.http import HttpRequest
from minidjango.utils.deprecation import MiddlewareMixin


class XFrameOptionsMiddleware(MiddlewareMixin):
    """Sets the header, unless the view has set it or is marked ``@xframe_options_exempt``."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Set ``X-Frame-Options``."""
        exempt = getattr(response, "xframe_options_exempt", False)
        if not exempt and response.get("X-Frame-Options") is None:
            value = self.get_xframe_options_value(request, response)
            response.headers["X-Frame-Options"] = value
        return response

    def get_xframe_options_value(self, request: HttpRequest, response: Any) -> str:
        """Return ``settings.X_FRAME_OPTIONS``; a subclass may decide for each page."""
        return str(getattr(settings, "X_FRAME_OPTIONS", "DENY")).upper()
