"""Stock nbgrader, started for real: its own commands, in a course folder made for the purpose."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from nbformat import NotebookNode as Notebook

from autograder.host.framework import framework
from course import shelves
from course.compiler import solved, with_answers
from course.proof import classroom
from course.proof.classroom import Graded
from course.source.parts import Lesson


def autograde(
    lesson: Lesson, answers: Mapping[str, Mapping[str, str]], root: str
) -> dict[str, dict[str, Graded]]:
    """Hand in these answers and let `nbgrader autograde` grade them, with nothing plugged in.

    `answers` are, by student, the sources by slug. On a framework other than minidjango, the one
    word is replaced in everything first. Returns the graded checks by student and `grade_id`;
    raises CourseError where nbgrader fails.
    """
    one_word = framework(root).one_word
    with _course() as course:
        handed_out = classroom.release(course, lesson.name, _on(root, solved(lesson)), root)
        for student, sources in answers.items():
            own = {slug: one_word(source) for slug, source in sources.items()}
            classroom.hand_in(course, student, lesson.name, with_answers(handed_out, own))
        classroom.nbgrader(course, "autograde", lesson.name, root=root)
        return classroom.graded(course, lesson.name)


def generate_assignment(solutions: Path, lessons: Sequence[str]) -> dict[str, bytes]:
    """What `nbgrader generate_assignment` makes of the solved notebooks of these lessons, as bytes.

    One command does all of them, for it takes seconds to start. Raises CourseError where it fails.
    """
    with _course() as course:
        for name in lessons:
            copy = shelves.notebook(course / "source", name)
            copy.parent.mkdir(parents=True)
            shutil.copyfile(shelves.notebook(solutions, name), copy)
        classroom.nbgrader(course, "generate_assignment", "--assignment=*")
        return {n: shelves.notebook(course / "release", n).read_bytes() for n in lessons}


@contextlib.contextmanager
def _course() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="onion-course-") as folder:
        yield Path(folder).resolve()


def _on(root: str, notebook: Notebook) -> Notebook:
    for cell in notebook.cells:
        cell.source = framework(root).one_word(cell.source)
    return notebook
