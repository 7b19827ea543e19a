"""Names in a check that stand for things in the student's process.

In the judge a student's `BlockList` is a `Reference`: it can be handed to the checking API and
nothing else. What a plain object would answer by guessing, a reference refuses aloud, so that a
check means the same in a notebook, where it holds the class itself, and across a pipe, where it
holds its name. What no object can refuse, such as `is` and `callable()`, `misused` finds.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, NoReturn

_OPERATIONS = """
__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __bool__ __str__ __repr__ __format__
__call__ __iter__ __next__ __len__ __contains__ __getitem__ __setitem__ __delitem__
__setattr__ __delattr__ __enter__ __exit__ __add__ __radd__ __sub__ __rsub__ __mul__ __rmul__
__mod__ __truediv__ __floordiv__ __pow__ __neg__ __pos__ __abs__ __invert__ __and__ __or__
__xor__ __lshift__ __rshift__ __matmul__ __int__ __float__ __index__ __complex__ __bytes__
__fspath__ __await__ __aiter__ __reversed__ __dir__ __copy__ __deepcopy__ __reduce_ex__
__instancecheck__ __subclasscheck__
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


def defined_names(source: str) -> set[str]:
    """The names that a cell binds at its top level.

    Raises SyntaxError where `source` is not Python.
    """
    words = [word for word in _words(ast.parse(source)) if word.binds and word.is_global()]
    return {word.name for word in words if not word.scope.later} - {"*"}


def free_names(source: str) -> dict[str, int]:
    """The names that a check uses and neither binds before nor finds among the builtins.

    Returns each with the first line on which it is used so. The checking API's own names are among
    them unless the source imports them. Raises SyntaxError where `source` is not Python.
    """
    lines: dict[str, int] = {}
    for word in _words(ast.parse(source)):
        if word.is_unbound() and word.name not in _BUILTINS:
            lines[word.name] = min(word.node.lineno, lines.get(word.name, word.node.lineno))
    return lines


_BUILTINS = frozenset(dir(builtins))


class _Word(NamedTuple):
    name: str
    node: Any  # of a type that has a line
    binds: bool
    scope: _Scope
    when: int

    def is_global(self) -> bool:
        scope = self.scope
        while scope.outer is not None and self.name not in scope.globals:
            if self.name in scope.binds:
                if scope.kind != "class" or self.name == "__class__":
                    return False
                if scope is self.scope:
                    return self.when < scope.binds[self.name]
            scope = scope.outer
        return True

    def is_unbound(self) -> bool:
        bound = self.scope.module.binds.get(self.name)
        early = bound is None or (self.when < bound and not self.scope.later)
        return early and not self.binds and self.is_global()


def _words(tree: ast.Module) -> list[_Word]:
    return _Scope("module").walk(tree).words


class _Scope:
    """Walks through a module in Python's order, and writes down where each name stands."""

    def __init__(self, kind: str, outer: _Scope | None = None, owner: str = "") -> None:
        self.kind, self.outer = kind, outer
        self.module: _Scope = outer.module if outer else self
        self.home: _Scope = outer.home if outer and kind == "comprehension" else self
        self.words: list[_Word] = outer.words if outer else []
        self.owner: str = owner or (outer.owner if outer else "")  # whose name mangles __x
        self.later: bool = kind == "function" or (outer is not None and outer.later)
        self.binds: dict[str, int] = {"__class__": -1} if kind == "class" else {}  # and when
        self.globals: set[str] = set()

    def note(self, name: str, node: Any, binds: bool = True) -> None:
        owner = self.owner.lstrip("_")
        if owner and name.startswith("__") and not name.endswith("__"):
            name = f"_{owner}{name}"
        if binds:
            scope = self.module if name in self.globals else self
            scope.binds.setdefault(name, len(self.words))
        self.words.append(_Word(name, node, binds, self, len(self.words)))

    def walk(self, *parts: object) -> _Scope:
        for part in parts:
            match part:
                case list():
                    self.walk(*part)
                case ast.Name():
                    self.note(part.id, part, isinstance(part.ctx, ast.Store))
                case ast.Global():
                    self.globals.update(part.names)
                case ast.alias():
                    self.note(part.asname or part.name.partition(".")[0], part)
                case ast.Assign():
                    self.walk(part.value, part.targets)
                case ast.AnnAssign():
                    self.walk(part.value, part.target, part.annotation)
                case ast.AugAssign(ast.Name() as target):
                    self.note(target.id, target, binds=False)
                    self.walk(part.value, target)
                case ast.For() | ast.AsyncFor():
                    self.walk(part.iter, part.target, part.body, part.orelse)
                case ast.NamedExpr():
                    self.walk(part.value)
                    self.home.walk(part.target)
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                    self._function(part)
                case ast.ClassDef():
                    self.walk(part.decorator_list, part.bases, part.keywords)
                    _Scope("class", self, part.name).walk(part.body)
                    self.note(part.name, part)
                case ast.ListComp(elt) | ast.SetComp(elt) | ast.GeneratorExp(elt):
                    self._comprehension(*part.generators, elt)
                case ast.DictComp():
                    self._comprehension(*part.generators, part.key, part.value)
                case ast.comprehension():
                    self.walk(part.iter, part.target, part.ifs)
                case ast.AST():  # an except clause or a pattern may bind a name
                    name = getattr(part, "rest", getattr(part, "name", None))
                    if isinstance(name, str):
                        self.note(name, part)
                    self.walk(*ast.iter_child_nodes(part))
        return self

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        parts = list(ast.iter_child_nodes(node.args))
        self.walk([part.annotation if isinstance(part, ast.arg) else part for part in parts])
        if not isinstance(node, ast.Lambda):
            self.walk(node.decorator_list, node.returns)
            self.note(node.name, node)
        inside = _Scope("function", self)
        for part in parts:
            if isinstance(part, ast.arg):
                inside.note(part.arg, part)
        inside.walk(node.body)

    def _comprehension(self, first: ast.comprehension, *more: ast.AST) -> None:
        self.walk(first.iter)  # the one part that belongs to the scope outside
        _Scope("comprehension", self).walk(first.target, first.ifs, *more)


