"""A small course of nbgrader's, not of ours: plain asserts, words, a task; graded by nbgrader."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

ASSIGNMENT = "ps1"
NOTEBOOK = "squares"


def cell(kind: str, source: str, grade_id: str = "", **flags: Any) -> dict[str, Any]:
    """A cell of the master, with nbgrader's metadata where it has a `grade_id`."""
    made: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": source}
    if grade_id:
        plain = {"grade": False, "locked": False, "solution": False, "task": False}
        made["metadata"]["nbgrader"] = {
            **plain,
            "grade_id": grade_id,
            "schema_version": 3,
            **flags,
        }
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    return made


def source_notebook() -> dict[str, Any]:
    """What the instructor wrote: every kind of cell that nbgrader knows."""
    test = {"grade": True, "locked": True}
    answer = "### BEGIN SOLUTION\n    return n * n\n    ### END SOLUTION"
    cells = [
        cell("markdown", "# Squares"),
        cell("code", "LIMIT = 3", "given", locked=True),
        cell("code", f"def square(n):\n    {answer}", "square", solution=True),
        cell("code", "assert square(2) == 4", "square-test", points=2, **test),
        cell("code", "assert square(-3) == 9\nsquare(0) or 0.5", "square-part", points=1, **test),
        cell("markdown", "Why?", "why", grade=True, solution=True, points=3),
        cell("code", "# Draw it.", "drawn", grade=True, solution=True, points=2),
        cell("markdown", "Do it again.", "again", task=True, locked=True, points=4),
    ]
    for number, one in enumerate(cells):
        one["id"] = f"c{number}"
    kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernelspec}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def write(path: Path, notebook: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def released(course: Path) -> dict[str, Any]:
    """The notebook as students get it."""
    path = course / "release" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for one in found["cells"]:
        one["source"] = "".join(one["source"])
    return found


def answered(course: Path, **sources: str) -> dict[str, Any]:
    """The released notebook, with other text in the cells of those names (`_` for `-`)."""
    notebook = copy.deepcopy(released(course))
    for one in notebook["cells"]:
        name = one["metadata"].get("nbgrader", {}).get("grade_id", "").replace("-", "_")
        one["source"] = sources.get(name, one["source"])
    return notebook


def hand_in(course: Path, student: str, notebook: dict[str, Any] | bytes, **files: str) -> Path:
    """Put a notebook where nbgrader finds it, with files beside (`__` for the dot in a name)."""
    folder = course / "submitted" / student / ASSIGNMENT
    text = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NOTEBOOK}.ipynb").write_bytes(text)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_text(content, encoding="utf-8")
    return folder


RIGHT = "def square(n):\n    return n * n"
WRONG = "def square(n):\n    return n"
LATE = "2025-02-01 12:00:00.000001 UTC"


def hand_in_class(course: Path) -> None:
    """A class: right, wrong, untouched, tampered with and partly deleted, broken, late."""
    hand_in(course, "ada", answered(course, square=RIGHT, why="Because."), timestamp__txt=LATE)
    (course / "submitted" / "ada" / ASSIGNMENT / "data.csv").write_text("1,2\n", encoding="utf-8")
    hand_in(course, "bob", answered(course, square=WRONG, drawn="print('x')"))
    hand_in(course, "cyd", answered(course), timestamp__txt="2024-12-31 12:00:00 Europe/Berlin")
    meddled = answered(course, square=RIGHT, square_test="assert True")
    meddled["cells"] = [one for one in meddled["cells"] if "square-part" not in str(one)]
    hand_in(course, "dan", meddled)
    hand_in(course, "eve", b'{"cells": ')


