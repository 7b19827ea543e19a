"""Things computed late, once (``django.utils.functional``)."""

import copy
import operator
from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")

empty = object()
"""Stands for "not known yet" where None is a value."""


class cached_property(Generic[T]):
    """A property whose first value is kept in the instance's ``__dict__``.

    There, it is found before this descriptor: the second access costs nothing. ``del`` forgets it.
    """

    name: str | None = None

    def __init__(self, func: Callable[[Any], T]) -> None:
        self.func = func
        self.__doc__ = func.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        if self.name not in (None, name):
            raise TypeError(
                "Cannot assign the same cached_property to two different names "
                f"({self.name!r} and {name!r})."
            )
        self.name = name

    @overload
    def __get__(self, instance: None, cls: type | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, cls: type | None = None) -> T: ...

    def __get__(self, instance: object | None, cls: type | None = None) -> Self | T:
        if instance is None:
            return self
        if self.name is None:
            raise TypeError(
                "Cannot use cached_property instance without calling __set_name__() on it."
            )
        value = instance.__dict__[self.name] = self.func(instance)
        return value


def _proxy(func: Callable[..., Any]) -> Callable[..., Any]:
    """Make a method of a lazy object that hands ``func`` the real one, found now if need be."""

    def method(self: "SimpleLazyObject", *args: Any) -> Any:
        if self._wrapped is empty:
            self._wrapped = self._setupfunc()
        return func(self._wrapped, *args)

    method.is_proxy = True  # type: ignore[attr-defined]
    return method


def _itself(wrapped: Any) -> Any:
    return wrapped


class SimpleLazyObject:
    """Stands for what ``func()`` returns, called when that is first used; then behaves as it does.

    ``request.user`` is such an object.
    """

    _wrapped: Any = None
    _setupfunc: Callable[[], Any]

    def __init__(self, func: Callable[[], Any]) -> None:
        self.__dict__.update(_wrapped=empty, _setupfunc=func)

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if name not in ("_wrapped", "_setupfunc") and hasattr(value, "is_proxy"):
            raise AttributeError  # it has this method only if the real object has: see __getattr__
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "_wrapped":
            self.__dict__[name] = value
        else:
            _proxy(setattr)(self, name, value)

    def __repr__(self) -> str:
        known = self._setupfunc if self._wrapped is empty else self._wrapped
        return f"<{type(self).__name__}: {known!r}>"

    def __copy__(self) -> Any:
        known = self._wrapped is not empty
        return copy.copy(self._wrapped) if known else SimpleLazyObject(self._setupfunc)

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        if self._wrapped is not empty:
            return copy.deepcopy(self._wrapped, memo)
        memo[id(self)] = result = SimpleLazyObject(self._setupfunc)
        return result

    def __reduce__(self) -> Any:
        return _itself, (_proxy(_itself)(self),)  # pickle keeps the real object

    __getattr__ = _proxy(getattr)
    __delattr__ = _proxy(delattr)
    __class__ = property(_proxy(operator.attrgetter("__class__")))
    __dir__ = _proxy(dir)
    __bytes__ = _proxy(bytes)
    __str__ = _proxy(str)
    __bool__ = _proxy(bool)
    __eq__ = _proxy(operator.eq)
    __lt__ = _proxy(operator.lt)
    __gt__ = _proxy(operator.gt)
    __hash__ = _proxy(hash)
    __getitem__ = _proxy(operator.getitem)
    __setitem__ = _proxy(operator.setitem)
    __delitem__ = _proxy(operator.delitem)
    __iter__ = _proxy(iter)
    __len__ = _proxy(len)
    __contains__ = _proxy(operator.contains)
    __add__ = _proxy(operator.add)
    __radd__ = _proxy(lambda wrapped, other: other + wrapped)
