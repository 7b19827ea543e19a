"""Marks in nbgrader's own columns, quoted so that a comma in a name does not shift them.

Python's own writer would leave a lone carriage return unquoted, which its reader takes for a line's
end; so cells are quoted as in other people's files.
"""

from __future__ import annotations

from collections.abc import Iterable

from autograder.grading.export.sheet import quoted
from autograder.grading.marks import Assignment, Mark

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
"""The columns of `nbgrader export`, in its order."""


def table(assignments: Iterable[Assignment]) -> str:
    """A CSV file with a row for each student and assignment; no submission is a zero, as there."""
    rows = [list(COLUMNS)]
    rows += [_row(assignment, mark) for assignment in assignments for mark in assignment.marks]
    return "".join(",".join(quoted(value, ",") for value in row) + "\n" for row in rows)


def _row(assignment: Assignment, mark: Mark) -> list[str]:
    student = mark.student
    values = (
        assignment.name,
        assignment.duedate,
        mark.timestamp,
        student.id,
        student.last_name,
        student.first_name,
        student.email,
        mark.raw,
        mark.penalty,
        mark.score,
        assignment.maximum,
    )
    return ["" if value is None else str(value) for value in values]
