"""The door for servers (``django.core.wsgi``)."""

import minidjango
from minidjango.core.handlers.wsgi import WSGIHandler


def get_wsgi_application() -> WSGIHandler:
    """Load the settings, build the onion, and return the WSGI application (PEP 3333)."""
    minidjango.setup(set_prefix=False)
    return WSGIHandler()
