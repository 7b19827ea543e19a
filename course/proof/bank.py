"""What a lesson promises of every answer that it knows: the rows that `verify` proves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.verdict import Outcome
from course.source import ids
from course.source.parts import Exercise, Lesson, Quiz


@dataclass(frozen=True, slots=True)
class Row:
    """One answer to one exercise, and the verdict that its lesson promises.

    `checks` are the `grade_id`s of the exercise's checks with the points of each; `at` is the line
    of the lesson's file on which the answer stands.
    """

    slug: str
    label: str
    source: str
    outcome: Outcome
    checks: tuple[tuple[str, float], ...]
    path: Path
    at: int
    misconception: str = ""

    @property
    def student(self) -> str:
        """A name for nbgrader under which this answer is handed in."""
        return f"{self.slug}-{self.label}".replace(" ", "-")


def rows(lesson: Lesson) -> list[Row]:
    """Every answer of a lesson's bank, the solutions and the stubs among them."""
    found: list[Row] = []
    for exercise in lesson.exercises:
        found += _of_exercise(lesson, exercise)
    for quiz in lesson.quizzes:
        found += _of_quiz(lesson, quiz)
    return found


@dataclass(frozen=True, slots=True)
class Student:
    """Someone made up, who hands in a row of the bank for every exercise and question."""

    name: str
    rows: tuple[Row, ...]

    @property
    def answers(self) -> dict[str, str]:
        """What this student writes, by slug."""
        return {row.slug: row.source for row in self.rows}


def pretend_students(lesson: Lesson) -> list[Student]:
    """As few students as can hand in every answer of a lesson between them.

    Each answers every exercise and question; who comes after the end of a bank answers rightly.
    """
    banks: dict[str, list[Row]] = {}
    for row in rows(lesson):
        banks.setdefault(row.slug, []).append(row)
    longest = max(map(len, banks.values()), default=0)
    right = {
        slug: next(r for r in bank if r.outcome is Outcome.PASSED) for slug, bank in banks.items()
    }
    return [
        Student(
            f"student-{number + 1:02}",
            tuple(
                bank[number] if number < len(bank) else right[slug] for slug, bank in banks.items()
            ),
        )
        for number in range(longest)
    ]


def alone(lesson: Lesson, row: Row) -> Student:
    """A student who hands in this row, and else only what is right."""
    right = {r.slug: r for r in reversed(rows(lesson)) if r.outcome is Outcome.PASSED}
    return Student("alone", tuple({**right, row.slug: row}.values()))


def _of_exercise(lesson: Lesson, exercise: Exercise) -> Iterator[Row]:
    checks = tuple((ids.check(c.slug, c.name), c.points) for c in exercise.checks)

    def row(label: str, source: str, outcome: Outcome, at: int, misconception: str = "") -> Row:
        return Row(exercise.slug, label, source, outcome, checks, lesson.path, at, misconception)

    yield row("solution", exercise.solution, Outcome.PASSED, exercise.at)
    yield row("stub", exercise.stub, Outcome.NOT_ATTEMPTED, exercise.at)
    for number, right in enumerate(exercise.rights, 1):
        yield row(f"right {number}", right.source, Outcome.PASSED, right.at)
    for number, wrong in enumerate(exercise.wrongs, 1):
        yield row(f"wrong {number}", wrong.source, Outcome.FAILED, wrong.at, wrong.misconception)


def _of_quiz(lesson: Lesson, quiz: Quiz) -> Iterator[Row]:
    checks = ((ids.check(quiz.slug), quiz.points),)

    def row(label: str, statement: str, outcome: Outcome, misconception: str = "") -> Row:
        source = f"def {quiz.function}():\n    {statement}\n"
        return Row(quiz.slug, label, source, outcome, checks, lesson.path, quiz.at, misconception)

    yield row("stub", "raise NotImplementedError()", Outcome.NOT_ATTEMPTED)
    for option in quiz.options:
        outcome = Outcome.PASSED if option.right else Outcome.FAILED
        label, statement = f"option {option.letter}", f"return {option.letter!r}"
        yield row(label, statement, outcome, option.misconception)