def misused(source: str, names: set[str]) -> list[tuple[int, str]]:
    """Where a check does with a student's name what cannot cross to the student's process.

    Such a name may be handed to a call of the checking API, and stand with its attributes inside
    `value(...)`. It may not be bound anew, but an import that does not rename makes it the check's
    own. Returns the line and a sentence for each other use.
    """
    tree = ast.parse(source)
    words = _words(tree)
    handed = set(_handed(tree, words))
    used = [word for word in words if word.is_global()]
    plain = {w.name for w in used if isinstance(w.node, ast.alias) and not w.node.asname}
    theirs = names - (plain - {word.name for word in words if word.is_unbound()})
    told = {
        (word.node.lineno, word.name): _sentence(word)
        for word in used
        if word.name == "*" or (word.name in theirs and id(word.node) not in handed)
    }
    return [(line, sentence) for (line, _), sentence in told.items()]


def _sentence(word: _Word) -> str:
    if word.name == "*":
        return "a check may not import `*`, which can bind any name; name what it imports"
    if word.binds:
        return f"a check may not bind `{word.name}`, which is the student's; give it another name"
    return (
        f"a check may only hand `{word.name}` to the checking API; "
        f"ask what it is or has with value({word.name}.…)"
    )


def _handed(tree: ast.Module, words: list[_Word]) -> Iterator[int]:
    """The ids of the names that are handed to a call of the checking API."""
    meanings = dict(_meanings(tree, words))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and (called := _called(call.func, meanings)) is not None:
            yield from _arguments(call, called in QUESTIONS)


def _meanings(tree: ast.Module, words: list[_Word]) -> Iterator[tuple[int, str]]:
    """Which words are the API's, by its own name for them, and which are objects, by ""."""
    imported = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if getattr(node, "module", alias.name) == "autograder"
    }
    kinds = (ast.alias, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    defined = {word.name for word in words if isinstance(word.node, kinds)}
    for word in words:
        if word.is_unbound():
            if word.name not in _BUILTINS:
                yield id(word.node), word.name
        elif word.name in imported and word.is_global():
            yield id(word.node), imported[word.name]
        elif word.name not in defined:
            yield id(word.node), ""


def _called(func: ast.expr, meanings: dict[int, str]) -> str | None:
    """The API's name of what is called, "" for a method of an object, None where it is neither."""
    if isinstance(func, ast.Name):
        return meanings.get(id(func)) or None
    root = func
    while isinstance(root, ast.Attribute | ast.Call | ast.Subscript):
        root = root.func if isinstance(root, ast.Call) else root.value
    if not isinstance(func, ast.Attribute) or id(root) not in meanings:
        return None
    return func.attr if meanings.get(id(func.value)) == "autograder" else ""


def _arguments(call: ast.Call, question: bool) -> Iterator[int]:
    waiting = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg)]
    while waiting:
        match waiting.pop():
            case ast.Starred(ast.List(items) | ast.Tuple(items)):
                waiting += items
            case ast.IfExp(_, one, other):
                waiting += [one, other]
            case ast.Attribute(base) if question:
                waiting.append(base)
            case ast.Name() as name:
                yield id(name)
