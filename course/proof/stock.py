"""Stock nbgrader, started for real: its own commands, in a course folder made for the purpose."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode as Notebook

from autograder.card import MIMETYPE
from autograder.host.framework import framework
from course.compiler import dump, released, solved, with_answers
from course.errors import CourseError
from course.source.parts import Lesson


@dataclass(frozen=True, slots=True)
class Graded:
    """What nbgrader made of one check cell: the score in its gradebook, the verdict shown in it."""

    score: float
    verdict: dict[str, Any]


def autograde(
    lesson: Lesson, answers: Mapping[str, tuple[str, str]], root: str
) -> dict[str, dict[str, Graded]]:
    """Hand in these answers and let `nbgrader autograde` grade them, with nothing plugged in.

    `answers` are slug and source by student. On a framework other than minidjango, the one word is
    replaced in everything first. Returns the graded checks by student and `grade_id`; raises
    CourseError where nbgrader fails.
    """
    with tempfile.TemporaryDirectory(prefix="onion-course-") as folder:
        course = Path(folder).resolve()
        master = _on(root, solved(lesson))
        _write(course / "source" / lesson.name, lesson.name, master)
        _nbgrader(course, root, "generate_assignment", lesson.name)
        handed_out = released(master)
        for student, (slug, source) in answers.items():
            answered = with_answers(handed_out, {slug: framework(root).one_word(source)})
            others = _others(lesson, slug, root)
            answered = with_answers(answered, others)
            _write(course / "submitted" / student / lesson.name, lesson.name, answered)
        _nbgrader(course, root, "autograde", lesson.name)
        scores = _scores(course, lesson.name)
        return {
            student: _read(course, student, lesson.name, scores[student]) for student in answers
        }


def _others(lesson: Lesson, slug: str, root: str) -> dict[str, str]:
    """The solutions of the other exercises, which a later check may need."""
    one_word = framework(root).one_word
    return {e.slug: one_word(e.solution) for e in lesson.exercises if e.slug != slug}


def _on(root: str, notebook: Notebook) -> Notebook:
    for cell in notebook.cells:
        cell.source = framework(root).one_word(cell.source)
    return notebook


def _write(folder: Path, name: str, notebook: Notebook) -> None:
    folder.mkdir(parents=True)
    (folder / f"{name}.ipynb").write_text(dump(notebook), encoding="utf-8")


def _nbgrader(course: Path, root: str, *command: str) -> None:
    """Run one of nbgrader's commands in the course, away from anybody's own configuration."""
    programs = os.path.dirname(sys.executable)  # nbgrader starts alembic by name
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([programs, os.environ.get("PATH", "")]),
        "JUPYTER_CONFIG_DIR": str(course / "config"),
        "JUPYTER_DATA_DIR": str(course / "data"),
        "AUTOGRADER_FRAMEWORK": root,
    }
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-15:])
        raise CourseError(f"`nbgrader {' '.join(command)}` failed; it said last:\n{last}")


def _scores(course: Path, lesson: str) -> dict[str, dict[str, float]]:
    """The marks in the gradebook, by student and `grade_id`."""
    from nbgrader.api import Gradebook  # takes a second to import, and only this needs it

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: {
                grade.name: grade.score for nb in submission.notebooks for grade in nb.grades
            }
            for submission in gradebook.assignment_submissions(lesson)
        }


def _read(course: Path, student: str, lesson: str, scores: dict[str, float]) -> dict[str, Graded]:
    path = course / "autograded" / student / lesson / f"{lesson}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    graded = {}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        shown = [
            out.data[MIMETYPE] for out in cell.get("outputs", []) if MIMETYPE in out.get("data", {})
        ]
        if grade_id in scores and shown:
            graded[grade_id] = Graded(scores[grade_id], shown[-1])
    return graded
