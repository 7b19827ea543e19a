"""A small class whose gradebook is nbgrader's own, and whose cards are real verdicts."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.card import bundle
from autograder.hosts import LocalHost
from autograder.judge import judge
from autograder.verdict import Verdict
from tests.autograder.answers import RIGHT, WRONGS

if TYPE_CHECKING:
    from nbgrader.api import Gradebook

NAME = "wall"
DUE = datetime(2026, 11, 20, 12)
MANUAL = "essay"

CHECK = """\
import autograder


@autograder.check("block-list", points=2, hidden=True)
def _check():
    from autograder import fresh, onion
    from minidjango.http import HttpResponse

    def secret(request):
        return HttpResponse("the vault")

    app = onion(BlockList, view=secret)
    app.get(fresh("/public/{}/"))
    app.get("/admin/", status=403)
    app.trace.never_reached(secret)
    ### BEGIN HIDDEN TESTS
    autograder.hidden()
    app.get(fresh("/admin/{}/"), status=403)
    app.get(fresh("/administrators/{}/"))
    ### END HIDDEN TESTS
"""
DOUBLE_CHECK = """\
import autograder


@autograder.check("double", points=1)
def _check():
    from autograder import call

    call(double, 3, gives=6)
"""
STUB = "raise NotImplementedError()"
DOUBLE = "def double(n):\n    return 2 * n"
WIDE = RIGHT.replace('startswith("/admin/")', 'startswith("/admin")')
"""Right as far as anybody sees; the hidden part catches it."""
FORGOT = WRONGS["forgot-return"]

ANSWERS = {
    "ada": (RIGHT, DOUBLE),
    "bob": (FORGOT, DOUBLE),
    "carla": (WIDE, STUB),
}
"""What the students wrote; `dan` hands nothing in."""
HANDED_IN = {
    "ada": datetime(2026, 11, 19, 9, 30),
    "bob": datetime(2026, 11, 20, 11, 59, 59),
    "carla": datetime(2026, 11, 21, 12),
}
PENALTIES = {"carla": 0.25}
PEOPLE = {
    "ada": ("Lovelace, Countess", 'Ada "Byron"', "ada@school.example"),
    "bob": ("Müller", "Bob", "bob@school.example"),
    "carla": ("Ng", "Carla", None),
    "dan": (None, None, None),
}


def cell(kind: str, source: str, grade_id: str, **flags: object) -> dict[str, Any]:
    plain = {"grade": False, "locked": False, "solution": False, "task": False}
    marked = {**plain, "grade_id": grade_id, "schema_version": 3, **flags}
    made = {"cell_type": kind, "metadata": {"nbgrader": marked}, "source": source, "id": grade_id}
    return {**made, "outputs": [], "execution_count": None} if kind == "code" else made


def notebook(block_list: str = RIGHT, double: str = DOUBLE) -> dict[str, Any]:
    """The master, or what somebody made of it."""
    test = {"grade": True, "locked": True}
    cells = [
        cell("code", block_list, "block-list", solution=True),
        cell("code", CHECK, "block-list-check", points=2, **test),
        cell("code", double, "double", solution=True),
        cell("code", DOUBLE_CHECK, "double-check", points=1, **test),
        cell("markdown", "Because.", MANUAL, grade=True, solution=True, points=3),
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def write(path: Path, made: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(made), encoding="utf-8")


def verdicts(student: str) -> dict[str, Verdict]:
    return judge(notebook(*ANSWERS[student]), notebook(), host=LocalHost)


def make_course(course: Path) -> Path:
    """A course folder with a master, a gradebook and what was autograded."""
    write(course / "source" / NAME / f"{NAME}.ipynb", notebook())
    judged = {student: verdicts(student) for student in ANSWERS}
    for student, found in judged.items():
        made = notebook(*ANSWERS[student])
        for one in made["cells"]:
            verdict = found.get(one["id"])
            if verdict:
                data = bundle(verdict)
                one["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
        write(course / "autograded" / student / NAME / f"{NAME}.ipynb", made)
    make_gradebook(f"sqlite:///{course / 'gradebook.db'}", judged)
    return course


@contextlib.contextmanager
def nbgraders_gradebook(url: str) -> Iterator[Gradebook]:
    """A gradebook that nbgrader makes, and keeps what is written into it."""
    from nbgrader.api import Gradebook

    # nbgrader starts alembic by its name
    os.environ["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    with warnings.catch_warnings(), Gradebook(url) as book:
        warnings.simplefilter("ignore")  # of nbgrader's own making
        yield book
        book.db.commit()


def make_gradebook(url: str, judged: Mapping[str, Mapping[str, Verdict]]) -> None:
    with nbgraders_gradebook(url) as book:
        book.add_assignment(NAME, duedate=DUE)
        book.add_notebook(NAME, NAME)
        for one in notebook()["cells"]:
            marked = one["metadata"]["nbgrader"]
            if marked["grade"]:
                named = {"max_score": marked["points"], "cell_type": one["cell_type"]}
                book.add_grade_cell(one["id"], NAME, NAME, **named)
        for student, (last, first, email) in PEOPLE.items():
            book.add_student(student, last_name=last, first_name=first, email=email)
        for student, found in judged.items():
            book.add_submission(NAME, student, timestamp=HANDED_IN[student])
            handed_in = book.find_submission_notebook(NAME, NAME, student)
            handed_in.late_submission_penalty = PENALTIES.get(student)
            for grade_id, verdict in found.items():
                grade = book.find_grade(grade_id, NAME, NAME, student)
                grade.auto_score, grade.needs_manual_grade = verdict.points, False
            essay = book.find_grade(MANUAL, NAME, NAME, student)
            if student != "bob":
                essay.manual_score, essay.needs_manual_grade = 3, False
