"""Where messages wait (``django.contrib.messages.storage``)."""

from typing import Any

from minidjango.conf import settings
from minidjango.utils.module_loading import import_string


def default_storage(request: Any) -> Any:
    """Return a request's storage, an instance of ``settings.MESSAGE_STORAGE``."""
    return import_string(settings.MESSAGE_STORAGE)(request)
