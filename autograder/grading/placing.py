"""Submissions that are done, put where they belong.

First the gradebook, then the folder, then the note that both are done: whatever interrupts this,
what is in its place is whole, and the next run does again what has no such note.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from autograder.grading import autograded
from autograder.grading.cache import Cache
from autograder.grading.course import Course
from autograder.grading.errors import GradingError
from autograder.grading.gradebook import Gradebook
from autograder.grading.job import Result
from autograder.grading.late import penalty
from autograder.grading.records import Marks, Record, Records
from autograder.grading.submitted import Files, Submission
from autograder.grading.tally import Report

NOT_KNOWN = (
    "the gradebook knows nobody of that name, and this course adds nobody by itself "
    "(Autograde.create_student); add them with `nbgrader db student add`"
)


@dataclass(frozen=True, slots=True)
class Pending:
    """A submission on its way, and the state in which it is once all of it is written."""

    submission: Submission
    files: Files
    state: dict[str, Any]
    futures: dict[str, Future[Result]]


class Placing:
    """The gradebook and the folders of one assignment; what is done is counted in `report`."""

    def __init__(
        self, course: Course, assignment: str, gradebook: Gradebook, cache: Cache, report: Report
    ) -> None:
        self._course, self._assignment, self._gradebook = course, assignment, gradebook
        self._cache, self._report = cache, report
        self._penalty = penalty(course)

    def dates(self) -> dict[str, str]:
        """The extension of each student who has a submission in the gradebook; under "" the day
        on which it is due.
        """
        with self._gradebook.transaction() as connection:
            assignment = self._gradebook.assignment(connection, self._assignment)
            known = Records(self._gradebook.tables, assignment, self._penalty)
            extensions = known.extensions(connection)
        return {"": str(assignment.duedate), **extensions}

    def in_place(self, student: str, state: dict[str, Any]) -> bool:
        """Whether just this is in the gradebook and in its folder."""
        noted = self._cache.graded(student)
        return bool(noted) and noted == {**state, "files": self._stamp(student, state)}

    def _stamp(self, student: str, state: dict[str, Any]) -> list[int] | None:
        names = list(state["jobs"])
        return autograded.written(self._course, student, self._assignment, names)

    def write(self, done: Sequence[Pending]) -> None:
        """Write submissions all of whose jobs are done.

        Where the grader itself went wrong, what was there before stays as it is.
        """
        results = {
            pending.submission.student: {
                name: future.result() for name, future in pending.futures.items()
            }
            for pending in done
        }
        done = [one for one in done if not self._ours(one.submission.student, results)]
        for of_student in results.values():
            for result in of_student.values():
                self._cache.keep(result)
        known = self._record(done, results)
        for pending in done:
            student = pending.submission.student
            if student in known:
                self._place(pending, results[student])
            else:
                self._report.trouble(student, NOT_KNOWN)

    def _ours(self, student: str, results: dict[str, dict[str, Result]]) -> bool:
        """Whether the grader went wrong over a submission; its row says so."""
        lost = {name: one.fault for name, one in results[student].items() if one.ours}
        for name, fault in lost.items():
            self._report.trouble(student, f"{name}.ipynb: {fault}")
        return bool(lost)

    def _record(self, done: Sequence[Pending], results: dict[str, dict[str, Result]]) -> set[str]:
        """Tell the gradebook; returns the students whom it knows."""
        records = [
            Record(
                pending.submission.student,
                pending.submission.timestamp,
                {
                    name: Marks(not one.fault, one.scores, one.comments or {})
                    for name, one in results[pending.submission.student].items()
                },
            )
            for pending in done
        ]
        with self._gradebook.transaction() as connection:
            assignment = self._gradebook.assignment(connection, self._assignment)
            writer = Records(self._gradebook.tables, assignment, self._penalty)
            ids = [record.student for record in records]
            known = writer.students(connection, ids, self._course.create_student)
            writer.write(connection, [record for record in records if record.student in known])
        return known

    def _place(self, pending: Pending, results: dict[str, Result]) -> None:
        """Put the autograded notebooks where they belong, and note it."""
        student, assignment = pending.submission.student, self._assignment
        texts = {name: one.notebook for name, one in results.items() if not one.fault}
        try:
            autograded.write(self._course, student, assignment, texts, pending.files)
            for name, one in results.items():
                self._report.judged += one.judged
                self._report.ran += one.ran
                if one.fault:
                    self._report.trouble(student, f"{name}.ipynb: {one.fault}")
            if len(texts) == len(results):
                self._report.graded += 1
                stamp = self._stamp(student, pending.state)
                self._cache.note(student, {**pending.state, "files": stamp})
        except OSError as error:
            raise GradingError(
                f"{error.filename} cannot be written ({error.strerror}). "
                "What is graded is kept; the same command goes on from there."
            ) from error
