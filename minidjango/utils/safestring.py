"""Text that is markup already (``django.utils.safestring``)."""

from collections.abc import Callable
from functools import wraps
from typing import Any


class SafeData:
    """Says, as other engines' markup does, that it need not be escaped."""

    __slots__ = ()

    def __html__(self) -> Any:
        """Return itself."""
        return self


class SafeString(str, SafeData):
    """Markup. What is added to it makes plain text of the whole, unless that is markup too."""

    __slots__ = ()

    def __add__(self, rhs: Any) -> Any:
        if not isinstance(rhs, str):
            return NotImplemented
        joined = super().__add__(rhs)
        return SafeString(joined) if isinstance(rhs, SafeData) else joined

    def __str__(self) -> str:
        return self


def mark_safe(s: Any) -> Any:
    """Return text as markup; decorates a function so that it returns markup."""
    if hasattr(s, "__html__"):
        return s
    return _marked(s) if callable(s) else SafeString(s)


def _marked(func: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return mark_safe(func(*args, **kwargs))

    return wrapper
