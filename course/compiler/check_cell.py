"""A check, as written and as built.

An author writes bare statements. What is built says where the names come from and what is judged:

    from autograder import check, fresh, onion
    from minidjango.http import HttpResponse

    with check("block-list", points=2):
        ...
"""

from __future__ import annotations

import autograder
from autograder import references
from course.source import markers, python
from course.source.parts import Check


def built(check: Check) -> str:
    """The source of the cell that is built from a check, its hidden part included."""
    lines = check.source.split("\n")
    imports = _import_lines(check.source)
    body = "\n".join(lines[imports:]).strip("\n")
    names = references.free_names(check.source).keys() & set(autograder.__all__)
    head = "\n".join([imported({"check", *names}), *lines[:imports]])
    name = [f'"{check.name}"'] if check.name else []
    arguments = ", ".join([f'"{check.slug}"', *name, f"points={check.points!r}"])
    return f"{head}\n\n{block(arguments, body)}"


def imported(names: set[str]) -> str:
    """The line that imports these names of the checking API."""
    return f"from autograder import {', '.join(sorted(names))}"


def block(arguments: str, body: str) -> str:
    """`body` inside `with check(...)`."""
    # As a formatter would have it: a definition stands one empty line below what comes before.
    gap = "\n" if body.startswith(("def ", "class ", "async def ", "@")) else ""
    return f"with check({arguments}):\n{gap}{python.indented(body)}"


def _import_lines(source: str) -> int:
    # An import that is hidden stays in the hidden part.
    hidden = markers.hidden_lines(source)
    return min([python.leading_imports(source), *(n - 1 for n in hidden)])
