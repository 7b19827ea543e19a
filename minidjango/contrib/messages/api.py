"""How a view says something (``django.contrib.messages.api``)."""

from typing import Any

from minidjango.contrib.messages import constants
from minidjango.contrib.messages.storage import default_storage

__all__ = (
    "MessageFailure",
    "add_message",
    "debug",
    "error",
    "get_level",
    "get_messages",
    "info",
    "set_level",
    "success",
    "warning",
)


class MessageFailure(Exception):
    """There is no MessageMiddleware."""


def add_message(
    request: Any, level: int, message: Any, extra_tags: str = "", fail_silently: bool = False
) -> None:
    """Say something to the visitor, on this page or the next.

    Args:
        request: the request that MessageMiddleware has seen; TypeError for what is none.
        level: one of the constants, or a number of your own.
        message: the text.
        extra_tags: words to put before the level's tag.
        fail_silently: do nothing without the middleware, instead of raising MessageFailure.
    """
    if hasattr(request, "_messages"):
        request._messages.add(level, message, extra_tags)
    elif not hasattr(request, "META"):
        raise TypeError(
            f"add_message() argument must be an HttpRequest object, not '{type(request).__name__}'."
        )
    elif not fail_silently:
        raise MessageFailure(
            "You cannot add messages without installing "
            "minidjango.contrib.messages.middleware.MessageMiddleware"
        )


def get_messages(request: Any) -> Any:
    """Return the messages; who iterates over them has read them. Without the middleware, ``[]``."""
    return getattr(request, "_messages", [])


def get_level(request: Any) -> int:
    """Return the lowest level that is recorded: `set_level`'s, ``MESSAGE_LEVEL``, or INFO."""
    level: int = getattr(request, "_messages", default_storage(request)).level
    return level


def set_level(request: Any, level: int | None) -> bool:
    """Set the lowest level that is recorded, None for the default; return whether that worked."""
    if not hasattr(request, "_messages"):
        return False
    request._messages.level = level
    return True


def debug(request: Any, message: Any, extra_tags: str = "", fail_silently: bool = False) -> None:
    """Add a message for developers. It is below the default level."""
    add_message(request, constants.DEBUG, message, extra_tags, fail_silently)


def info(request: Any, message: Any, extra_tags: str = "", fail_silently: bool = False) -> None:
    """Add a message that informs."""
    add_message(request, constants.INFO, message, extra_tags, fail_silently)


def success(request: Any, message: Any, extra_tags: str = "", fail_silently: bool = False) -> None:
    """Add a message that something has been done."""
    add_message(request, constants.SUCCESS, message, extra_tags, fail_silently)


def warning(request: Any, message: Any, extra_tags: str = "", fail_silently: bool = False) -> None:
    """Add a message that something may go wrong."""
    add_message(request, constants.WARNING, message, extra_tags, fail_silently)


def error(request: Any, message: Any, extra_tags: str = "", fail_silently: bool = False) -> None:
    """Add a message that something has not been done."""
    add_message(request, constants.ERROR, message, extra_tags, fail_silently)
