"""Exceptions with a meaning for the cycle (``django.core.exceptions``)."""


class SuspiciousOperation(Exception):
    """The user did something suspicious: 400, logged under ``minidjango.security``."""


class SuspiciousMultipartForm(SuspiciousOperation):
    """A multipart body that no form would send."""


class SuspiciousFileOperation(SuspiciousOperation):
    """A path that leads out of its directory."""


class DisallowedHost(SuspiciousOperation):
    """The Host header names a host that is not in ``ALLOWED_HOSTS``."""


class DisallowedRedirect(SuspiciousOperation):
    """A redirect to a scheme that is not allowed, or too long."""


class TooManyFieldsSent(SuspiciousOperation):
    """More fields than ``DATA_UPLOAD_MAX_NUMBER_FIELDS``."""


class TooManyFilesSent(SuspiciousOperation):
    """More files than ``DATA_UPLOAD_MAX_NUMBER_FILES``."""


class RequestDataTooBig(SuspiciousOperation):
    """A body, files aside, above ``DATA_UPLOAD_MAX_MEMORY_SIZE``."""


class BadRequest(Exception):
    """The request is malformed: 400."""


class PermissionDenied(Exception):
    """The user may not do that: 403."""


class ViewDoesNotExist(Exception):
    """A dotted path that leads to no view."""


class MiddlewareNotUsed(Exception):
    """Raised by a layer's constructor: leave me out of the onion."""


class ImproperlyConfigured(Exception):
    """The settings, or what they name, are wrong."""


class ObjectDoesNotExist(Exception):
    """What was asked for is not there."""


class MultipleObjectsReturned(Exception):
    """What was asked for is there several times."""


class FieldError(Exception):
    """There is no such field."""
