"""Answers that are one answer twice: equal once names, comments and annotations do not count."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from autograder.names import free_names
from autograder.scopes import Scope, Word, words_of
from course.source.parts import Exercise, Lesson
from course.source.problems import Problem

_PROTOCOL = {
    *("process_request", "process_view", "process_template_response"),
    *("process_exception", "process_response", "sync_capable", "async_capable"),
    *("dispatch", "setup", "http_method_names", "get", "post", "head", "options"),
    *("put", "patch", "delete"),
}
"""What a framework looks for in a layer or a view: to rename it is to change what it does."""


def problems(lesson: Lesson) -> list[Problem]:
    """A sentence for each answer of a bank that is another one over again."""
    mend = "write a really different one, or take this one out"
    return [
        Problem(lesson.path, at, f"but for its names this is the answer of line {other}; {mend}")
        for exercise in lesson.exercises
        for at, other in _twins(exercise)
    ]


def _twins(exercise: Exercise) -> Iterator[tuple[int, int]]:
    """The lines of answers that are the same, the later one first."""
    kept = checked_names(exercise)
    first = {canonical(exercise.solution, kept): exercise.at}
    for answer in sorted((*exercise.rights, *exercise.wrongs), key=lambda answer: answer.at):
        form = canonical(answer.source, kept)
        if form in first:
            yield answer.at, first[form]
        first.setdefault(form, answer.at)


def checked_names(exercise: Exercise) -> set[str]:
    """The names by which an exercise's checks call what a student wrote."""
    return {name for check in exercise.checks for name in free_names(check.source)}


def canonical(source: str, kept: set[str]) -> str:
    """A text that is the same for answers which are equal after renaming.

    What makes no difference: names that the answer itself gives, but for those in `kept`;
    attributes that it sets on itself; docstrings, comments, annotations and quotes; how, and in
    which order, it imports. Raises SyntaxError where `source` is not Python.
    """
    tree = _Bare().visit(ast.parse(source))
    return ast.dump(_Renamed(tree, kept).visit(tree))


class _Bare(ast.NodeTransformer):
    """Takes away what says something to a reader and nothing to Python."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        """No docstrings."""
        return None if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Pass(self, node: ast.Pass) -> None:
        """No `pass`: a body may be empty here."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """A function without the type that it returns."""
        node.returns = None
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """The same, for one that is awaited."""
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        """An argument without its type."""
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        """A plain assignment; nothing where a type was all that it said."""
        self.generic_visit(node)
        return ast.Assign([node.target], node.value) if node.value else None

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """A value, without the `u` before it."""
        node.kind = None
        return node


_Key = tuple[int, str]
"""A name, and the scope that it belongs to; 0 stands for any class of the answer."""


class _Renamed(ast.NodeTransformer):
    """Numbers an answer's own names as they appear, and spells out what it imports."""

    def __init__(self, tree: ast.Module, kept: set[str]) -> None:
        words = words_of(tree)
        module = id(words[0].scope.module) if words else 0
        self._kept = {(module, name) for name in kept}
        self._keys = {id(word.node): key for word in words if (key := _key(word))}
        self._paths = _paths(tree, words)
        self._selves = set(_selves(words))
        stored = {n.attr for n in _attributes(tree, ast.Store) if self._is_own(n.value)}
        given = {name for scope, name in self._keys.values() if scope == 0}
        self._attributes = {name for name in stored | given if not _is_protocol(name)}
        if any(isinstance(node, ast.ClassDef) and node.bases for node in ast.walk(tree)):
            self._attributes.discard("get_response")  # a base class may look for it there
        self._numbers: dict[_Key, str] = {}

    def _is_own(self, base: ast.expr) -> bool:
        """Whether an attribute of this is one of the answer's own: `self.x`, `Layer.x`."""
        match base:
            case ast.Call(ast.Name("super")):
                return True
            case ast.Name():
                return self._keys.get(id(base)) in self._selves
        return False

    def _number(self, key: _Key, name: str) -> str:
        if key in self._kept or (key[0] == 0 and name not in self._attributes):
            return name
        return self._numbers.setdefault(key, f"name {len(self._numbers)}")

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """A name of the answer's, or what it imports in full, or a builtin."""
        key = self._keys.get(id(node))
        if key in self._paths:
            return ast.Name(f"import {self._paths[key]}")
        if key:
            node.id = self._number(key, node.id)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """An attribute: of itself, or of something imported, or somebody else's."""
        own = self._is_own(node.value) and node.attr in self._attributes
        self.generic_visit(node)
        if own:
            node.attr = self._number((0, node.attr), node.attr)
        if isinstance(node.value, ast.Name) and node.value.id.startswith("import "):
            return ast.Name(f"{node.value.id}.{node.attr}")  # as if it had been imported itself
        return node

    def visit_Import(self, node: ast.Import) -> ast.AST | None:
        """Nothing: what is imported is spelt out where it is used."""
        mine = (self._keys.get(id(alias)) for alias in node.names)
        return None if all(key in self._paths for key in mine) else node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | None:
        """The same; but `*` stays."""
        mine = (self._keys.get(id(alias)) for alias in node.names)
        return None if all(key in self._paths for key in mine) else node

    def visit_Global(self, node: ast.Global) -> None:
        """Nothing: the names have found their scopes."""

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        """The same."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Whatever else may bind a name: a definition, an argument, an except clause, a pattern."""
        key = self._keys.get(id(node))
        field = next(
            (f for f in ("name", "arg", "rest") if isinstance(getattr(node, f, None), str)), ""
        )
        if key and field:
            setattr(node, field, self._number(key, getattr(node, field)))
        return super().generic_visit(node)


def _key(word: Word) -> _Key | None:
    """The scope that a word belongs to, with its name as written; None for a builtin."""
    scope: Scope | None = word.scope
    if word.name in word.scope.globals:
        scope = word.scope.module
    while scope is not None:
        seen = scope is word.scope or scope.kind != "class"
        if seen and word.name in scope.binds:
            return (0, _written(word.node)) if scope.kind == "class" else (id(scope), word.name)
        scope = scope.outer
    return None


def _written(node: Any) -> str:
    """A name as it is written: a private one of a class has another for Python."""
    names = (getattr(node, field, None) for field in ("id", "arg", "asname", "name", "rest"))
    return next(name for name in names if isinstance(name, str))


def _selves(words: list[Word]) -> Iterator[_Key]:
    """The first argument of each method, and the classes and functions themselves."""
    methods: set[int] = set()
    for word in words:
        key, outer = _key(word), word.scope.outer
        defines = isinstance(word.node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        in_method = isinstance(word.node, ast.arg) and outer is not None and outer.kind == "class"
        if key and (defines or (in_method and id(word.scope) not in methods)):
            yield key
        if in_method:
            methods.add(id(word.scope))


def _paths(tree: ast.Module, words: list[Word]) -> dict[_Key | None, str]:
    """The dotted path of each name that is imported, and never anything else."""
    spelt: dict[int, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            spelt |= {id(a): a.name if a.asname else a.name.split(".")[0] for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            spelt |= {id(a): f"{module}.{a.name}" for a in node.names if a.name != "*"}
    found: dict[_Key | None, set[str]] = {}
    for word in words:
        if word.binds:
            found.setdefault(_key(word), set()).add(spelt.get(id(word.node), ""))
    return {key: paths.pop() for key, paths in found.items() if len(paths) == 1 and "" not in paths}


def _attributes(tree: ast.Module, kind: type[ast.expr_context]) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, kind):
            yield node


def _is_protocol(name: str) -> bool:
    return name in _PROTOCOL or (name.startswith("__") and name.endswith("__"))
