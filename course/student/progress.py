"""How far a student is: the verdicts of their checks, from the terminal and from notebooks.

A check that ran in a notebook leaves its verdict in the cell's output. One that ran in a terminal
leaves it in `work/.progress.json`:

    {lesson: {check: {"verdict": ..., "points": ..., "max": ..., "when": seconds}}}

where a lesson is the name of its folder, a check the `grade_id` of its cell, and `when` the moment
as the system counts it. The later of the two is what counts.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from course.student import notebook_file
from course.student.cell_ids import grade_id, marks
from course.student.kept import Kept

NAME = ".progress.json"
PASSED = "passed"


class Mark(TypedDict):
    """What came of one check; a verdict is one of the judge's words, such as "passed"."""

    verdict: str
    points: float
    max: float
    when: NotRequired[float]


@dataclass(frozen=True, slots=True)
class Standing:
    """One check of a lesson, and the verdict that it gave last: "" where it has not run yet."""

    check: str
    maximum: float
    verdict: str = ""

    @property
    def passed(self) -> bool:
        """Whether the answer was right when it was last checked."""
        return self.verdict == PASSED

    @property
    def points(self) -> float:
        """What the answer is worth."""
        return self.maximum if self.passed else 0


_kept: Kept[Mark] = Kept(NAME, lambda mark: isinstance(mark, dict) and "verdict" in mark)
read, forget = _kept.read, _kept.forget


def record(work: Path, lesson: str, check: str, mark: Mark) -> None:
    """Keep the latest verdict of one check. Raises OSError if the work folder cannot be written."""
    _kept.record(work, lesson, check, {**mark, "when": time.time()})


def graded(notebook: Path) -> dict[str, float]:
    """Return the points of a notebook's checks: nbgrader's graded cells, less those by hand."""
    cells = notebook_file.read(notebook)["cells"]
    return {
        name: worth(marks(cell).get("points"))
        for cell in cells
        if marks(cell).get("grade") and not marks(cell).get("solution")
        if (name := grade_id(cell)) is not None
    }


def worth(points: Any) -> float:
    """Return the points of a cell as a number; nbgrader takes none for 0."""
    return points if isinstance(points, int | float) else 0


def shown(notebook: Path) -> dict[str, str]:
    """Return the verdicts that the cards in a student's saved notebook show, by grade_id.

    A notebook that is not there, or cannot be read, shows none.
    """
    try:
        cells = notebook_file.read(notebook)["cells"]
    except (FileNotFoundError, notebook_file.NotebookError):
        return {}
    cards = [(grade_id(cell), [*filter(None, map(verdict_in, outputs(cell)))]) for cell in cells]
    return {name: verdicts[-1] for name, verdicts in cards if name is not None and verdicts}


def outputs(cell: dict[str, Any]) -> list[Any]:
    """Return what a cell showed when it was last run."""
    found = cell.get("outputs")
    return found if isinstance(found, list) else []


def verdict_in(output: Any) -> str:
    """Return the verdict that an output of a cell holds, or ""."""
    # Not above: what `lab --help` imports has to do with the standard library alone.
    from autograder.card import MIMETYPE

    data = output.get("data") if isinstance(output, dict) else None
    verdict = data.get(MIMETYPE) if isinstance(data, dict) else None
    return str(verdict.get("verdict", "")) if isinstance(verdict, dict) else ""


def standing(work: Path, released: Path) -> list[Standing]:
    """Return how every check of a released notebook stands, in the notebook's order."""
    notebook = work / released.stem / released.name
    saved = notebook.stat().st_mtime if notebook.exists() else 0.0
    verdicts = shown(notebook)
    for name, mark in read(work).get(released.stem, {}).items():
        if name not in verdicts or mark.get("when", 0.0) >= saved:
            verdicts[name] = mark["verdict"]
    return [
        Standing(name, points, verdicts.get(name, "")) for name, points in graded(released).items()
    ]


def is_finished(work: Path, released: Path) -> bool:
    """Tell whether every check of a released notebook has passed, where it was last run."""
    return all(check.passed for check in standing(work, released))
