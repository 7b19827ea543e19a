"""What can be wrong with a session (``django.contrib.sessions.exceptions``)."""

from minidjango.core.exceptions import BadRequest, SuspiciousOperation


class InvalidSessionKey(SuspiciousOperation):
    """A key with characters that no key has."""


class SuspiciousSession(SuspiciousOperation):
    """The data may have been tampered with."""


class SessionInterrupted(BadRequest):
    """The session was deleted while the request was on its way."""
