"""The master notebooks that a submission is judged by."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.grading.errors import GradingError
from autograder.grading.ours import is_ours
from autograder.judge import NotANotebook, Notebook, code_cells, read_notebook

HIDDEN = re.compile(
    r"^[^\S\n]*### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS[^\n]*\n?", re.DOTALL | re.MULTILINE
)
"""The hidden part of a check, between nbgrader's own marks."""


def read_masters(folder: Path) -> dict[str, Notebook]:
    """The master notebooks in a folder, by file name; GradingError where one cannot be judged by.

    A check of another course, a few asserts, says nothing that could be judged.
    """
    found = {path.name: _read(path) for path in sorted(folder.glob("*.ipynb"))}
    if not found:
        raise GradingError(f"{folder}: there is no master notebook; name another --course")
    for name, master in found.items():
        for cell in code_cells(master):
            if cell.is_check and not is_ours(cell.source):
                raise GradingError(
                    f"{folder / name}: the check {cell.grade_id} does not use autograder.check, "
                    "so it can be graded by nbgrader alone"
                )
    return found


def _read(path: Path) -> Notebook:
    try:
        return read_notebook(path)
    except NotANotebook as error:
        raise GradingError(str(error)) from None


def points_by_hand(master: Notebook) -> float:
    """The points of the cells that somebody has to mark."""
    marked = (cell.get("metadata", {}).get("nbgrader", {}) for cell in master["cells"])
    return sum(float(m.get("points") or 0) for m in marked if m.get("grade") and m.get("solution"))


def hidden_checks(master: Notebook) -> set[str]:
    """The `grade_id`s of the checks that have a hidden part."""
    return {cell.grade_id for cell in code_cells(master) if HIDDEN.search(cell.source)}


def visible_part(master: Notebook) -> Notebook:
    """The master without hidden parts, its checks as students have them in their notebooks."""
    cells = [
        {**cell, "source": HIDDEN.sub("", "".join(cell.get("source", "")))}
        for cell in master["cells"]
    ]
    return {**master, "cells": cells}
