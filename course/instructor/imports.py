"""Which modules of the course some of its modules need."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path


def needed(root: Path, modules: Iterable[str]) -> set[Path]:
    """The files beneath `root` of these modules and of all of the course that they import."""
    found: set[Path] = set()
    todo = list(modules)
    while todo:
        module = todo.pop()
        path = _file(root, module)
        if path is None or path in found:
            continue
        found.add(path)
        todo += [module.rpartition(".")[0], *_imported(path)]
    return found


def _file(root: Path, module: str) -> Path | None:
    """Where a module of the course is; None for another's, or for a name that is no module."""
    if module.partition(".")[0] != "course":
        return None
    bare = root.joinpath(*module.split("."))
    there = (path for path in (bare.with_suffix(".py"), bare / "__init__.py") if path.is_file())
    return next(there, None)


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
