"""An instructor's checkout with a class that has handed in lesson 06."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode as Notebook
from nbformat.v4 import new_markdown_cell

from autograder.__main__ import main as autograder
from autograder.card import MIMETYPE
from course import shelves
from course.compiler import dump, with_answers
from tests.browser.formgrader_server import does
from tests.browser.scripts import cells
from tests.conftest import copy_checkout
from tests.course import short_lesson

LESSON = short_lesson.NAME
BY_HAND = "in-your-words"
"""A cell that somebody must mark: the lessons have none, so here one stands at the end."""
POINTS = 4

HONEST = [f"student-{number:02}" for number in range(4, 10)]
"""Pretend students: one makes no mistake, one makes one, and four are wrong throughout."""
HOSTILE, DAMAGED = "eve", "mallory"
SCRIPTS = "trudy"
"""Who hands in scripts for the browser of whoever marks."""
ENDS_ALL = "import os\n\nos._exit(0)\n"


def checkout(root: Path) -> Path:
    """A checkout with the lesson in it, which is not released yet."""
    master = _with_an_essay(short_lesson.master())
    _write(shelves.notebook(copy_checkout(root) / "solutions", LESSON), dump(master))
    return root


class GradedClass:
    """The lesson released by the formgrader at that address, handed in by `students`, graded."""

    def __init__(self, root: Path, address: str) -> None:
        self.root, self.address = root, address
        made = does(address, f"assignment/{LESSON}/assign")
        assert made["success"], made
        self._released = nbformat.read(shelves.notebook(root / "notebooks", LESSON), as_version=4)
        for student in HONEST:
            essay = {BY_HAND: f"Nobody inside hears of it. {student}"}
            self._answer(student, {**short_lesson.answers(student), **essay})
        self._answer(HOSTILE, {"block-list": ENDS_ALL})
        self._answer(SCRIPTS, {}, cells())
        self._hand_in(DAMAGED, dump(self._released)[:-500])
        self.students = [*HONEST, HOSTILE]
        self._count = len([*self.students, SCRIPTS])
        self.grade()

    def is_joined_by(self, answers: dict[str, str]) -> None:
        """More students, by their answers to the exercise on a block list."""
        for student, answer in answers.items():
            self._answer(student, {"block-list": answer})
        self._count += len(answers)
        self.grade("--timeout", "2")

    def grade(self, *options: str) -> None:
        """Grade the class with the engine; one of them cannot be graded, and it is said who."""
        report = self.root / "report.json"
        words = ["grade", LESSON, "--course", str(self.root), "--json", str(report)]
        words += ["--workers", "1", *options]
        assert autograder(words) == 1
        said = json.loads(report.read_text(encoding="utf-8"))
        assert said["graded"] == self._count
        assert [trouble["student"] for trouble in said["troubles"]] == [DAMAGED]

    def mark(self, student: str) -> float:
        """A student's mark, as the engine exports it in nbgrader's columns."""
        path = self.root / "marks.csv"
        words = ["export", "nbgrader", LESSON, "--course", str(self.root), "-o", str(path)]
        assert autograder(words) == 0
        with path.open(encoding="utf-8", newline="") as lines:
            return next(
                float(row["score"]) for row in csv.DictReader(lines) if row["student_id"] == student
            )

    def verdict(self, student: str, check: str) -> dict[str, Any]:
        """The verdict that stands in a cell of the autograded notebook."""
        path = shelves.notebook(self.root / "grading" / "autograded" / student, LESSON)
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        (cell,) = (one for one in cells if one["id"] == check)
        shown = [output["data"] for output in cell["outputs"] if "data" in output]
        (found,) = (data[MIMETYPE] for data in shown if MIMETYPE in data)
        return dict(found)

    def _answer(self, student: str, answers: dict[str, str], more: Sequence[Notebook] = ()) -> None:
        answered = with_answers(self._released, answers)
        answered.cells += more
        self._hand_in(student, dump(answered))

    def _hand_in(self, student: str, text: str) -> None:
        _write(shelves.notebook(self.root / "grading" / "submitted" / student, LESSON), text)


def _with_an_essay(notebook: Notebook) -> Notebook:
    marks = {"grade": True, "solution": True, "locked": False, "task": False, "points": POINTS}
    named = {**marks, "grade_id": BY_HAND, "schema_version": 3, "cell_type": "markdown"}
    notebook.cells.append(new_markdown_cell("...", id=BY_HAND, metadata={"nbgrader": named}))
    return notebook


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
