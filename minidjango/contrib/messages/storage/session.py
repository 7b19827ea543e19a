"""Messages that wait in the session (``django.contrib.messages.storage.session``)."""

import json
from typing import Any

from minidjango.contrib.messages.storage.base import BaseStorage
from minidjango.contrib.messages.storage.cookie import MessageDecoder, MessageEncoder
from minidjango.core.exceptions import ImproperlyConfigured


class SessionStorage(BaseStorage):
    """Keeps messages in ``request.session``: there is always room."""

    session_key = "_messages"

    def __init__(self, request: Any, *args: Any, **kwargs: Any) -> None:
        if not hasattr(request, "session"):
            raise ImproperlyConfigured(
                "The session-based temporary message storage requires session middleware to be "
                "installed, and come before the message middleware in the MIDDLEWARE list."
            )
        super().__init__(request, *args, **kwargs)

    def _get(self) -> tuple[list[Any] | None, bool]:
        return self.deserialize_messages(self.request.session.get(self.session_key)), True

    def _store(self, messages: list[Any], response: Any, remove_oldest: bool = True) -> list[Any]:
        if messages:
            self.request.session[self.session_key] = self.serialize_messages(messages)
        else:
            self.request.session.pop(self.session_key, None)
        return []

    def serialize_messages(self, messages: list[Any]) -> str:
        """Return messages as JSON: not every session can hold objects."""
        return MessageEncoder().encode(messages)

    def deserialize_messages(self, data: Any) -> Any:
        """Return the messages of a JSON text; what is no text is returned as it is."""
        return json.loads(data, cls=MessageDecoder) if data and isinstance(data, str) else data
