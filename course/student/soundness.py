"""Whether nbgrader could grade a notebook: each answer and check is there, once, with its mark.

nbgrader knows a cell by the `grade_id` in its metadata. Copying a cell doubles it, and some editors
drop it. The course's own judge does not mind; nbgrader refuses such a notebook or loses marks.
"""

from typing import Any

from course.cli import COMMAND
from course.student.cell_ids import grade_id, marks
from course.student.merge import merge

Notebook = dict[str, Any]

SAYS = ("schema_version", "grade", "solution", "locked", "task")
"""What nbgrader's metadata say of a cell, besides its name."""


def faults(mine: Notebook, released: Notebook) -> list[str]:
    """Return a sentence with its mend for all that nbgrader would stumble over."""
    return [
        f"The cell {name} is there {times(count)}: delete the copy, or nbgrader cannot grade this."
        if count > 1
        else f"nbgrader would not find the cell {name}: {COMMAND} lab puts that right."
        for name, count in occurrences(mine, released).items()
        if count != 1
    ]


def occurrences(mine: Notebook, released: Notebook) -> dict[str, int]:
    """Return how often each answer and each check of a lesson is in a student's notebook.

    One whose metadata say something else than the lesson's is not counted, unless there are two.
    """
    found = {}
    for cell in released["cells"]:
        name = grade_id(cell)
        if name is None or not (marks(cell).get("grade") or marks(cell).get("solution")):
            continue
        there = [one for one in mine["cells"] if grade_id(one) == name]
        found[name] = len(there) if len(there) > 1 else sum(alike(one, cell) for one in there)
    return found


def alike(mine: dict[str, Any], released: dict[str, Any]) -> bool:
    """Tell whether nbgrader takes two cells of one name for the same kind of cell."""
    return all(marks(mine).get(key) == marks(released).get(key) for key in SAYS)


def mended(base: Notebook, mine: Notebook, released: Notebook) -> Notebook:
    """Return a student's notebook with each answer and check once, and marked; itself if it is so.

    What the student wrote is all there: of two equal cells the second becomes an ordinary one.
    """
    return merge(base, mine, released) if faults(mine, released) else mine


def times(count: int) -> str:
    """Return `twice` for 2, and so on."""
    return "twice" if count == 2 else f"{count} times"
