"""What a lesson is made of, as plain data, in the order in which it stands in the file.

Everywhere `at` is the line of a cell's marker and `line` that of the first line of its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.model import Scenario
from course.source import markers
from course.source.header import Header

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown cell."""

    source: str
    at: int
    line: int


@dataclass(frozen=True, slots=True)
class Example:
    """A code cell that the reader runs; `raises` if it is meant to fail."""

    source: str
    at: int
    line: int
    raises: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """Statements against the checking API that judge one exercise; a second one has a `name`.

    `needs` is what the check is called for which this one waits, another of the same exercise.
    """

    slug: str
    name: str
    points: float
    source: str
    at: int
    line: int
    needs: str = ""

    @property
    def title(self) -> str:
        """What its card calls it."""
        return f"{self.slug}-{self.name}" if self.name else self.slug

    @property
    def visible(self) -> str:
        """The check as a student gets it; line numbers are those of `source`."""
        return markers.without_hidden(self.source)


@dataclass(frozen=True, slots=True)
class Hint:
    """One fold: the title that stands on it, and the text inside."""

    slug: str
    title: str
    text: str
    at: int
    line: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An entry of the bank: a right answer, or a wrong one with the name of its mistake."""

    slug: str
    source: str
    at: int
    line: int
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a question, with the reason why it is right or wrong.

    A wrong one names the misconception that it follows from.
    """

    letter: str
    text: str
    right: bool
    reason: str
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Quiz:
    """A question with exactly one right option.

    `scenario` is what is to be foretold, in a question whose options are found by playing it.
    """

    slug: str
    points: float
    question: str
    options: tuple[Option, ...]
    at: int
    line: int
    scenario: Scenario | None = None

    @property
    def answer(self) -> str:
        """The letter of the right option."""
        return next(option.letter for option in self.options if option.right)

    @property
    def function(self) -> str:
        """The name of the function in which a student answers."""
        return self.slug.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Exercise:
    """An answer cell, with all that belongs to it. `source` has nbgrader's markers in it."""

    slug: str
    source: str
    at: int
    line: int
    checks: tuple[Check, ...] = ()
    hints: tuple[Hint, ...] = ()
    rights: tuple[Answer, ...] = ()
    wrongs: tuple[Answer, ...] = ()

    @property
    def solution(self) -> str:
        """The answer cell solved, without markers."""
        return markers.without_markers(self.source)

    @property
    def stub(self) -> str:
        """The answer cell as a student gets it."""
        return "\n".join(text for _, text in markers.clear(self.source))


Part = Prose | Example | Exercise | Check | Hint | Quiz


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: `cells` in their order, bank left out, and the same by kind."""

    name: str
    path: Path
    header: Header
    cells: tuple[Part, ...]
    exercises: tuple[Exercise, ...]
    quizzes: tuple[Quiz, ...]

    @property
    def number(self) -> str:
        """`06` of `06_short_circuiting`."""
        return self.name[:2]

    @property
    def title(self) -> str:
        """The title, from the front matter."""
        return self.header.title

    @property
    def points(self) -> float:
        """The points that can be earned, from the front matter."""
        return self.header.points
