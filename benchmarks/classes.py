"""A class out of a lesson's bank, as large as one likes, no two submissions the same.

Seven in ten are honest, with marks of every kind. Of the others one has edited a check, one has
deleted one, and one's notebook breaks off in the middle of its file.
"""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.card import MIMETYPE
from autograder.verdict import Outcome
from course.compiler import released, solved, with_answers
from course.lesson import read
from course.proof import classroom
from course.proof.bank import Row, rows
from course.source.parts import Lesson

ROOT = Path(__file__).resolve().parents[1]
HONEST = 7
"""How many of every ten are honest."""
RIGHT = 0.7
"""How likely an honest student's answer is right."""

MARKS = """
    SELECT a.student_id, b.name, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
    FROM grade g JOIN base_cell b ON b.id = g.cell_id
    JOIN submitted_notebook s ON s.id = g.notebook_id
    JOIN submitted_assignment a ON a.id = s.assignment_id
    UNION
    SELECT a.student_id, b.name, c.auto_comment, c.manual_comment, NULL, NULL
    FROM comment c JOIN base_cell b ON b.id = c.cell_id
    JOIN submitted_notebook s ON s.id = c.notebook_id
    JOIN submitted_assignment a ON a.id = s.assignment_id
"""


def make(course: Path, name: str, count: int) -> None:
    """Release that lesson in an nbgrader course of its own, and let so many students hand it in."""
    lesson = read(ROOT / "course" / "lessons" / f"{name}.py")
    classroom.release(course, name, solved(lesson))
    for number, text in enumerate(_handed_in(lesson, count)):
        folder = course / "submitted" / student(number) / name
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")


def student(number: int) -> str:
    """Who handed in the submission of that number."""
    return f"student-{number:05}"


def honest(count: int) -> set[str]:
    """Who in a class of so many is honest."""
    return {student(number) for number in range(count) if number % 10 < HONEST}


def marks(course: Path, students: set[str]) -> set[tuple[Any, ...]]:
    """Every mark and comment that the gradebook has of these students."""
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        return {row for row in gradebook.execute(MARKS) if row[0] in students}


def hosts(course: Path) -> set[str]:
    """The hosts in which the answers were run, as the cards in the autograded notebooks say."""
    cells = (
        cell
        for path in course.glob("autograded/*/*/*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
    )
    shown = (output.get("data", {}) for cell in cells for output in cell.get("outputs", ()))
    return {bundle[MIMETYPE]["ran"]["host"] for bundle in shown if MIMETYPE in bundle}


def _handed_in(lesson: Lesson, count: int) -> Iterator[str]:
    handed_out = released(solved(lesson))
    banks: dict[str, list[Row]] = {}
    for row in rows(lesson):
        banks.setdefault(row.slug, []).append(row)
    for number in range(count):
        chance = random.Random(number)
        answers = {slug: _answer(bank, chance) for slug, bank in banks.items()}
        slug = chance.choice(list(answers))
        answers[slug] += f"\n# {student(number)}"  # nothing is like anything else
        notebook = json.loads(json.dumps(with_answers(handed_out, answers)))
        yield _spoilt(notebook, number % 10)


def _answer(bank: list[Row], chance: random.Random) -> str:
    right = [row for row in bank if row.outcome is Outcome.PASSED]
    return chance.choice(right if chance.random() < RIGHT else bank).source


def _spoilt(notebook: dict[str, Any], kind: int) -> str:
    """The notebook's file, with what the last three of every ten did to it."""
    checks = [cell for cell in notebook["cells"] if "check" in cell["metadata"].get("tags", ())]
    checks = checks or [
        cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")
    ]
    if kind == HONEST:
        checks[0]["source"] = "pass"
    elif kind == HONEST + 1:
        notebook["cells"].remove(checks[0])
    text = json.dumps(notebook, indent=1, ensure_ascii=False)
    return text[: len(text) // 2] if kind == HONEST + 2 else text
