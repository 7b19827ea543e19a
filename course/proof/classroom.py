"""A course folder of nbgrader's, made for the purpose, and nbgrader's own commands run in it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode as Notebook

from autograder.card import MIMETYPE
from course.compiler import dump
from course.errors import CourseError

LOG = "nbgrader.log"
"""What nbgrader's commands said, in the course folder."""

OFTEN = 0.2
"""How many seconds pass between two looks at a command that runs."""


@dataclass(frozen=True, slots=True)
class Graded:
    """What nbgrader made of one check cell: the score in its gradebook, the verdict shown in it.

    `by_hand` if nbgrader could not mark it and waits for somebody who does; `verdict` is empty
    where the cell shows none.
    """

    score: float
    maximum: float
    by_hand: bool
    verdict: dict[str, Any]


def release(course: Path, lesson: str, master: Notebook, root: str = "minidjango") -> Notebook:
    """Put a solved notebook in place and let `generate_assignment` release it; what it released.

    Raises CourseError where nbgrader fails, as all that runs its commands here.
    """
    _write(course / "source", lesson, master)
    nbgrader(course, "generate_assignment", lesson, root=root)
    return _read(course / "release", lesson)


def hand_in(course: Path, student: str, lesson: str, notebook: Notebook) -> None:
    """Put a notebook where nbgrader finds what a student has submitted."""
    _write(course / "submitted" / student, lesson, notebook)


def feedback_page(course: Path, student: str, lesson: str) -> Path:
    """Where `generate_feedback` puts a student's page."""
    return course / "feedback" / student / lesson / f"{lesson}.html"


def nbgrader(
    course: Path, *command: str, root: str = "minidjango", tick: Callable[[], object] = int
) -> None:
    """Run one of nbgrader's commands in the course, away from anybody's own configuration.

    `tick` is called now and then while it runs. Raises CourseError where the command fails.
    """
    programs = os.path.dirname(sys.executable)  # nbgrader starts alembic by name
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([programs, os.environ.get("PATH", "")]),
        # In a terminal of `course lab` they point at the course itself, gradebook and all.
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PATH": "",
        "JUPYTER_DATA_DIR": str(course / ".jupyter"),
        "AUTOGRADER_FRAMEWORK": root,
    }
    words = [sys.executable, "-m", "nbgrader", *command]
    with (course / LOG).open("a+", encoding="utf-8", errors="replace") as log:
        start = log.tell()
        with _stopped_with_us(
            subprocess.Popen(words, cwd=course, env=environment, stdout=log, stderr=log)
        ) as running:
            while _runs(running):
                tick()
        if running.returncode:
            log.seek(start)
            last = "\n".join(log.read().strip().splitlines()[-15:])
            raise CourseError(f"`nbgrader {' '.join(command)}` failed; it said last:\n{last}")


def graded(course: Path, lesson: str) -> dict[str, dict[str, Graded]]:
    """What `autograde` made of every check cell, by student and `grade_id`."""
    from nbgrader.api import Gradebook  # takes a second to import, and only this needs it

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        submissions = gradebook.assignment_submissions(lesson)
        return {s.student.id: _graded(s, _shown(course, s.student.id, lesson)) for s in submissions}


def _graded(submission: Any, shown: dict[str, dict[str, Any]]) -> dict[str, Graded]:
    return {
        grade.name: Graded(
            grade.score, grade.max_score, grade.needs_manual_grade, shown.get(grade.name, {})
        )
        for notebook in submission.notebooks
        for grade in notebook.grades
    }


def _shown(course: Path, student: str, lesson: str) -> dict[str, dict[str, Any]]:
    """The verdicts that an autograded notebook shows, by `grade_id`."""
    return {
        cell.metadata.get("nbgrader", {}).get("grade_id"): out.data[MIMETYPE]
        for cell in _read(course / "autograded" / student, lesson).cells
        for out in cell.get("outputs", [])
        if MIMETYPE in out.get("data", {})
    }


def _runs(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process still runs, after waiting a moment for its end."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(OFTEN)
    return process.poll() is None


@contextlib.contextmanager
def _stopped_with_us(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is gone when this is left, whatever made us leave."""
    with process:
        try:
            yield process
        finally:
            process.terminate()


def _read(folder: Path, lesson: str) -> Notebook:
    return nbformat.read(folder / lesson / f"{lesson}.ipynb", as_version=nbformat.NO_CONVERT)


def _write(folder: Path, lesson: str, notebook: Notebook) -> None:
    path = folder / lesson / f"{lesson}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(dump(notebook), encoding="utf-8")
