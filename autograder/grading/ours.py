"""Whether a graded cell is a check of ours, which is judged, or a test that is only run."""

from __future__ import annotations

import ast
import functools

PACKAGE, NAME = "autograder", "check"


@functools.lru_cache(maxsize=1024)
def is_ours(source: str) -> bool:
    """Whether a cell calls `check(...)` of this package's at its top level.

    As a decorator or as a context; asked of the master copy, never of what was handed in. A cell
    that is not Python, such as one with IPython's syntax, is none.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return False
    called = {name for node in ast.walk(tree) for name in _meanings(node)}
    return any(ast.unparse(call.func) in called for call in _calls(tree))


def _meanings(node: ast.AST) -> list[str]:
    """How the cell may call `check` after this statement."""
    if isinstance(node, ast.Import):
        return [f"{a.asname or a.name}.{NAME}" for a in node.names if a.name == PACKAGE]
    if isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
        return [a.asname or a.name for a in node.names if a.name == NAME]
    return []


def _calls(tree: ast.Module) -> list[ast.Call]:
    """What decorates the functions, and opens the contexts, of the top level."""
    found: list[ast.expr] = []
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef):
            found += statement.decorator_list
        elif isinstance(statement, ast.With):
            found += [item.context_expr for item in statement.items]
    return [expression for expression in found if isinstance(expression, ast.Call)]
