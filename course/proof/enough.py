"""Whether a bank says enough: of each exercise, and of the mistakes that the course knows."""

from __future__ import annotations

from collections.abc import Iterable

from course.proof.bank import rows
from course.source.parts import Exercise, Lesson
from course.source.problems import Problem

RIGHTS, WRONGS, HINTS = 2, 5, 2
"""The fewest that an exercise must have; its solution is not counted among the rights."""


def problems(lesson: Lesson) -> list[Problem]:
    """A sentence for each thing of which an exercise has too few."""
    return [
        Problem(lesson.path, exercise.at, sentence)
        for exercise in lesson.exercises
        for sentence in _too_few(exercise)
    ]


def _too_few(exercise: Exercise) -> Iterable[str]:
    slug = exercise.slug
    if len(exercise.rights) < RIGHTS:
        mend = f'add a cell `# %% right="{slug}"` that is written in a really different way'
        yield _sentence(slug, len(exercise.rights), "right answers", RIGHTS, mend)
    if len(exercise.wrongs) < WRONGS:
        mend = f'add a cell `# %% wrong="{slug}" misconception="..."` with a mistake people make'
        yield _sentence(slug, len(exercise.wrongs), "wrong answers", WRONGS, mend)
    if len(exercise.hints) < HINTS:
        mend = f'add a cell `# %% [markdown] hint="{slug}"`, from a nudge to nearly the answer'
        yield _sentence(slug, len(exercise.hints), "hints", HINTS, mend)


def _sentence(slug: str, there: int, what: str, needed: int, mend: str) -> str:
    count = f"{there or 'no'} {what[:-1] if there == 1 else what}"
    return f"the exercise `{slug}` has {count} and needs {needed}; {mend}"


def used(lessons: Iterable[Lesson]) -> set[str]:
    """The names of the mistakes that some answer of these lessons makes."""
    return {row.misconception for lesson in lessons for row in rows(lesson)} - {""}
