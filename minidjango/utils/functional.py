"""Things computed late, once (``django.utils.functional``)."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")

empty = object()
"""Stands for "not known yet" where None is a value."""


class cached_property(Generic[T]):
    """A property whose first value is kept in the instance's ``__dict__``.

    There, it is found before this descriptor: the second access costs nothing. ``del`` forgets it.
    """

    def __init__(self, func: Callable[[Any], T]) -> None:
        self.func = func
        self.__doc__ = func.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, cls: type | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, cls: type | None = None) -> T: ...

    def __get__(self, instance: object | None, cls: type | None = None) -> Self | T:
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.func(instance)
        return value
