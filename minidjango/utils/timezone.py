"""The present (``django.utils.timezone``)."""

from datetime import UTC, datetime

from minidjango.conf import settings


def now() -> datetime:
    """Return the time: in UTC and aware of it, or naive and local without ``settings.USE_TZ``."""
    return datetime.now(tz=UTC if settings.USE_TZ else None)
