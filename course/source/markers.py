"""nbgrader's markers in a cell: `### BEGIN SOLUTION` and its kin.

nbgrader looks for its words anywhere in a line and ignores what it does not know, so that a typo
such as `### BEGIN HIDDEN TEST` ships the hidden tests to students. Here a line either is one of
the markers, exactly, in a cell where it means something, or holds nothing that looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.source.percent import Cell
from course.source.problems import Problems

SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")
_ALLOWED: dict[str, tuple[str, str] | tuple[()]] = {"exercise": SOLUTION, "check": HIDDEN}
# What ClearSolutions, ClearHiddenTests and ClearMarkScheme search for, in any line of any cell.
_ACTED_ON = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
_LOOKS_LIKE_ONE = re.compile(
    r"^\s*(##+\s*(begin|end)\b|#\s*(begin|end)\W*(solution|hidden|mark|test))", re.IGNORECASE
)


def check(cell: Cell, kind: str, problems: Problems) -> None:
    """Add to `problems` every marker of a cell that is misspelt, misplaced or not closed."""
    allowed = _ALLOWED.get(kind, ())
    lines = list(enumerate(cell.source.split("\n"), cell.line))
    before = len(problems.found)
    for n, line in lines:
        marker = line.strip()
        if marker not in allowed and _suspect(line, cell.kind):
            problems.add(n, f"`{marker}` {_why(marker, kind)}", _mend(allowed))
        elif "AUTOTEST" in line and cell.kind == "code":
            # nbgrader's InstantiateTests would start a kernel for it.
            problems.add(n, "nbgrader acts on the word AUTOTEST", "write it another way")
    if allowed and len(problems.found) == before:  # a misspelt one leaves its pair alone
        _check_pairs([(n, line.strip()) for n, line in lines], *allowed, problems)


def _check_pairs(lines: list[tuple[int, str]], begin: str, end: str, problems: Problems) -> None:
    opened = 0
    for n, line in lines:
        if line == begin:
            if opened:
                problems.add(n, f"`{begin}` stands inside another", f"add `{end}` above it")
            opened = n
        elif line == end:
            if not opened:
                problems.add(n, f"`{end}` closes nothing", f"add `{begin}` above it")
            opened = 0
    if opened:
        problems.add(opened, f"`{begin}` is never closed", f"add `{end}`")


def clear(source: str) -> list[tuple[int, str]]:
    """A solution cell as nbgrader's ClearSolutions leaves it: (line in `source`, text).

    Both lines of a stub carry the number of the marker that they stand for.
    """
    cleared: list[tuple[int, str]] = []
    inside = False
    for n, line in enumerate(source.split("\n"), 1):
        if line.strip() == SOLUTION[0]:
            inside = True
            indent = line[: len(line) - len(line.lstrip())]
            cleared += [(n, f"{indent}# YOUR CODE HERE")]
            cleared += [(n, f"{indent}raise NotImplementedError()")]
        elif line.strip() == SOLUTION[1]:
            inside = False
        elif not inside:
            cleared.append((n, line))
    return cleared


def hidden_lines(source: str) -> set[int]:
    """The lines of a check that a student never gets, its markers among them, from 1."""
    return set(_hidden(source))


def without_hidden(source: str) -> str:
    """A check as a student gets it, with empty lines for what is hidden: numbers stay."""
    hidden = hidden_lines(source)
    lines = source.split("\n")
    return "\n".join("" if n in hidden else line for n, line in enumerate(lines, 1))


def without_markers(source: str) -> str:
    """A cell without the lines of its solution markers."""
    return "\n".join(line for line in source.split("\n") if line.strip() not in SOLUTION)


def _hidden(source: str) -> Iterator[int]:
    inside = False
    for n, line in enumerate(source.split("\n"), 1):
        inside = inside or line.strip() == HIDDEN[0]
        if inside:
            yield n
        inside = inside and line.strip() != HIDDEN[1]


def _suspect(line: str, cell_type: str) -> bool:
    # In Markdown `### Begin here` is a heading, which nbgrader leaves alone.
    return bool(_ACTED_ON.search(line)) or (
        cell_type == "code" and bool(_LOOKS_LIKE_ONE.match(line))
    )


def _why(marker: str, kind: str) -> str:
    if re.fullmatch(f"### {_ACTED_ON.pattern}", marker):
        return f"means nothing in this {kind}"
    return "looks like a marker of nbgrader's and is none"


def _mend(allowed: tuple[str, ...]) -> str:
    if allowed:
        return f"write `{allowed[0]}` or `{allowed[1]}`, or another comment"
    return "solutions stand in exercises, hidden tests in checks: say it another way"
