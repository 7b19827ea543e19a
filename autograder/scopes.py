"""Where each name of a module stands, and to which scope it belongs (Python's reference, 4.2)."""

from __future__ import annotations

import ast
from typing import Any, NamedTuple


class Word(NamedTuple):
    """One place where a name stands: bound or used, in which scope, and as the how-manieth."""

    name: str
    node: Any  # of a type that has a line
    binds: bool
    scope: Scope
    when: int

    def is_global(self) -> bool:
        """Whether it means the module's name, or a builtin."""
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
        """Whether nothing in the module has bound it by then."""
        bound = self.scope.module.binds.get(self.name)
        early = bound is None or (self.when < bound and not self.scope.later)
        return early and not self.binds and self.is_global()


def words_of(tree: ast.Module) -> list[Word]:
    """Every place where a name stands, in the order in which Python comes by."""
    return Scope("module").walk(tree).words


class Scope:
    """Walks through a module in Python's order, and writes down where each name stands."""

    def __init__(self, kind: str, outer: Scope | None = None, owner: str = "") -> None:
        self.kind, self.outer = kind, outer
        self.module: Scope = outer.module if outer else self
        self.home: Scope = outer.home if outer and kind == "comprehension" else self
        self.words: list[Word] = outer.words if outer else []
        self.owner: str = owner or (outer.owner if outer else "")  # whose name mangles __x
        self.later: bool = kind == "function" or (outer is not None and outer.later)
        self.binds: dict[str, int] = {"__class__": -1} if kind == "class" else {}  # and when
        self.globals: set[str] = set()
        self.nonlocals: set[str] = set()

    def note(self, name: str, node: Any, binds: bool = True) -> None:
        """Write down that a name stands here; private ones of a class as Python writes them."""
        owner = self.owner.lstrip("_")
        if owner and name.startswith("__") and not name.endswith("__"):
            name = f"_{owner}{name}"
        if binds and name not in self.nonlocals:
            scope = self.module if name in self.globals else self
            scope.binds.setdefault(name, len(self.words))
        self.words.append(Word(name, node, binds, self, len(self.words)))

    def walk(self, *parts: object) -> Scope:
        """Walk through these parts, in Python's order."""
        for part in parts:
            match part:
                case list():
                    self.walk(*part)
                case ast.Name():
                    self.note(part.id, part, isinstance(part.ctx, ast.Store))
                case ast.Global():
                    self.globals.update(part.names)
                case ast.Nonlocal():
                    self.nonlocals.update(part.names)
                case ast.alias():
                    self.note(part.asname or part.name.partition(".")[0], part)
                case ast.Assign():
                    self.walk(part.value, part.targets)
                case ast.AnnAssign():
                    self.walk(part.value, part.target if part.value else None, part.annotation)
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
                    Scope("class", self, part.name).walk(part.body)
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
        inside = Scope("function", self)
        for part in parts:
            if isinstance(part, ast.arg):
                inside.note(part.arg, part)
        inside.walk(node.body)

    def _comprehension(self, first: ast.comprehension, *more: ast.AST) -> None:
        self.walk(first.iter)  # the one part that belongs to the scope outside
        Scope("comprehension", self).walk(first.target, first.ifs, *more)
