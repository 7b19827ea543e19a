"""The heading under which each graded cell of a lesson stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.grading.course import Course

HEADING = re.compile(r" {0,3}#{1,3}\s+(.+?)\s*#*")
FENCE = re.compile(r" {0,3}(```|~~~)")


def sections(course: Course, assignment: str) -> dict[str, str]:
    """The last heading before each graded cell of an assignment, by `grade_id`, in its order.

    It is read from the assignment's sources, or else from what was released; a cell that has no
    heading before it has "".
    """
    for step in ("source", "release"):
        folder = course.folder(step, ".", assignment)
        found = dict(pair for path in sorted(folder.glob("*.ipynb")) for pair in _of(path))
        if found:
            return found
    return {}


def _of(path: Path) -> Iterator[tuple[str, str]]:
    try:
        cells = json.loads(path.read_bytes())["cells"]
    except (OSError, ValueError, LookupError, TypeError):
        return  # the page does without
    heading = ""
    for cell in cells:
        source = "".join(cell.get("source", ""))
        if cell.get("cell_type") == "markdown":
            heading = _last_heading(source) or heading
        marked = cell.get("metadata", {}).get("nbgrader", {})
        if marked.get("grade") or marked.get("task"):
            yield str(marked.get("grade_id")), heading


def _last_heading(markdown: str) -> str:
    """The last heading in a cell, as plain words; what begins with `#` in code is none."""
    heading, in_code = "", False
    for line in markdown.split("\n"):
        if FENCE.match(line):
            in_code = not in_code
        elif not in_code and (match := HEADING.fullmatch(line)):
            heading = match[1].replace("`", "").replace("*", "")
    return heading
