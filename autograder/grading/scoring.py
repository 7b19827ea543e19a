"""From a notebook that was run to the marks that nbgrader's SaveAutoGrades would write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from autograder.grading.master import Master
from autograder.grading.reading import Cell, Notebook
from autograder.grading.restoring import checksum, flagged

NO_RESPONSE = "No response."
"""nbgrader's comment on an answer that is as it was handed out."""


@dataclass(frozen=True, slots=True)
class Score:
    """The points of one graded cell; `auto` is None where somebody must give them by hand."""

    grade_id: str
    auto: float | None
    maximum: float
    needs_manual: bool


def scores(notebook: Notebook, master: Master) -> list[Score]:
    """The score of each graded cell that is in the notebook, in its order.

    As nbgrader's `determine_grade`, but for more points than there are to be had: there nbgrader
    gives up the whole submission, and here that cell waits for a person.
    """
    found = []
    for cell in _of_master(notebook, master):
        if flagged(cell, "grade"):
            maximum = float(cell["metadata"]["nbgrader"]["points"])
            auto = _score(cell, maximum)
            grade_id = cell["metadata"]["nbgrader"]["grade_id"]
            found.append(Score(grade_id, auto, maximum, auto is None))
    return found


def comments(notebook: Notebook, master: Master) -> dict[str, str]:
    """nbgrader's own comment on each answer that it has one for, by grade_id."""
    return {
        cell["metadata"]["nbgrader"]["grade_id"]: NO_RESPONSE
        for cell in _of_master(notebook, master)
        if flagged(cell, "solution") and not flagged(cell, "task") and _untouched(cell)
    }


def _of_master(notebook: Notebook, master: Master) -> list[Cell]:
    known = {cell.grade_id for cell in master.cells}
    return [
        cell
        for cell in notebook["cells"]
        if flagged(cell, "grade", "solution", "task")
        and cell["metadata"]["nbgrader"].get("grade_id") in known
    ]


def _untouched(cell: Cell) -> bool:
    return bool(cell["metadata"]["nbgrader"].get("checksum") == checksum(cell))


def _score(cell: Cell, maximum: float) -> float | None:
    if flagged(cell, "solution"):  # an answer in words, or one that no test follows
        return 0.0 if _untouched(cell) else None
    if cell["cell_type"] != "code":
        return None
    for output in cell["outputs"]:
        kind = output["output_type"]
        if kind == "error" or (kind == "stream" and output["name"] == "stderr"):
            return 0.0
        if kind == "execute_result":
            return _partial(output, maximum)
    return maximum


def _partial(output: dict[str, Any], maximum: float) -> float | None:
    """Partial credit; what is no number, or a negative one, counts as all points in nbgrader."""
    shown = output["data"].get("text/plain")
    if not shown:
        return None
    if isinstance(shown, list):
        if len(shown) > 1:
            return maximum
        shown = shown[0]
    try:
        earned = float(shown)
    except ValueError:
        return maximum
    if earned > maximum:
        return None
    return earned if earned >= 0 else maximum
