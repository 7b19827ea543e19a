"""Which application is served (``django.core.servers.basehttp``)."""

from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.core.wsgi import get_wsgi_application
from minidjango.utils.module_loading import import_string


def get_internal_wsgi_application() -> Any:
    """Return the application that ``settings.WSGI_APPLICATION`` names, or else a plain one.

    Raises ImproperlyConfigured when the name leads nowhere.
    """
    path = settings.WSGI_APPLICATION
    if path is None:
        return get_wsgi_application()
    try:
        return import_string(path)
    except ImportError as error:
        raise ImproperlyConfigured(
            f"WSGI application '{path}' could not be loaded; Error importing module."
        ) from error
