"""Names in a check that stand for things in the student's process.

In the judge a student's `BlockList` is a `Reference`: it can be handed to the checking API and
nothing else. What a plain object would answer by guessing, a reference refuses aloud, so that a
check means the same in a notebook, where it holds the class itself, and across a pipe, where it
holds its name. What no object can refuse, such as `is` and `callable()`, `names.misused` finds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

_OPERATIONS = """
__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __bool__ __str__ __repr__ __format__
__call__ __iter__ __next__ __len__ __contains__ __getitem__ __setitem__ __delitem__
__setattr__ __delattr__ __enter__ __exit__ __add__ __radd__ __sub__ __rsub__ __mul__ __rmul__
__mod__ __truediv__ __floordiv__ __pow__ __neg__ __pos__ __abs__ __invert__ __and__ __or__
__xor__ __lshift__ __rshift__ __matmul__ __int__ __float__ __index__ __complex__ __bytes__
__fspath__ __await__ __aiter__ __reversed__ __dir__ __copy__ __deepcopy__ __reduce_ex__
__instancecheck__ __subclasscheck__
"""


class ReferenceMisused(TypeError):
    """A check asked of a student's name what only the student's process can answer."""


def _refuse(operation: str) -> Callable[..., NoReturn]:
    def refused(self: Reference, *_: object) -> NoReturn:
        dotted = ".".join((name_of(self), *attributes_of(self)))
        raise ReferenceMisused(
            f"a check cannot use {operation} on {dotted}, which lives in the student's process; "
            f"ask for it as plain data with value({dotted})"
        )

    return refused


class Reference:
    """The name of something that the student defined; its attributes are references too."""

    __slots__ = ("_attributes", "_name")

    def __init__(self, name: str, attributes: tuple[str, ...] = ()) -> None:
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "_attributes", attributes)

    def __getattribute__(self, attribute: str) -> Reference:
        """A reference to any attribute, `__doc__` and `_name` too: the student may have them."""
        if attribute == "__class__":  # isinstance() asks for it, and would answer in silence
            _refuse("isinstance() or __class__")(self)
        return Reference(name_of(self), (*attributes_of(self), attribute))


def name_of(reference: Reference) -> str:
    """The name that a reference stands for."""
    name: str = object.__getattribute__(reference, "_name")
    return name


def attributes_of(reference: Reference) -> tuple[str, ...]:
    """The attributes asked of that name, outermost first."""
    attributes: tuple[str, ...] = object.__getattribute__(reference, "_attributes")
    return attributes


for _operation in _OPERATIONS.split():
    setattr(Reference, _operation, _refuse(_operation))
