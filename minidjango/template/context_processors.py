"""What every template may want to know (``django.template.context_processors``).

Each takes the request and returns what it adds to the context; an engine's
``context_processors`` option names those that are to be asked.
"""

from functools import partial
from typing import Any

from minidjango.conf import settings
from minidjango.middleware.csrf import get_token
from minidjango.utils.functional import SimpleLazyObject


def csrf(request: Any) -> dict[str, Any]:
    """Add ``csrf_token``, made only if it is used: the response will then set a cookie."""
    return {"csrf_token": SimpleLazyObject(partial(get_token, request))}


def debug(request: Any) -> dict[str, Any]:
    """Add ``debug``, and a ``sql_queries()`` that has none, for those in ``INTERNAL_IPS``."""
    if settings.DEBUG and request.META.get("REMOTE_ADDR") in settings.INTERNAL_IPS:
        return {"debug": True, "sql_queries": list}
    return {}


def request(request: Any) -> dict[str, Any]:
    """Add ``request``."""
    return {"request": request}
