"""Whether the notebooks are what the lessons are built into, and nbgrader makes, and no more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from course import shelves
from course.compiler import dump, solved
from course.proof.secrets import secret_lines
from course.shelves import Shelves
from course.source.parts import Lesson
from course.source.problems import Problem, shown


def solution(place: Shelves, lesson: Lesson) -> Path:
    """Where the solved notebook of a lesson lies."""
    return shelves.notebook(place.solutions, lesson.name)


def solutions(place: Shelves, lessons: Iterable[Lesson]) -> list[Problem]:
    """A sentence for each solved notebook that is not what its lesson is built into."""
    wanted = {solution(place, one): dump(solved(one)).encode("utf-8") for one in lessons}
    return shelves.different(wanted, place)


def notebooks(place: Shelves, released: Mapping[str, bytes]) -> list[Problem]:
    """A sentence for each student's notebook that is not what nbgrader has released."""
    wanted = {shelves.notebook(place.notebooks, name): made for name, made in released.items()}
    return shelves.different(wanted, place, "this is not what nbgrader's generate_assignment makes")


def leaks(place: Shelves, lesson: Lesson) -> Iterator[Problem]:
    """A sentence for each secret line of a lesson that stands in the student's notebook."""
    path = shelves.notebook(place.notebooks, lesson.name)
    there = _lines(path)
    for line, at in secret_lines(lesson).items():
        if line in there:
            wrong = f"`{line}` is not for students, and stands in {shown(path)}"
            mend = f"run `{place.command('build')}`, and never hand that one out"
            yield Problem(lesson.path, at, f"{wrong}; {mend}")


def _lines(path: Path) -> set[str]:
    """The lines of a notebook's cells, stripped; none where there is no such notebook."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        sources = ["".join(cell["source"]) for cell in cells]
    except (OSError, ValueError, LookupError, TypeError):
        return set()  # which is told as a notebook that is missing, or not what it should be
    return {line.strip() for source in sources for line in source.split("\n")}
