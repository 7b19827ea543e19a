"""The page itself: whole in one file, and it asks nobody for anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from autograder.grading.report import drawing
from autograder.grading.report.numbers import TROUBLES, Exercise, Totals, Trouble
from autograder.grading.report.teaching import Lesson, Mistake
from autograder.picture.words import visible

LONGEST = 400
"""How many characters of a word that somebody else chose are shown."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a page says of a class.

    `people` are the names of students by id, empty on an anonymous page; `missing` the ids of
    those who handed in nothing; `waiting` counts marks that are to be given by hand.
    """

    assignment: str
    handed_in: int
    missing: tuple[str, ...]
    totals: Totals | None
    exercises: Sequence[Exercise]
    mistakes: Sequence[Mistake]
    again: Sequence[Lesson]
    troubles: Sequence[Trouble]
    people: Mapping[str, str]
    waiting: int


def html(report: Report) -> str:
    """The page: an HTML document with its style and drawings in it, and no name but `people`'s."""
    return _template().render(report=report, TROUBLES=TROUBLES, hatch=Markup(drawing.HATCH))


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percent=_percent, points=_points, shown=_shown, prose=_prose)
    environment.filters["count"] = _count
    environment.globals.update(bar=_marks, share=_share)
    return environment.get_template("page.html")


def _marks(exercise: Exercise) -> Markup:
    words = f"{exercise.full} in full, {exercise.part} in part, {exercise.none} none"
    return Markup(drawing.bar(exercise.full, exercise.part, exercise.none, words))


def _share(students: int, everybody: int) -> Markup:
    words = f"{students} of {everybody}"
    return Markup(drawing.bar(students, 0, everybody - students, words))


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _points(points: float) -> str:
    return f"{round(points, 2):g}"


def _shown(words: str) -> str:
    return visible(words, LONGEST)


def _prose(words: str) -> Markup:
    """A sentence, with what stands between two backquotes as code."""
    pieces = _shown(words).split("`")
    if len(pieces) % 2 == 0:
        return escape(_shown(words))
    code = Markup("<code>{}</code>")
    shown = [code.format(one) if n % 2 else escape(one) for n, one in enumerate(pieces)]
    return Markup().join(shown)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
