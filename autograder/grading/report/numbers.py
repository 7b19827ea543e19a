"""The marks of a class, exercise by exercise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean, median

from autograder.grading.cards import Card
from autograder.grading.marks import Assignment, Check

Cards = Mapping[str, Mapping[str, Card]]
"""What each check said, by student and `grade_id`."""

TROUBLES = {
    "timed out": "did not end in time",
    "errored": "were not judged: the check itself went wrong",
    "not attempted": "were not attempted",
    "skipped": "were skipped",
}
"""The verdicts that ask for somebody to look, and what they say of answers."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One graded cell: how many of the class have all its points, a part, none.

    `waiting` have no mark yet, and count in nothing else. `mean` is the mean of the points.
    """

    grade_id: str
    section: str
    maximum: float
    mean: float
    full: int
    part: int
    none: int
    waiting: int

    @property
    def marked(self) -> int:
        """How many have a mark."""
        return self.full + self.part + self.none

    @property
    def lost(self) -> float:
        """The share of the points that the class did not get."""
        return 1 - self.mean / self.maximum if self.maximum and self.marked else 0.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Those of the class to whom a check said something that asks for somebody to look."""

    grade_id: str
    section: str
    verdict: str
    students: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What those who handed in have in all."""

    mean: float
    median: float
    lowest: float
    highest: float
    maximum: float


def totals(assignment: Assignment) -> Totals | None:
    """The totals of an assignment, late penalties taken off; None where nobody handed in."""
    scores = [mark.score for mark in assignment.submitted]
    if not scores:
        return None
    return Totals(fmean(scores), median(scores), min(scores), max(scores), assignment.maximum)


def exercises(assignment: Assignment, sections: Mapping[str, str]) -> list[Exercise]:
    """Every graded cell, in the lesson's order; what the lesson no longer has comes last."""
    by_cell: dict[str, list[Check]] = defaultdict(list)
    for mark in assignment.submitted:
        for check in mark.checks:
            by_cell[check.grade_id].append(check)
    order = {grade_id: place for place, grade_id in enumerate(sections)}
    found = sorted(by_cell, key=lambda grade_id: (order.get(grade_id, len(order)), grade_id))
    return [_exercise(one, sections.get(one, ""), by_cell[one]) for one in found]


def troubles(cards: Cards, sections: Mapping[str, str]) -> list[Trouble]:
    """Who timed out, whom a check failed, who did not try, in the order of `TROUBLES`."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for student, said in cards.items():
        for grade_id, card in said.items():
            if card.verdict in TROUBLES:
                found[card.verdict, grade_id].append(student)
    kinds, cells = list(TROUBLES), list(sections)
    place = {cell: number for number, cell in enumerate(cells)}
    order = sorted(found, key=lambda key: (kinds.index(key[0]), place.get(key[1], len(cells))))
    return [
        Trouble(grade_id, sections.get(grade_id, ""), verdict, tuple(found[verdict, grade_id]))
        for verdict, grade_id in order
    ]


def _exercise(grade_id: str, section: str, checks: list[Check]) -> Exercise:
    marked = [check for check in checks if not check.waits]
    maximum = max(check.maximum for check in checks)
    full = sum(check.score >= check.maximum for check in marked)
    none = sum(check.score <= 0 < check.maximum for check in marked)
    mean = fmean(check.score for check in marked) if marked else 0.0
    part = len(marked) - full - none
    return Exercise(grade_id, section, maximum, mean, full, part, none, len(checks) - len(marked))
