"""Exceptions as plain data, and back again."""

from __future__ import annotations

import builtins
import importlib

from autograder.host.framework import Framework
from autograder.host.values import is_plain, plain_attributes
from autograder.host.whereabouts import line_of
from autograder.host.wire import Message

TEXT = 2_000
"""The longest message of an exception that crosses, in characters."""


def exception_to_plain(error: BaseException, framework: Framework) -> Message:
    """An exception as data: its class and that class's ancestors, its message, what it holds."""
    lineage = [
        framework.generic(f"{cls.__module__}.{cls.__qualname__}")
        for cls in type(error).__mro__[:-1]
    ]
    return {
        "type": type(error).__name__,
        "lineage": lineage,
        "message": _message(error),
        "args": [arg for arg in error.args if is_plain(arg)],
        "attributes": plain_attributes(vars(error)),
        "where": line_of(error),
    }


def _message(error: BaseException) -> str:
    try:
        return str(error)[:TEXT]
    except Exception as broken:  # noqa: BLE001  the class is the student's, and may do anything
        return f"({type(error).__name__} could not be written: {type(broken).__name__})"


def exception_from_plain(plain: Message, framework: Framework) -> BaseException:
    """An exception with that data, of the same class where this process knows it.

    A class that a check defines itself is made anew, below the first ancestor that is known. One
    whose constructor wants something else than its arguments is made without it.
    """
    kind: type[BaseException] = Exception
    for index, dotted in enumerate(plain["lineage"]):
        cls = _exception_class(framework.own(dotted))
        if cls is not None:
            kind = cls if index == 0 else type(plain["type"], (cls,), {})
            break
    try:
        error = kind(*plain["args"])
    except Exception:  # noqa: BLE001  a constructor may want anything
        error = kind.__new__(kind)
        error.args = tuple(plain["args"])
    vars(error).update(plain["attributes"])
    return error


def _exception_class(dotted: str) -> type[BaseException] | None:
    module, _, name = dotted.rpartition(".")
    try:
        found = getattr(builtins if module == "builtins" else importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError):
        return None
    return found if isinstance(found, type) and issubclass(found, BaseException) else None
