"""How far a student is: the verdicts of their checks, from the terminal and from notebooks.

A check that ran in a notebook leaves its verdict in the cell's output. One that ran in a terminal
leaves it in `work/.progress.json`:

    {lesson: {check: {"verdict": ..., "points": ..., "max": ..., "when": seconds}}}

where a lesson is the name of its folder, a check the `grade_id` of its cell, and `when` the moment
as the system counts it. The later of the two is what counts.
"""

import json
import time
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from autograder.card import MIMETYPE
from course.student import notebook_file
from course.student.cell_ids import grade_id, marks

NAME = ".progress.json"
PASSED = "passed"


class Mark(TypedDict):
    """What came of one check; a verdict is one of the judge's words, such as "passed"."""

    verdict: str
    points: float
    max: float
    when: NotRequired[float]


Progress = dict[str, dict[str, Mark]]


def read(work: Path) -> Progress:
    """Return the verdicts kept in a work folder.

    Without a file, or with one that does not hold them any more, nothing has been checked yet:
    running the checks again brings everything back.
    """
    try:
        found = json.loads((work / NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if well_formed(found) else {}


def well_formed(found: object) -> bool:
    """Tell whether JSON data has the shape of this file."""
    return isinstance(found, dict) and all(
        isinstance(checks, dict)
        and all(isinstance(mark, dict) and "verdict" in mark for mark in checks.values())
        for checks in found.values()
    )


def record(work: Path, lesson: str, check: str, mark: Mark) -> None:
    """Keep the latest verdict of one check. Raises OSError if the work folder cannot be written."""
    progress = read(work)
    progress.setdefault(lesson, {})[check] = {**mark, "when": time.time()}
    content = json.dumps(progress, indent=1, sort_keys=True) + "\n"
    notebook_file.write_bytes(work / NAME, content.encode())


def graded(notebook: Path) -> list[str]:
    """Return the grade_ids of a notebook's checks: nbgrader's graded cells, less those by hand."""
    cells = notebook_file.read(notebook)["cells"]
    checks = [
        cell for cell in cells if marks(cell).get("grade") and not marks(cell).get("solution")
    ]
    return [name for name in map(grade_id, checks) if name is not None]


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
    data = output.get("data") if isinstance(output, dict) else None
    verdict = data.get(MIMETYPE) if isinstance(data, dict) else None
    return str(verdict.get("verdict", "")) if isinstance(verdict, dict) else ""


def is_finished(work: Path, released: Path) -> bool:
    """Tell whether every check of a released notebook has passed, where it was last run."""
    notebook = work / released.stem / released.name
    saved = notebook.stat().st_mtime if notebook.exists() else 0.0
    verdicts = shown(notebook)
    for name, mark in read(work).get(released.stem, {}).items():
        if name not in verdicts or mark.get("when", 0.0) >= saved:
            verdicts[name] = mark["verdict"]
    return all(verdicts.get(name) == PASSED for name in graded(released))
