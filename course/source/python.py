"""Questions about Python source that the rules and the compiler ask."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections.abc import Iterator

# Since Python 3.12 an f-string is not one token: it begins and ends with one.
_F_START = getattr(tokenize, "FSTRING_START", None)
_F_END = getattr(tokenize, "FSTRING_END", None)
_DEFINITIONS = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Pass,
)


def fault(source: str, example: bool = False) -> tuple[int, str] | None:
    """The line and the message of what keeps `source` from being compiled; None if nothing does.

    An example may hold what IPython adds to Python: magics, `!command`, a bare `await`.
    """
    flags = 0
    if example:
        from IPython.core.inputtransformer2 import TransformerManager  # only examples need it

        source, flags = TransformerManager().transform_cell(source), ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # which warnings there are differs by version
            compile(source, "<cell>", "exec", flags, dont_inherit=True)
    except SyntaxError as error:
        return error.lineno or 1, error.msg
    except ValueError as error:  # a null byte
        return 1, str(error)
    return None


def string_lines(source: str) -> set[int]:
    """The lines that begin inside a multi-line string: to indent them would change its text."""
    inside: set[int] = set()
    starts: list[int] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.STRING:
            inside.update(range(token.start[0] + 1, token.end[0] + 1))
        elif token.type == _F_START:
            starts.append(token.start[0])
        elif token.type == _F_END:
            inside.update(range(starts.pop() + 1, token.end[0] + 1))
    return inside


def indented(source: str) -> str:
    """`source` as the body of a block, one step in, its multi-line strings as they were."""
    fixed = string_lines(source)
    return "\n".join(
        line if n in fixed or not line.strip() else f"    {line}"
        for n, line in enumerate(source.split("\n"), 1)
    )


def leading_imports(source: str) -> int:
    """How many lines the imports take with which `source` begins."""
    last = 0
    for statement in ast.parse(source).body:
        if not isinstance(statement, ast.Import | ast.ImportFrom):
            break
        last = statement.end_lineno or statement.lineno
    return last


def only_defines(source: str) -> bool:
    """Whether `source` does nothing but import and define."""
    return all(
        isinstance(statement, _DEFINITIONS)
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in ast.parse(source).body
    )


def raised_at_once(source: str) -> list[int]:
    """The lines of the `raise` statements that run when the cell does, class bodies included."""
    return sorted(
        node.lineno for node in _run_at_once(ast.parse(source)) if isinstance(node, ast.Raise)
    )


def _run_at_once(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _run_at_once(child)
