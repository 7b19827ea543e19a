"""The notebooks of an assignment, and which of them a file is: its cells say so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.grading.collect.unpacking import HandedIn
from autograder.grading.collect.whose import Doubt
from autograder.grading.course import Course
from autograder.grading.errors import GradingError

Assignment = Mapping[str, frozenset[str]]
"""The `grade_id`s of each notebook of an assignment, by the notebook's name."""


def assignment(course: Course, name: str) -> Assignment:
    """The notebooks of an assignment, as they were released, or else as their sources are.

    Raises GradingError where the course has no such assignment, or no notebook in it.
    """
    for step in ("release", "source"):
        folder = course.folder(step, ".", name)
        found = {path.stem: grade_ids(path) for path in sorted(folder.glob("*.ipynb"))}
        if found and name not in ("", ".", ".."):
            return found
    there = course.folder("release", ".", name).parent
    names = sorted(path.name for path in there.iterdir() if path.is_dir()) if there.is_dir() else []
    has = f"it has {', '.join(names)}" if names else f"{there} is empty; release it first"
    raise GradingError(f'The course in {course.root} has no assignment "{name}": {has}')


def which(handed_in: HandedIn, assignment: Assignment) -> str:
    """The name of the notebook that was handed in.

    Raises Doubt where the file is no notebook, or one of another lesson.
    """
    assert handed_in.copy is not None
    try:
        ids = grade_ids(handed_in.copy)
    except GradingError as error:
        raise Doubt(str(error)) from None
    if not ids:
        raise Doubt("has no cell that nbgrader knows; look at it, and put it in place by hand")
    shared = {name: len(ids & known) for name, known in assignment.items()}
    best = max(shared.values(), default=0)
    if 2 * best <= len(ids):
        raise Doubt("is of another lesson: most of its cells are not of this one")
    found = [name for name, count in shared.items() if count == best]
    if len(found) > 1:
        raise Doubt(f"may be {' or '.join(found)}: it has as many cells of each")
    return found[0]


def grade_ids(path: Path) -> frozenset[str]:
    """The `grade_id`s in a notebook; raises GradingError, with half a sentence, for no notebook."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        return frozenset(filter(None, map(_grade_id, cells)))
    except (ValueError, LookupError, TypeError, RecursionError):
        raise GradingError("is damaged: no notebook can be read from it") from None


def _grade_id(cell: Any) -> str:
    try:
        return str(cell["metadata"]["nbgrader"]["grade_id"])
    except (LookupError, TypeError):
        return ""
