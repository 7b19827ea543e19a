"""What the gradebook says of the submissions of an assignment: the only code that writes it.

A batch is one transaction, a table is written in one go, and a row that says already what it
should is left alone. As nbgrader does it: what a person gave (manual scores, comments, extra
credit, flags) is kept; a score by hand has the submission looked at again; a notebook that was not
handed in has no points. Otherwise than nbgrader: a cell that is gone keeps no score of an earlier
submission.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from autograder.grading.changes import Changes, Row
from autograder.grading.scoring import Score

AT_ONCE = 500
"""How many values a statement names at most; SQLite once took no more than a thousand."""

EPOCH = datetime(1970, 1, 1)

Penalty = Callable[[str, float, float], float | None]
"""From a student, their score and the seconds that they are late to what is taken off."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What one notebook of a submission came to.

    `graded` is False where it could not be graded: then each of its cells waits for a person.
    """

    graded: bool
    scores: tuple[Score, ...] = ()
    comments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One student's submission: when it was handed in, and its marks by notebook.

    A notebook of the assignment that is not among them was not handed in.
    """

    student: str
    timestamp: datetime | None
    notebooks: Mapping[str, Marks]


class Records:
    """The rows of one assignment. `tables` are the gradebook's, `penalty` is for who is late."""

    def __init__(self, tables: Mapping[str, sa.Table], assignment: Any, penalty: Penalty) -> None:
        self._tables, self._assignment, self._penalty = tables, assignment, penalty

    def students(self, connection: sa.Connection, ids: Sequence[str], create: bool) -> set[str]:
        """Those of the students whom the gradebook knows: all of them, where it may `create`."""
        known = {row["id"] for row in self._rows(connection, "student", "id", ids)}
        new = [{"id": student} for student in dict.fromkeys(ids) if student not in known]
        if create and new:
            connection.execute(sa.insert(self._tables["student"]), new)
            known.update(ids)
        return known

    def extensions(self, connection: sa.Connection) -> dict[str, str]:
        """The extension of each student who has a submission of this assignment."""
        table = self._tables["submitted_assignment"]
        wanted = sa.select(table.c.student_id, table.c.extension).where(
            table.c.assignment_id == self._assignment.id
        )
        return {student: str(extension) for student, extension in connection.execute(wanted)}

    def write(self, connection: sa.Connection, records: Sequence[Record]) -> None:
        """Write the submissions of students whom the gradebook knows."""
        submissions = self._submissions(connection, records)
        cells = self._cells(connection)
        notebooks = self._notebooks(connection, submissions.values(), cells)
        graded = self._existing(connection, "grade", notebooks.values())
        commented = self._existing(connection, "comment", notebooks.values())
        changes = Changes()
        for record in records:
            submission = submissions[record.student]
            for name, of_notebook in cells.items():
                row = notebooks[submission["id"], of_notebook.id]
                marks = record.notebooks.get(name)
                score = _grades(changes, graded, row, of_notebook, marks)
                _comments(changes, commented, row, of_notebook, marks)
                if marks is not None:
                    late = self._late(submission) if marks.graded else 0
                    off = self._penalty(record.student, score, late) if late > 0 else None
                    changes.update("submitted_notebook", row, late_submission_penalty=off)
        changes.write(connection, self._tables)

    def _late(self, submission: Row) -> float:
        due, at = self._assignment.duedate, submission["timestamp"]
        if due is None or at is None:
            return 0
        extension = submission["extension"] or timedelta(0)
        if isinstance(extension, datetime):  # SQLite keeps an interval as a date
            extension -= EPOCH
        late: timedelta = at - due - extension
        return max(0.0, late.total_seconds())

    def _submissions(self, connection: sa.Connection, records: Sequence[Record]) -> dict[str, Row]:
        """The submission of each student, made where there is none."""
        name, changes = "submitted_assignment", Changes()
        ids = [record.student for record in records]
        found = {
            row["student_id"]: row
            for row in self._rows(connection, name, "student_id", ids)
            if row["assignment_id"] == self._assignment.id
        }
        for record in records:
            if record.student not in found:
                found[record.student] = changes.insert(
                    name,
                    assignment_id=self._assignment.id,
                    student_id=record.student,
                    timestamp=record.timestamp,
                    extension=None,
                )
            elif record.timestamp is not None:
                changes.update(name, found[record.student], timestamp=record.timestamp)
        changes.write(connection, self._tables)
        return found

    def _notebooks(
        self, connection: sa.Connection, submissions: Iterable[Row], cells: Mapping[str, _Cells]
    ) -> dict[tuple[str, str], Row]:
        """The submitted notebooks, by submission and notebook; made where there are none."""
        name, changes = "submitted_notebook", Changes()
        ids = [submission["id"] for submission in submissions]
        found = {
            (row["assignment_id"], row["notebook_id"]): row
            for row in self._rows(connection, name, "assignment_id", ids)
        }
        for submission in ids:
            for of_notebook in cells.values():
                if (submission, of_notebook.id) not in found:
                    found[submission, of_notebook.id] = changes.insert(
                        name,
                        assignment_id=submission,
                        notebook_id=of_notebook.id,
                        flagged=False,
                        late_submission_penalty=None,
                    )
        changes.write(connection, self._tables)
        return found

    def _existing(
        self, connection: sa.Connection, table: str, notebooks: Iterable[Row]
    ) -> dict[tuple[str, str], Row]:
        """Rows about cells, by submitted notebook and cell."""
        ids = [row["id"] for row in notebooks]
        rows = self._rows(connection, table, "notebook_id", ids)
        return {(row["notebook_id"], row["cell_id"]): row for row in rows}

    def _cells(self, connection: sa.Connection) -> dict[str, _Cells]:
        notebook, base = self._tables["notebook"], self._tables["base_cell"]
        wanted = (
            sa.select(notebook.c.id, notebook.c.name, base.c.id, base.c.name, base.c.type)
            .join(base, base.c.notebook_id == notebook.c.id, isouter=True)
            .where(notebook.c.assignment_id == self._assignment.id)
        )
        found: dict[str, _Cells] = {}
        for notebook_id, name, cell_id, cell, kind in connection.execute(wanted):
            of_notebook = found.setdefault(name, _Cells(notebook_id))
            if kind in ("GradeCell", "TaskCell"):
                of_notebook.graded[cell_id] = cell
            if kind in ("SolutionCell", "TaskCell"):
                of_notebook.commented[cell_id] = cell
        return found

    def _rows(
        self, connection: sa.Connection, table: str, column: str, values: Sequence[str]
    ) -> list[Row]:
        where = self._tables[table]
        found: list[Any] = []
        for start in range(0, len(values), AT_ONCE):
            wanted = where.c[column].in_(values[start : start + AT_ONCE])
            found += connection.execute(sa.select(where).where(wanted)).mappings().all()
        return [dict(row) for row in found]


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a notebook of which the gradebook has rows, each by its id there."""

    id: str
    graded: dict[str, str] = field(default_factory=dict)
    commented: dict[str, str] = field(default_factory=dict)


def _grades(
    changes: Changes,
    existing: Mapping[tuple[str, str], Row],
    notebook: Row,
    cells: _Cells,
    marks: Marks | None,
) -> float:
    """Write the points of a notebook's cells; returns its score, with what people gave."""
    scores = {score.grade_id: score for score in marks.scores} if marks else {}
    total = 0.0
    for cell_id, name in cells.graded.items():
        row = existing.get((notebook["id"], cell_id))
        auto = (scores[name].auto if name in scores else None) if marks else 0.0
        if row is None:
            row = changes.insert(
                "grade",
                notebook_id=notebook["id"],
                cell_id=cell_id,
                auto_score=auto,
                manual_score=None,
                extra_credit=None,
                needs_manual_grade=auto is None,
            )
        else:
            review = bool(marks) and row["manual_score"] is not None
            review = review or auto is None
            changes.update("grade", row, auto_score=auto, needs_manual_grade=review)
        given = row["manual_score"] if row["manual_score"] is not None else row["auto_score"]
        total += (given + (row["extra_credit"] or 0)) if given is not None else 0
    return total


def _comments(
    changes: Changes,
    existing: Mapping[tuple[str, str], Row],
    notebook: Row,
    cells: _Cells,
    marks: Marks | None,
) -> None:
    """Write nbgrader's own comments on a notebook's answers; without any, what was said stays."""
    for cell_id, name in cells.commented.items():
        row = existing.get((notebook["id"], cell_id))
        comment = marks.comments.get(name) if marks else None
        if row is None:
            about = {"notebook_id": notebook["id"], "cell_id": cell_id}
            changes.insert("comment", **about, auto_comment=comment, manual_comment=None)
        elif marks is not None:
            changes.update("comment", row, auto_comment=comment)
