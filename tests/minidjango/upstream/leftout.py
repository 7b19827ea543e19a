"""What minidjango does not have: a placeholder that can stand anywhere until a test uses it.

While modules are imported a placeholder answers everything with another placeholder. Inside a
test any use raises `NotHere`, and is remembered, so that the test is left out whatever it then
makes of the exception. Only a look of the framework's own (has this view such an attribute?) is
no use: the test did not ask.
"""

import functools
import os
import sys
import unittest
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import minidjango

FRAMEWORK = os.path.dirname(minidjango.__file__) + os.sep

names: set[str] = set()
"""Of all placeholders."""

uses: list[str] = []
"""What the running test has used of what is not there."""

testing: set[Any] = set()
"""Code objects of the functions that run tests: what they call is a test, not an import."""


class NotHere(BaseException):
    """A test uses something that minidjango leaves out. Not an Exception: nobody handles it."""


def in_a_test() -> bool:
    """Whether the nearest of "a module's top level" and "a test" on the stack is a test."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name == "<module>":
            return False
        if frame.f_code in testing:
            return True
        frame = frame.f_back
    return False


def use(name: str) -> None:
    """Raise NotHere in a test; do nothing while a module is imported."""
    if in_a_test():
        uses.append(name)
        raise NotHere(name)


def _asked_by_framework() -> bool:
    """Whether minidjango called the method that asks."""
    return sys._getframe(2).f_code.co_filename.startswith(FRAMEWORK)


class LeftOut:
    """Stands for one name."""

    def __init__(self, name: str) -> None:
        names.add(name)
        last = name.rpartition(".")[2]
        self.__dict__.update(_left_out_name=name, __name__=last, __qualname__=last, __module__=name)

    def __repr__(self) -> str:
        return f"<left out: {self._left_out_name}>"

    def __getattr__(self, attribute: str) -> Any:
        private = attribute.startswith("__") and attribute.endswith("__")
        if private or (_asked_by_framework() and in_a_test()):
            raise AttributeError(attribute)
        use(self._left_out_name)
        return LeftOut(f"{self._left_out_name}.{attribute}")

    def __setattr__(self, attribute: str, value: Any) -> None:
        use(self._left_out_name)

    def __delattr__(self, attribute: str) -> None:
        use(self._left_out_name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        use(self._left_out_name)
        if len(args) == 1 and not kwargs and _is_test(args[0]):
            return _without(args[0], self._left_out_name)
        return LeftOut(self._left_out_name)

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        use(self._left_out_name)
        return (base(self._left_out_name),)

    def __iter__(self) -> Iterator[Any]:
        use(self._left_out_name)
        return iter(())

    def __add__(self, other: Any) -> Any:
        use(self._left_out_name)
        return other if isinstance(other, list | tuple | str) else self

    __radd__ = __add__

    def __eq__(self, other: object) -> bool:
        if self is other or _asked_by_framework():
            return self is other
        use(self._left_out_name)
        return False

    def __bool__(self) -> bool:
        if _asked_by_framework():
            return True
        use(self._left_out_name)
        return False

    def __hash__(self) -> int:
        return hash(self._left_out_name)

    def __copy__(self) -> "LeftOut":
        return self

    def __deepcopy__(self, memo: Any) -> "LeftOut":
        return self


def _answering(make: Callable[[LeftOut], Any]) -> Callable[..., Any]:
    def method(self: LeftOut, *args: Any) -> Any:
        use(self._left_out_name)
        return make(self)

    return method


_ANSWERS: dict[str, Callable[[LeftOut], Any]] = {
    "lt le gt ge contains exit instancecheck subclasscheck": lambda self: False,
    "len int index": lambda self: 0,
    "str fspath": lambda self: "left-out",
    "setitem delitem": lambda self: None,
    "getitem enter sub rsub mul rmul or ror and rand mod truediv neg invert": lambda self: self,
}
for _names, _make in _ANSWERS.items():
    for _name in _names.split():
        setattr(LeftOut, f"__{_name}__", _answering(_make))


class DerivedType(type):
    """The type of classes that were derived from a placeholder."""

    _left_out_name = "a class"

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if _is_test(cls):
            return super().__call__(*args, **kwargs)
        use(cls._left_out_name)
        return LeftOut(cls._left_out_name)

    def __getattr__(cls, attribute: str) -> Any:
        if attribute.startswith("__") or (_asked_by_framework() and in_a_test()):
            raise AttributeError(attribute)
        use(cls._left_out_name)
        return LeftOut(f"{cls._left_out_name}.{attribute}")


@functools.cache
def base(name: str) -> type:
    """Return the class from which classes are derived that should be derived from a placeholder."""
    members = {"_left_out_name": name, "__init_subclass__": classmethod(lambda cls, **kwargs: None)}
    return DerivedType(name.rpartition(".")[2], (), members)


def _is_test(thing: Any) -> bool:
    if isinstance(thing, type):
        return issubclass(thing, unittest.TestCase)
    name = getattr(thing, "__name__", "")
    return callable(thing) and isinstance(name, str) and name.startswith("test")


def _without(thing: Any, name: str) -> Any:
    """Return a test, or a class of tests, that is left out whole."""
    if isinstance(thing, type):
        thing._left_out_name = name  # type: ignore[attr-defined]
        return thing

    @functools.wraps(thing)
    def test(*args: Any, **kwargs: Any) -> None:
        use(name)

    return test
