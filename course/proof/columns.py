"""The ways to judge an answer: three executors, each on two frameworks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.host.framework import framework
from autograder.hosts import Host, LocalHost, PipeHost
from autograder.judge import judge
from autograder.verdict import Outcome
from course.compiler import solved, with_answers
from course.proof import stock
from course.proof.bank import Row
from course.source.parts import Lesson


@dataclass(frozen=True, slots=True)
class Said:
    """What one way of judging said of one answer, and what really ran.

    `marks` are what counts in the end: the points of the verdicts, or, where nbgrader graded, what
    stands in its gradebook. `message` is why a check itself went wrong, where it did.
    """

    outcome: Outcome
    misconception: str
    marks: float
    framework: str
    executor: str
    message: str = ""

    def __str__(self) -> str:
        return self.misconception or str(self.outcome)


@dataclass(frozen=True, slots=True)
class Column:
    """One way to judge: `executor` by `root`'s framework; `judge` takes all rows of a lesson."""

    executor: str
    root: str
    judge: Callable[[Lesson, list[Row]], list[Said]]

    @property
    def title(self) -> str:
        """How the table heads this column."""
        return f"{self.executor}\non {framework(self.root).label}"


def columns(nbgrader: bool) -> list[Column]:
    """The columns of the table; those of stock nbgrader start it for real, and take a while."""
    found = [_by_host(root, host) for root in ROOTS for host in (LocalHost, PipeHost)]
    if nbgrader:
        found += [_by_nbgrader(root) for root in ROOTS]
    return found


ROOTS = ("minidjango", "django")


def _by_host(root: str, make: Callable[[str], Host]) -> Column:
    def judge_rows(lesson: Lesson, rows: list[Row]) -> list[Said]:
        master = solved(lesson)
        return [_judged(master, row, lambda: make(root)) for row in rows]

    return Column("local host" if make is LocalHost else "pipe host", root, judge_rows)


def _judged(master: NotebookNode, row: Row, host: Callable[[], Host]) -> Said:
    answered = with_answers(master, {row.slug: row.source})
    verdicts = judge(answered, master, host=host)
    mine = [verdicts[grade_id] for grade_id, _ in row.checks]
    worst = next((v for v in mine if not v.passed), mine[0])
    ran = f"{worst.ran.get('host', '?')} host"
    marks = sum(verdict.points for verdict in mine)
    label = worst.ran.get("framework", "?")
    fault = worst.message if worst.outcome is Outcome.ERRORED else ""
    return Said(worst.outcome, worst.misconception, marks, label, ran, fault)


def _by_nbgrader(root: str) -> Column:
    def judge_rows(lesson: Lesson, rows: list[Row]) -> list[Said]:
        graded = stock.autograde(
            lesson, {row.student: (row.slug, row.source) for row in rows}, root
        )
        return [_graded(row, graded[row.student]) for row in rows]

    return Column("nbgrader autograde", root, judge_rows)


def _graded(row: Row, cells: dict[str, stock.Graded]) -> Said:
    mine = [cells[grade_id] for grade_id, _ in row.checks]
    worst = next((cell for cell in mine if cell.verdict["verdict"] != "passed"), mine[0])
    ran = worst.verdict["ran"]
    return Said(
        Outcome(worst.verdict["verdict"]),
        worst.verdict["misconception"],
        sum(cell.score for cell in mine),
        ran.get("framework", "?"),
        ran.get("executor", "?"),
    )
