"""nbgrader's gradebook, asked for marks: its own sums, without its own program.

To import `nbgrader.api` takes longer than to export a class, and its `Gradebook` writes as it
opens: tables that are missing, a row for a course that it does not know. Here everything is a
SELECT. The sums are those at the end of nbgrader's `api.py`, and a test asks nbgrader for its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from autograder.grading.database import engine, shown
from autograder.grading.errors import GradingError

PATIENCE = 60
"""How many seconds a gradebook that somebody else is writing is waited for."""
IN_A_FILE = {"connect_args": {"timeout": PATIENCE}}
ON_A_SERVER = {"isolation_level": "REPEATABLE READ"}
"""How it is read; without that, every SELECT on a server would see a state of its own."""
TABLES = (
    "assignment",
    "notebook",
    "base_cell",
    "grade_cells",
    "task_cells",
    "student",
    "submitted_assignment",
    "submitted_notebook",
    "grade",
)


class NoGradebook(GradingError):
    """There is no gradebook yet at that place."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A gradebook that is being read: one state of it, whoever writes meanwhile."""

    connection: sa.Connection
    tables: dict[str, sa.Table]

    def assignments(self) -> Sequence[Any]:
        """All assignments, `id`, `name`, `duedate` and `max_score`, in nbgrader's order."""
        assignment = self.tables["assignment"]
        wanted = sa.select(
            *(assignment.c.id, assignment.c.name, assignment.c.duedate),
            (self._maximum("grade_cells") + self._maximum("task_cells")).label("max_score"),
        )
        return self._rows(wanted.order_by(assignment.c.duedate, assignment.c.name))

    def students(self) -> Sequence[Any]:
        """All students, in nbgrader's order."""
        student = self.tables["student"]
        return self._rows(sa.select(student).order_by(student.c.last_name, student.c.first_name))

    def submissions(self, assignment: str) -> Sequence[Any]:
        """`student_id`, `timestamp`, `raw` and `penalty` of all that was submitted for an id."""
        submitted, notebook = self.tables["submitted_assignment"], self.tables["submitted_notebook"]
        grade = self.tables["grade"]
        raw = (
            sa.select(sa.func.coalesce(sa.func.sum(self._score()), 0.0))
            .where(notebook.c.assignment_id == submitted.c.id, grade.c.notebook_id == notebook.c.id)
            .correlate(submitted)
            .scalar_subquery()
        )
        penalty = (
            sa.select(sa.func.coalesce(sa.func.sum(notebook.c.late_submission_penalty), 0.0))
            .where(notebook.c.assignment_id == submitted.c.id)
            .correlate(submitted)
            .scalar_subquery()
        )
        wanted = sa.select(
            submitted.c.student_id,
            submitted.c.timestamp,
            raw.label("raw"),
            penalty.label("penalty"),
        )
        return self._rows(wanted.where(submitted.c.assignment_id == assignment))

    def grades(self, assignment: str) -> Sequence[Any]:
        """`student_id`, `notebook`, `name`, `score`, `max_score`, ... of every graded cell."""
        submitted, handed_in = (
            self.tables["submitted_assignment"],
            self.tables["submitted_notebook"],
        )
        notebook, cell, grade = (self.tables[n] for n in ("notebook", "base_cell", "grade"))
        code, task = self.tables["grade_cells"], self.tables["task_cells"]
        wanted = (
            sa.select(
                submitted.c.student_id,
                notebook.c.name.label("notebook"),
                cell.c.name,
                self._score().label("score"),
                sa.func.coalesce(code.c.max_score, task.c.max_score, 0.0).label("max_score"),
                grade.c.needs_manual_grade,
                grade.c.manual_score,
            )
            .select_from(grade)
            .join(handed_in, grade.c.notebook_id == handed_in.c.id)
            .join(submitted, handed_in.c.assignment_id == submitted.c.id)
            .join(notebook, handed_in.c.notebook_id == notebook.c.id)
            .join(cell, grade.c.cell_id == cell.c.id)
            .outerjoin(code, code.c.id == cell.c.id)
            .outerjoin(task, task.c.id == cell.c.id)
            .where(submitted.c.assignment_id == assignment)
        )
        return self._rows(wanted.order_by(notebook.c.name, cell.c.name))

    def _rows(self, wanted: sa.Select[Any]) -> Sequence[Any]:
        return self.connection.execute(wanted).all()

    def _score(self) -> sa.ColumnElement[Any]:
        """What a cell got: by hand before by machine, and extra credit on top of either."""
        grade = self.tables["grade"]
        given = sa.func.coalesce(grade.c.manual_score, grade.c.auto_score)
        return sa.func.coalesce(given + sa.func.coalesce(grade.c.extra_credit, 0.0), 0.0)

    def _maximum(self, kind: str) -> sa.ColumnElement[Any]:
        """What the cells of a kind are worth in an assignment."""
        assignment, notebook = self.tables["assignment"], self.tables["notebook"]
        base, cell = self.tables["base_cell"], self.tables[kind]
        return (
            sa.select(sa.func.coalesce(sa.func.sum(cell.c.max_score), 0.0))
            .select_from(cell.join(base, cell.c.id == base.c.id))
            .where(notebook.c.assignment_id == assignment.c.id, base.c.notebook_id == notebook.c.id)
            .correlate(assignment)
            .scalar_subquery()
        )


@contextlib.contextmanager
def ledger(db_url: str) -> Iterator[Ledger]:
    """The gradebook at any `db_url` that nbgrader takes.

    Raises NoGradebook where there is none, and GradingError where it cannot be read.
    """
    try:
        url = sa.make_url(db_url)
    except ArgumentError:
        raise GradingError(
            f"{db_url}: is no database URL, such as sqlite:///gradebook.db"
        ) from None
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite and url.database and not Path(url.database).is_file():  # SQLite would make one
        raise NoGradebook(
            f"{url.database}: there is no gradebook; grade first, or say with --course or --db "
            "where it is"
        )
    try:
        made = engine(url, **(IN_A_FILE if sqlite else ON_A_SERVER))
        with contextlib.ExitStack() as around:
            around.callback(made.dispose)
            connection = around.enter_context(made.connect())
            if sqlite:  # or every SELECT would see a state of its own
                connection.exec_driver_sql("BEGIN")
            known = sa.MetaData()
            known.reflect(connection, only=TABLES)
            yield Ledger(connection, dict(known.tables))
    except SQLAlchemyError as error:
        why = str(error).splitlines()[0]
        raise GradingError(f"{shown(url)}: this gradebook cannot be read ({why})") from None
