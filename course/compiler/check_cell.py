"""A check, as written and as built.

An author writes bare statements. What is built says where the names come from and what is judged,
and keeps the check's own names out of the student's way: they are a function's.

    import autograder


    @autograder.check("block-list", points=2)
    def _check():
        from autograder import fresh, onion
        from minidjango.http import HttpResponse

        ...
"""

from __future__ import annotations

import autograder
from autograder.names import free_names
from course.source import markers, python
from course.source.parts import Check


def built(check: Check, exam: bool = False) -> str:
    """The source of the cell that is built from a check, its hidden part included."""
    has_hidden = markers.HIDDEN[0] in check.source
    lines = _announced(check.source.split("\n"))
    imports = _import_lines(check.source)
    names = free_names(check.source).keys() & set(autograder.__all__)
    head = "\n".join([*imported(names), *lines[:imports]])
    body = "\n".join(lines[imports:]).strip("\n")
    name = [f'"{check.name}"'] if check.name else []
    flags = [*(["hidden=True"] if has_hidden else []), *(["exam=True"] if exam else [])]
    needs = [f'needs="{check.needs}"'] if check.needs else []
    arguments = ", ".join([f'"{check.slug}"', *name, f"points={check.points!r}", *flags, *needs])
    return function(arguments, f"{head}\n\n{body}" if head else body)


def _announced(lines: list[str]) -> list[str]:
    """The lines of a check, with its hidden part saying that it begins."""
    first = next((n for n, line in enumerate(lines) if line.strip() == markers.HIDDEN[0]), None)
    if first is None:
        return lines
    indent = lines[first][: -len(lines[first].lstrip())]
    return [*lines[: first + 1], f"{indent}autograder.hidden()", *lines[first + 1 :]]


def imported(names: set[str]) -> list[str]:
    """The line that imports these names of the checking API, if there are any."""
    return [f"from autograder import {', '.join(sorted(names))}"] if names else []


def function(arguments: str, body: str) -> str:
    """`body` as the function that `check(...)` calls."""
    # As a formatter would have it: a definition stands one empty line below what comes before.
    gap = "\n" if body.startswith(("def ", "class ", "async def ", "@")) else ""
    head = f"import autograder\n\n\n@autograder.check({arguments})\ndef _check():\n"
    return f"{head}{gap}{python.indented(body)}"


def _import_lines(source: str) -> int:
    # An import that is hidden stays in the hidden part.
    hidden = markers.hidden_lines(source)
    return min([python.leading_imports(source), *(n - 1 for n in hidden)])
