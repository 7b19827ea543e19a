"""The marks that nbgrader gave a pretend class, held against those that the bank promises."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.host.framework import framework
from autograder.verdict import Outcome
from course.proof.bank import Row
from course.proof.classroom import Graded
from course.source.parts import Lesson

EXECUTOR = "nbgrader autograde"
"""Who has to have run a notebook, in the words of a verdict's `ran`."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One exercise or question of a pretend student's: what was promised, and what came.

    `given` has the checks that nbgrader graded, by `grade_id`.
    """

    row: Row
    given: dict[str, Graded]

    @property
    def due(self) -> dict[str, float]:
        """The marks that the bank promises, by `grade_id`."""
        passed = self.row.outcome is Outcome.PASSED
        return {grade_id: points if passed else 0 for grade_id, points in self.row.checks}

    @property
    def verdict(self) -> tuple[str, str]:
        """Outcome and misconception as the page shows them: those of the first check not passed."""
        shown = [graded.verdict for graded in self.given.values() if graded.verdict]
        worst = next((v for v in shown if v["verdict"] != "passed"), shown[0] if shown else {})
        return worst.get("verdict", ""), worst.get("misconception", "")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One notebook that a pretend student handed in; `feedback` is its page."""

    student: str
    lesson: Lesson
    answered: tuple[Answered, ...]
    feedback: Path

    @property
    def marks(self) -> float:
        """The marks in the gradebook."""
        return sum(graded.score for one in self.answered for graded in one.given.values())

    @property
    def expected(self) -> float:
        """The marks that the bank promises."""
        return sum(sum(one.due.values()) for one in self.answered)


def differences(handed_in: Sequence[HandedIn], exported: Path) -> list[str]:
    """A sentence for everything that is not as the bank says, and where the CSV says otherwise."""
    found = [sentence for notebook in handed_in for sentence in _differences(notebook)]
    return [*found, *_not_exported(handed_in, exported)]


def _differences(notebook: HandedIn) -> Iterator[str]:
    if not notebook.feedback.is_file():
        yield f"{notebook.lesson.name}, {notebook.student}: there is no feedback page"
    for one in notebook.answered:
        who = f"{notebook.lesson.name}, {notebook.student}, {one.row.slug}, {one.row.label}"
        for sentence in (*_wrong_marks(one), *_wrong_verdict(one)):
            yield f"{who}: {sentence}"


def _wrong_marks(one: Answered) -> Iterator[str]:
    points = dict(one.row.checks)
    for grade_id, due in one.due.items():
        graded = one.given.get(grade_id)
        if graded is None:
            yield f"the gradebook has no {grade_id}"
        elif graded.by_hand:
            yield f"nbgrader could not mark {grade_id}, and waits for somebody who does"
        elif (graded.score, graded.maximum) != (due, points[grade_id]):
            promised = f"{due:g} of {points[grade_id]:g}"
            given = f"{graded.score:g} of {graded.maximum:g}"
            yield f"{grade_id} is promised {promised} points and got {given}"


def _wrong_verdict(one: Answered) -> Iterator[str]:
    promised, said = (str(one.row.outcome), one.row.misconception), one.verdict
    if said != promised:
        yield f"its card says `{_worded(*said)}`, and the bank `{_worded(*promised)}`"
    wanted = {"executor": EXECUTOR, "framework": framework("minidjango").label}
    for grade_id, graded in one.given.items():
        ran = {key: graded.verdict.get("ran", {}).get(key, "nothing") for key in wanted}
        if ran != wanted:
            really = f"{ran['executor']} on {ran['framework']}"
            yield f"{grade_id} was run by {really}, not {EXECUTOR} on {wanted['framework']}"


def _worded(outcome: str, misconception: str) -> str:
    return misconception or outcome or "nothing"


def _not_exported(handed_in: Sequence[HandedIn], exported: Path) -> Iterator[str]:
    """Where the exported marks are not those of the gradebook."""
    with exported.open(encoding="utf-8", newline="") as file:
        lines = {(line["assignment"], line["student_id"]): line for line in csv.DictReader(file)}
    for notebook in handed_in:
        line = lines.get((notebook.lesson.name, notebook.student), {})
        in_csv = [float(line.get(key) or "nan") for key in ("score", "max_score")]
        if in_csv != [notebook.marks, notebook.lesson.points]:
            who = f"{notebook.lesson.name}, {notebook.student}"
            gradebook = f"{notebook.marks:g} of {notebook.lesson.points:g}"
            said = f"{in_csv[0]:g} of {in_csv[1]:g}"
            yield f"{who}: {exported.name} says {said} points, and the gradebook {gradebook}"
