"""Whether everyone says of every answer what its lesson promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from autograder.host.framework import framework
from autograder.verdict import Outcome
from course.proof.bank import Row, rows
from course.proof.columns import Column, Said
from course.source.parts import Lesson
from course.source.problems import Problem


@dataclass(slots=True)
class Proof:
    """What everyone said of every answer of one lesson, `said[row][column]`, and what else `found`.

    A column that was not asked about a row is not there. `alone` are the rows that break their
    promise, and keep it where all other answers are right.
    """

    lesson: Lesson
    said: dict[Row, dict[Column, Said]] = field(init=False)
    alone: set[Row] = field(default_factory=set)
    found: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.said = {row: {} for row in rows(self.lesson)}

    def hear(self, column: Column, heard: Mapping[Row, Said]) -> None:
        """Add what a column said; a row that it has heard already is the same answer again."""
        for row, said in heard.items():
            self.said[row].setdefault(column, said)

    @property
    def broken(self) -> list[Row]:
        """The rows of which somebody said something else than was promised."""
        return [row for row, said in self.said.items() if any(_wrongs(row, said))]

    @property
    def problems(self) -> list[Problem]:
        """A sentence for each thing that was said and not promised, and what else was found."""
        told = [
            Problem(row.path, row.at, f"{row.slug}, {row.label}: {sentence}")
            for row in self.broken
            for sentence in self._sentences(row)
        ]
        return [*told, *self._uncontrolled(), *self.found]

    def _sentences(self, row: Row) -> Iterator[str]:
        """What was said of a row, and by whom; once for all who said the same."""
        found: dict[tuple[str, str], list[Column]] = {}
        for column, sentence in _wrongs(row, self.said[row]):
            found.setdefault(sentence, []).append(column)
        for (wrong, mend), columns in found.items():
            who = " and the ".join(column.title for column in columns)
            message = self.said[row][columns[0]].message.rstrip(".")
            reason = f" ({message})" if message else ""
            if row in self.alone:
                mend = "it is as promised where all others are right: let no exercise need another"
            yield f"{wrong}, says the {who}{reason}; {mend}"

    def _uncontrolled(self) -> Iterator[Problem]:
        """The exercises of whose solution nothing was claimed that only an answer can satisfy."""
        for exercise in self.lesson.exercises:
            said = [
                one
                for row, columns in self.said.items()
                if (row.slug, row.label) == (exercise.slug, "solution")
                for one in columns.values()
            ]
            passed = bool(said) and all(one.outcome is Outcome.PASSED for one in said)
            if passed and not any(one.controlled for one in said):
                wrong = f"the checks of `{exercise.slug}` have no positive control"
                mend = 'let one ask a fresh path that goes through, as in app.get(fresh("/{}"))'
                yield Problem(self.lesson.path, exercise.at, f"{wrong}; {mend}")


def keeps(row: Row, said: Said) -> bool:
    """Whether this is what the bank promises of a row."""
    due = sum(points for _, points in row.checks) if row.outcome is Outcome.PASSED else 0
    promised = (row.outcome, row.misconception, due)
    return (said.outcome, said.misconception, said.marks) == promised


def _wrongs(row: Row, said: Mapping[Column, Said]) -> Iterator[tuple[Column, tuple[str, str]]]:
    """Who said what of a row that was not promised, with the mend."""
    for column, one in said.items():
        if not keeps(row, one):
            yield column, _wrong(row, one)
        elif (one.framework, one.executor) != (framework(column.root).label, column.executor):
            ran = f"something else ran, {one.executor} on {one.framework}"
            yield column, (ran, "look at what judges here")


def _wrong(row: Row, said: Said) -> tuple[str, str]:
    promised = row.misconception or str(row.outcome)
    if str(said) != promised:
        mend = "change the answer, the check, or what the answer is said to be"
        return f"this is `{said}` and not `{promised}`", mend
    points = sum(points for _, points in row.checks)
    due = points if row.outcome is Outcome.PASSED else 0
    return f"this gets {said.marks:g} points and not {due:g}", "look at the points of its checks"
