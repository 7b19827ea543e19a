"""The marks of a class, read from nbgrader's gradebook and left as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from autograder.grading.errors import GradingError

if TYPE_CHECKING:
    from autograder.grading.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody of the class; what the gradebook does not know is None."""

    id: str
    last_name: str | None = None
    first_name: str | None = None
    email: str | None = None
    lms_user_id: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """The points for one graded cell; `waits` for a mark by hand, or got one, `by_hand`."""

    notebook: str
    grade_id: str
    score: float
    maximum: float
    waits: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What one student has for an assignment; nothing but zeros where nothing was `submitted`."""

    student: Student
    submitted: bool = False
    timestamp: datetime | None = None
    raw: float = 0.0
    penalty: float = 0.0
    checks: tuple[Check, ...] = ()

    @property
    def score(self) -> float:
        """The points that count, as nbgrader exports them: those for lateness are taken off."""
        return max(0.0, self.raw - self.penalty) if self.submitted else 0.0

    @property
    def waits(self) -> bool:
        """Whether a part of it waits for a mark by hand."""
        return any(check.waits for check in self.checks)


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment, and the mark of every student in the gradebook's order."""

    name: str
    duedate: datetime | None
    maximum: float
    marks: tuple[Mark, ...]

    @property
    def submitted(self) -> list[Mark]:
        """The marks of those who handed something in."""
        return [mark for mark in self.marks if mark.submitted]


def read(db_url: str, names: Sequence[str]) -> list[Assignment]:
    """The assignments of these names, or all of them, in the gradebook's order.

    Nothing is written. Raises GradingError where there is no gradebook, or no such assignment.
    """
    from autograder.grading.ledger import ledger  # it takes a while to import

    with ledger(db_url) as book:
        return list(_assignments(book, names))


def _assignments(book: Ledger, names: Sequence[str]) -> Iterator[Assignment]:
    there = {row.name: row for row in book.assignments()}
    for name in names:
        if name not in there:
            known = f"it has {', '.join(there)}" if there else "it has none yet"
            raise GradingError(f"The gradebook has no assignment {name!r}: {known}.")
    students = [
        Student(row.id, row.last_name, row.first_name, row.email, row.lms_user_id)
        for row in book.students()
    ]
    for name, row in there.items():
        if name in names or not names:
            submitted = {found.student_id: found for found in book.submissions(row.id)}
            checks: dict[str, list[Check]] = {student: [] for student in submitted}
            for grade in book.grades(row.id):
                checks[grade.student_id].append(_check(grade))
            marks = (_mark(one, submitted.get(one.id), checks.get(one.id, [])) for one in students)
            yield Assignment(name, row.duedate, float(row.max_score), tuple(marks))


def _mark(student: Student, submitted: Any, checks: list[Check]) -> Mark:
    if submitted is None:
        return Mark(student)
    timestamp, raw, penalty = submitted.timestamp, submitted.raw, submitted.penalty
    return Mark(student, True, timestamp, float(raw), float(penalty), tuple(checks))


def _check(grade: Any) -> Check:
    return Check(
        grade.notebook,
        grade.name,
        float(grade.score),
        float(grade.max_score),
        bool(grade.needs_manual_grade),
        grade.manual_score is not None,
    )
