"""Messages find the next page (``django.contrib.messages.middleware``)."""

from typing import Any

from minidjango.conf import settings
from minidjango.contrib.messages.storage import default_storage
from minidjango.utils.deprecation import MiddlewareMixin


class MessageMiddleware(MiddlewareMixin):
    """Opens ``settings.MESSAGE_STORAGE`` on the way in; on the way out, stores what is unread."""

    def process_request(self, request: Any) -> None:
        """Set ``request._messages``. Nothing is read yet."""
        request._messages = default_storage(request)

    def process_response(self, request: Any, response: Any) -> Any:
        """Store unread messages; in DEBUG, raise ValueError if there was no room for all."""
        if hasattr(request, "_messages"):  # not, if a layer outside this one answered
            unstored = request._messages.update(response)
            if unstored and settings.DEBUG:
                raise ValueError("Not all temporary messages could be stored.")
        return response
