"""How a dotted path in a setting becomes a layer, in the new stack and in the old one."""

import logging
import types
from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import MiddlewareNotUsed
from minidjango.utils.module_loading import import_string

logger = logging.getLogger("minidjango.request")

NOT_USED = object()


def instantiate(path: str, *args: Any) -> Any:
    """Import what ``path`` names and call it; return ``NOT_USED`` when it says that it is not.

    Raises ImportError for a path that leads nowhere, and whatever a layer's constructor raises.
    """
    factory = import_string(path)
    try:
        return factory(*args)
    except MiddlewareNotUsed as reason:
        if settings.DEBUG and str(reason):
            logger.debug("MiddlewareNotUsed(%r): %s", path, reason)
        elif settings.DEBUG:
            logger.debug("MiddlewareNotUsed: %r", path)
        return NOT_USED


def is_old_style() -> bool:
    """Whether the project lists its layers in ``MIDDLEWARE_CLASSES``, and not in ``MIDDLEWARE``."""
    if settings.MIDDLEWARE_CLASSES is None:
        return False
    return settings.MIDDLEWARE is None or not settings.is_overridden("MIDDLEWARE")


def view_name(callback: Any) -> str:
    """Return how an error message calls a view: a function by its name, an object by its class."""
    isfunction = isinstance(callback, types.FunctionType)
    name = callback.__name__ if isfunction else f"{type(callback).__name__}.__call__"
    return f"{callback.__module__}.{name}"
