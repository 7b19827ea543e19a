"""Names in a check that stand for things in the student's process.

In the judge a student's `BlockList` is a `Reference`: it can be handed to the checking API and
nothing else. What a plain object would answer by guessing, a reference refuses aloud, so that a
check means the same in a notebook, where it holds the class itself, and across a pipe, where it
holds its name.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Callable
from typing import NoReturn

_OPERATIONS = """
__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __bool__ __str__ __repr__ __format__
__call__ __iter__ __next__ __len__ __contains__ __getitem__ __setitem__ __delitem__
__setattr__ __delattr__ __enter__ __add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __mod__
__truediv__ __floordiv__ __pow__ __neg__ __pos__ __abs__ __invert__ __and__ __or__ __xor__
__lshift__ __rshift__ __matmul__ __int__ __float__ __index__ __complex__ __bytes__
__fspath__ __await__ __aiter__ __reversed__ __dir__ __copy__ __deepcopy__ __reduce_ex__
"""

QUESTIONS = ("value",)
"""The calls of the API inside which an attribute of a student's name may be written."""


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
    # isinstance() falls back on __class__, and would answer False in silence.
    __class__ = property(_refuse("isinstance()"))

    def __init__(self, name: str, attributes: tuple[str, ...] = ()) -> None:
        object.__setattr__(self, "_name", name)
        object.__setattr__(self, "_attributes", attributes)

    def __getattr__(self, attribute: str) -> Reference:
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


def defined_names(source: str) -> set[str]:
    """The names that a cell binds at its top level.

    Raises SyntaxError where `source` is not Python.
    """
    table = symtable.symtable(source, "<cell>", "exec")
    return {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}


def free_names(source: str) -> dict[str, int]:
    """The names that a check uses and neither binds itself nor finds among the builtins.

    Returns each with the first line on which it stands. The checking API's own names are among
    them unless the source imports them. Raises SyntaxError where `source` is not Python.
    """
    bound = defined_names(source) | set(dir(builtins)) | {"__name__"}
    unbound = _globals_used(symtable.symtable(source, "<check>", "exec")) - bound
    lines: dict[str, int] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name) and node.id in unbound:
            lines[node.id] = min(node.lineno, lines.get(node.id, node.lineno))
    return lines


def _globals_used(table: symtable.SymbolTable) -> set[str]:
    top = table.get_type() == "module"
    used = {
        s.get_name() for s in table.get_symbols() if s.is_referenced() and (top or s.is_global())
    }
    return used.union(*(_globals_used(child) for child in table.get_children()))


def misused(source: str, names: set[str]) -> list[tuple[int, str]]:
    """Where a check does with a student's name what cannot cross to the student's process.

    Such a name may be handed to a call of the checking API, and stand with its attributes inside
    `value(...)`. Returns the line and a sentence for each other use.
    """
    tree = ast.parse(source)
    handed = {id(argument) for call in _api_calls(tree) for argument in _arguments(call)}
    return [
        (
            node.lineno,
            f"a check may only hand `{node.id}` to the checking API; "
            f"ask what it is or has with value({node.id}.…)",
        )
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id in names and id(node) not in handed
    ]


def _api_calls(tree: ast.Module) -> list[ast.Call]:
    # A method of an app or a trace is called through a name of the check's own; whether the
    # builtins and plain functions of the check may have the name is not for them to decide.
    own = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    refused = own | set(dir(builtins))
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and not (isinstance(node.func, ast.Name) and node.func.id in refused)
    ]


def _arguments(call: ast.Call) -> list[ast.expr]:
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    plain = [a.value if isinstance(a, ast.Starred) else a for a in arguments]
    if isinstance(call.func, ast.Name) and call.func.id in QUESTIONS:
        return [_base(argument) for argument in plain]
    return plain


def _base(expression: ast.expr) -> ast.expr:
    while isinstance(expression, ast.Attribute):
        expression = expression.value
    return expression