def grade_by_hand(course: Path, url: str = "") -> None:
    """What a person did in formgrader before: points, words, a flag; and a day more for ada."""
    from nbgrader.api import Gradebook

    with Gradebook(url or f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        for student in ("ada", "bob"):
            gradebook.add_student(student, first_name=student.title())
            gradebook.add_submission(ASSIGNMENT, student)
        gradebook.grant_extension(ASSIGNMENT, "ada", days=1)  # which is not enough
        gradebook.find_submission_notebook(NOTEBOOK, ASSIGNMENT, "bob").flagged = True
        why = gradebook.find_grade("why", NOTEBOOK, ASSIGNMENT, "ada")
        why.manual_score, why.extra_credit, why.needs_manual_grade = 2.5, 0.5, False
        comment = gradebook.find_comment("why", NOTEBOOK, ASSIGNMENT, "ada")
        comment.manual_comment = "Well said."
        test = gradebook.find_grade("square-test", NOTEBOOK, ASSIGNMENT, "bob")
        test.manual_score, test.auto_score, test.needs_manual_grade = 1, 2, False
        gradebook.db.commit()


def run_nbgrader(converter: str, course: Path, **traits: Any) -> None:
    """One of nbgrader's own commands, in this process, configured as the course is."""
    import nbgrader.preprocessors
    from nbgrader import converters
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import PyFileConfigLoader

    file = course / "nbgrader_config.py"
    config = PyFileConfigLoader(str(file)).load_config() if file.exists() else None
    named = {"assignment_id": ASSIGNMENT, **traits}
    directory = CourseDirectory(root=str(course), config=config, **named)
    made = getattr(converters, converter)(coursedir=directory, config=config, force=True)
    if converter == "Autograde":  # stock, and no stand-in of ours
        assert nbgrader.preprocessors.Execute in made.autograde_preprocessors
    here = os.getcwd()
    with contextlib.suppress(converters.base.NbGraderException):
        made.start()
    assert os.getcwd() == here


def make_course(course: Path, url: str = "") -> Path:
    """A course whose assignment nbgrader has released, due on the first of January 2025.

    Its gradebook is the file that nbgrader makes, or the database at that address.
    """
    write(course / "source" / ASSIGNMENT / f"{NOTEBOOK}.ipynb", source_notebook())
    write(course / "source" / ASSIGNMENT / "shipped.json", {"shipped": True})
    config = "c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
    if url:  # a database that minds its keys has no assignment of a course without a name
        named = "c.CourseDirectory.course_id = 'squares'\n"
        config = f"{config}{named}c.CourseDirectory.db_url = {url!r}\n"
    (course / "nbgrader_config.py").write_text(config, encoding="utf-8")
    run_nbgrader("GenerateAssignment", course)
    with connected(url or f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.exec_driver_sql("UPDATE assignment SET duedate = '2025-01-01 00:00:00.000000'")
    return course


@contextlib.contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    """A database, in a transaction that is kept."""
    engine = sa.create_engine(url)
    with contextlib.closing(engine.connect()) as connection, connection.begin():
        yield connection
    engine.dispose()


ROWS = {
    "submissions": "SELECT student_id, timestamp, extension FROM submitted_assignment",
    "notebooks": """
        SELECT a.student_id, n.name, s.flagged, s.late_submission_penalty
        FROM submitted_notebook s JOIN notebook n ON n.id = s.notebook_id
        JOIN submitted_assignment a ON a.id = s.assignment_id""",
    "grades": """
        SELECT a.student_id, b.name, b.type, g.auto_score, g.manual_score, g.extra_credit,
               g.needs_manual_grade
        FROM grade g JOIN base_cell b ON b.id = g.cell_id
        JOIN submitted_notebook s ON s.id = g.notebook_id
        JOIN submitted_assignment a ON a.id = s.assignment_id""",
    "comments": """
        SELECT a.student_id, b.name, b.type, c.auto_comment, c.manual_comment
        FROM comment c JOIN base_cell b ON b.id = c.cell_id
        JOIN submitted_notebook s ON s.id = c.notebook_id
        JOIN submitted_assignment a ON a.id = s.assignment_id""",
    "students": "SELECT id, first_name, last_name, email, lms_user_id FROM student",
}


def cells(path: Path) -> list[Any]:
    """The cells of an autograded notebook, what was split joined, no times and tracebacks."""
    found: list[Any] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    for one in found:
        one["source"] = "".join(one["source"])
        one["metadata"].pop("execution", None)
        for output in one.get("outputs", []):
            output.pop("traceback", None)
            output["text"] = "".join(output.get("text", ""))
            output["data"] = {kind: "".join(of) for kind, of in output.get("data", {}).items()}
        if "outputs" in one:
            one["outputs"] = _joined(one["outputs"])
    return found


def _joined(outputs: list[Any]) -> list[Any]:
    """Outputs with each stream in one piece: a kernel that is kept waiting sends it in several."""
    whole: list[Any] = []
    for output in outputs:
        if whole and output["output_type"] == "stream" and whole[-1].get("name") == output["name"]:
            whole[-1]["text"] += output["text"]
        else:
            whole.append(output)
    return whole


def rows(course: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that the gradebook says of submissions, without the ids that are chance."""
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        return {
            name: sorted(gradebook.execute(query).fetchall(), key=repr)
            for name, query in ROWS.items()
        }
