"""The names that a check uses, and what it does with those that are the student's.

Read from its text, before it is run: `verify` and `build` refuse a check that would mean one thing
in a notebook and another across a pipe.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from autograder.scopes import Word, words_of

QUESTIONS = ("value",)
"""The calls of the API inside which an attribute of a student's name may be written."""

LISTS = ("layers", "decorators", "context_processors")
"""The arguments of the API that are lists of a student's names."""


def defined_names(source: str) -> set[str]:
    """The names that a cell binds at its top level.

    Raises SyntaxError where `source` is not Python.
    """
    words = [word for word in words_of(ast.parse(source)) if word.binds and word.is_global()]
    return {word.name for word in words if not word.scope.later} - {"*"}


def free_names(source: str) -> dict[str, int]:
    """The names that a check uses and neither binds before nor finds among the builtins.

    Returns each with the first line on which it is used so. The checking API's own names are among
    them unless the source imports them. Raises SyntaxError where `source` is not Python.
    """
    lines: dict[str, int] = {}
    for word in words_of(ast.parse(source)):
        if word.is_unbound() and word.name not in _BUILTINS:
            lines[word.name] = min(word.node.lineno, lines.get(word.name, word.node.lineno))
    return lines


_BUILTINS = frozenset(dir(builtins))


def misused(source: str, names: set[str]) -> list[tuple[int, str]]:
    """Where a check does with a student's name what cannot cross to the student's process.

    Such a name may be handed to a call of the checking API, and stand with its attributes inside
    `value(...)`. It may not be bound anew, but an import that does not rename makes it the check's
    own. Returns the line and a sentence for each other use.
    """
    tree = ast.parse(source)
    words = words_of(tree)
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


def _sentence(word: Word) -> str:
    if word.name == "*":
        return "a check may not import `*`, which can bind any name; name what it imports"
    if word.binds:
        return f"a check may not bind `{word.name}`, which is the student's; give it another name"
    return (
        f"a check may only hand `{word.name}` to the checking API; "
        f"ask what it is or has with value({word.name}.…)"
    )


def _handed(tree: ast.Module, words: list[Word]) -> Iterator[int]:
    """The ids of the names that are handed to a call of the checking API."""
    meanings = dict(_meanings(tree, words))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and (called := _called(call.func, meanings)) is not None:
            yield from _arguments(call, called)


def _meanings(tree: ast.Module, words: list[Word]) -> Iterator[tuple[int, str]]:
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


def _arguments(call: ast.Call, called: str) -> Iterator[int]:
    """The ids of the names among a call's arguments, in the lists that it takes included."""
    named = [keyword for keyword in call.keywords if keyword.arg]
    listed = [keyword.value for keyword in named if keyword.arg in LISTS]
    waiting = [*call.args, *(keyword.value for keyword in named)]
    while waiting:
        match waiting.pop():
            case ast.Starred(ast.List(items) | ast.Tuple(items)):
                waiting += items
            case (ast.List(items) | ast.Tuple(items)) as several if several in listed:
                waiting += items
            case ast.Dict(_, items) if called == "site":
                waiting += items
            case ast.IfExp(_, one, other):
                waiting += [one, other]
            case ast.Attribute(base) if called in QUESTIONS:
                waiting.append(base)
            case ast.Name() as name:
                yield id(name)
