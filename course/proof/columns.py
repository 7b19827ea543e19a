"""The ways to judge an answer: three executors, each on two frameworks."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autograder.host.framework import framework
from autograder.host.lacking import lacking
from autograder.hosts import Host, LocalHost, PipeHost, SandboxedHost
from autograder.judge import judge
from autograder.verdict import Outcome, Verdict
from autograder.zygote import Zygote
from course.compiler import solved, with_answers
from course.proof import stock
from course.proof.bank import Row, Student
from course.proof.classroom import Graded
from course.source.parts import Lesson

ROOTS = ("minidjango", "django")


@dataclass(frozen=True, slots=True)
class Said:
    """What one way of judging said of one answer, and what really ran.

    `marks` are what counts in the end: the points of the verdicts, or, where nbgrader graded, what
    stands in its gradebook. `message` is what a check said where it did not pass.
    `controlled` says whether a check claimed what only an answer to a fresh question can satisfy.
    """

    outcome: Outcome
    misconception: str
    marks: float
    framework: str
    executor: str
    message: str = ""
    controlled: bool = False

    def __str__(self) -> str:
        return self.misconception or str(self.outcome)


@dataclass(frozen=True, slots=True)
class Column:
    """One way to judge: `executor` by the framework `root`."""

    executor: str
    root: str

    @property
    def title(self) -> str:
        """How this column is called."""
        return f"{self.executor} on {framework(self.root).label}"


LOCKED_IN = not lacking()
APART = "sandbox host" if LOCKED_IN else "pipe host"
"""A host in a process of its own, locked in, as grading has it, where this system can."""
LOCAL, NBGRADER = "local host", "nbgrader autograde"

_zygote = functools.cache(Zygote)
"""One for each framework and all hosts of this process; it ends with us."""


def apart(root: str) -> Host:
    """A host in a process of its own."""
    return SandboxedHost(_zygote(root)) if LOCKED_IN else PipeHost(root)


_HOSTS: dict[str, Callable[[str], Host]] = {APART: apart, LOCAL: LocalHost}


def columns(*executors: str) -> list[Column]:
    """These executors on each framework."""
    return [Column(executor, root) for root in ROOTS for executor in executors]


def judged(lesson: Lesson, students: Sequence[Student], column: Column) -> list[dict[Row, Said]]:
    """What this way of judging says of all that these students hand in, each by itself.

    Raises CourseError where nbgrader fails.
    """
    if column.executor == NBGRADER:
        graded = stock.autograde(lesson, {s.name: s.answers for s in students}, column.root)
        return [{row: _graded(row, graded[s.name]) for row in s.rows} for s in students]
    return [
        {row: said_of(row, verdicts) for row in student.rows}
        for student in students
        for verdicts in [verdicts_on(lesson, student.answers, column)]
    ]


def verdicts_on(lesson: Lesson, answers: dict[str, str], column: Column) -> dict[str, Verdict]:
    """The verdicts of a host, by `grade_id`, on a notebook in which these slugs are answered so."""
    master = solved(lesson)
    make = _HOSTS[column.executor]
    return judge(with_answers(master, answers), master, host=lambda: make(column.root))


def said_of(row: Row, verdicts: dict[str, Verdict]) -> Said:
    """What these verdicts, by `grade_id`, say of a row."""
    mine = [verdicts[grade_id] for grade_id, _ in row.checks]
    worst = next((v for v in mine if not v.passed), mine[0])
    return Said(
        worst.outcome,
        worst.misconception,
        sum(verdict.points for verdict in mine),
        worst.ran.get("framework", "?"),
        f"{worst.ran.get('host', '?')} host",
        "" if worst.passed else worst.message,
        any(verdict.controlled for verdict in mine),
    )


def _graded(row: Row, cells: dict[str, Graded]) -> Said:
    mine = [cells[grade_id] for grade_id, _ in row.checks]
    worst = next((cell for cell in mine if cell.verdict.get("verdict") != "passed"), mine[0])
    ran = worst.verdict.get("ran", {})
    return Said(
        Outcome(worst.verdict.get("verdict", Outcome.ERRORED)),
        worst.verdict.get("misconception", ""),
        sum(cell.score or 0 for cell in mine),
        ran.get("framework", "?"),
        ran.get("executor", "?"),
        "" if worst.verdict else "its cell shows no verdict",
    )
