"""Of all names that fit a failure it gets the first: asked of every bank, and of mutants drawn."""

from __future__ import annotations

import random

import pytest

from autograder import judgement, misconceptions
from autograder.evidence import Evidence
from autograder.misconceptions import REGISTRY, Misconception
from autograder.misconceptions.case import case_of
from course.lesson import all_lessons, read
from course.proof.mutants.judging import Court, sandbox
from course.proof.mutants.making import mutants
from course.shelves import Shelves
from course.source.parts import Exercise

LESSONS = [read(path) for path in all_lessons(Shelves.of_the_course().lessons)]
EXERCISES = [(lesson, exercise) for lesson in LESSONS for exercise in lesson.exercises]
DRAWN = 20
"""How many mutants are asked, of one exercise in five."""


def sources(exercise: Exercise, chance: random.Random) -> list[str]:
    """The wrong answers of a bank, and some that nobody thought of."""
    found = [wrong.source for wrong in exercise.wrongs]
    if chance.random() < 0.2:
        found += [mutant.source for mutant in chance.sample(mutants(exercise), DRAWN)]
    return found


def fit(evidence: Evidence) -> list[str]:
    """The names of all that fit what is told, each asked by itself, the last one first."""
    told, _ = evidence.first_broken() or (None, None)
    entries = [*enumerate(REGISTRY.values())][::-1]
    if told is None:
        found = [(place, e.name) for place, e in entries if e.fits_unasked(evidence)]
    else:
        found = [(place, e.name) for place, e in entries if e.fits(case_of(evidence, told))]
    return [name for _, name in sorted(found)]


def test_the_name_of_a_failure_is_the_first_of_the_registry_that_fits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seed = random.randrange(10_000)
    print(f"the mutants are drawn with the seed {seed}")
    chance, heard, several = random.Random(seed), list[Evidence](), 0

    def diagnose(evidence: Evidence) -> Misconception | None:
        heard.append(evidence)
        return misconceptions.diagnose(evidence)

    monkeypatch.setattr(judgement, "diagnose", diagnose)
    with sandbox() as make:
        for lesson, exercise in EXERCISES:
            court = Court(lesson, exercise, make)
            for source in sources(exercise, chance):
                heard.clear()
                verdict = court.judged(source).verdict
                names = fit(heard[0]) if heard else []
                assert verdict.misconception == (names or [""])[0], (verdict.message, source)
                several += len(names) > 1
    assert several > 5
