"""Whether a forger earns anything."""

from __future__ import annotations

from autograder.verdict import Outcome
from course.proof.columns import APART, Column, verdicts_on
from course.proof.forgers import Forger, forged
from course.source import ids
from course.source.parts import Lesson
from course.source.problems import Problem

_MEND = "let its check ask for something fresh that only a right answer can give"


def problems(lesson: Lesson, forger: Forger) -> list[Problem]:
    """A sentence for each exercise in which this forger earns points, or upsets a check."""
    answers = {exercise.slug: forged(forger, exercise) for exercise in lesson.exercises}
    verdicts = verdicts_on(lesson, answers, Column(APART, "minidjango"))
    found = []
    for exercise in lesson.exercises:
        for check in exercise.checks:
            verdict = verdicts[ids.check(check.slug, check.name)]
            who = f"the forger that {forger.name}"
            if verdict.points:
                wrong = f"{who} gets {verdict.points:g} of {check.points:g} points here"
                found.append(Problem(lesson.path, check.at, f"{wrong}; {_MEND}"))
            elif verdict.outcome is Outcome.ERRORED:
                wrong = f"{who} makes the check itself go wrong ({verdict.message})"
                found.append(Problem(lesson.path, check.at, f"{wrong}; let it bear any answer"))
    return found
