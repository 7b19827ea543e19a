"""How session data become bytes (``django.contrib.sessions.serializers``)."""

from minidjango.core.signing import JSONSerializer

__all__ = ["JSONSerializer"]
