"""Every mutant of every exercise, judged, and told from the solution."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.verdict import Outcome
from course.proof.mutants.judging import Court, Judged, sandbox
from course.proof.mutants.making import Mutant, mutants
from course.proof.mutants.telling import Commands, Teller
from course.proof.mutants.truth import is_true
from course.proof.side_by_side import Job, Workers
from course.source.parts import Exercise, Lesson


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant: the verdict, and where it `differs` from the solution, if it does.

    `misconception` is the name under which it failed, `message` what its check said.
    """

    mutant: Mutant
    outcome: Outcome
    misconception: str
    message: str
    differs: tuple[str, ...]

    @property
    def survived(self) -> bool:
        """Whether its checks let it through."""
        return self.outcome is Outcome.PASSED

    @property
    def named(self) -> str:
        """`right`, `wrong` or `silent`, as its diagnosis was; empty where there is none to judge.

        Of a wrong answer that the bank has too, the diagnosis was written for that one.
        """
        if self.survived or self.mutant.in_bank:
            return ""
        if not self.misconception:
            return "silent"
        return "right" if is_true(self.misconception, self.mutant.changes) else "wrong"


@dataclass(slots=True)
class Tally:
    """What became of all mutants of one exercise; `unfit` says why they could not be judged."""

    lesson: Lesson
    exercise: Exercise
    fates: list[Fate] = field(default_factory=list)
    unfit: str = ""

    @property
    def survivors(self) -> list[Fate]:
        """The mutants that are let through."""
        return [fate for fate in self.fates if fate.survived]

    @property
    def equal(self) -> list[Fate]:
        """Those of them that nobody can tell from the solution."""
        return [fate for fate in self.survivors if not fate.differs]

    @property
    def holes(self) -> list[Fate]:
        """Those of them that do something else."""
        return [fate for fate in self.survivors if fate.differs]

    @property
    def strict(self) -> list[Fate]:
        """The mutants that are not let through, though nobody can tell them from the solution."""
        ended = (Outcome.FAILED, Outcome.ERRORED)
        return [fate for fate in self.fates if fate.outcome in ended and not fate.differs]

    @property
    def named(self) -> Counter[str]:
        """How often its diagnosis was right, wrong or silent."""
        return Counter(fate.named for fate in self.fates)


def prove(lessons: Sequence[Lesson], workers: Workers) -> list[Tally]:
    """What became of every mutant of these lessons, by exercise, always in the same order."""
    tallies = [Tally(lesson, exercise) for lesson in lessons for exercise in lesson.exercises]
    # What takes longest first, so that nobody waits for one who has only just begun.
    workers.do(list(map(_job, sorted(tallies, key=lambda t: -len(t.exercise.solution)))))
    return tallies


def _job(tally: Tally) -> Job:
    def hear(heard: list[Fate] | str) -> None:
        if isinstance(heard, str):
            tally.unfit = heard
        else:
            tally.fates = heard

    title = f"{tally.lesson.name}: mutants of {tally.exercise.slug}"
    return Job(title, examined, (tally.lesson, tally.exercise), hear)


def examined(lesson: Lesson, exercise: Exercise) -> list[Fate] | str:
    """What becomes of each mutant of an exercise; a sentence where its solution does not pass."""
    with sandbox() as make:
        court = Court(lesson, exercise, make)
        solution = court.judged(exercise.solution)
        if not solution.passed:
            return f"its solution does not pass ({solution.verdict.message})"
        made = mutants(exercise)

        def rights() -> list[Commands]:
            return [court.judged(right.source).commands for right in exercise.rights]

        sources = [exercise.solution, *(mutant.source for mutant in made)]
        teller = Teller(exercise.slug, solution.commands, rights, sources)
        return [_fate(mutant, court.judged(mutant.source), teller) for mutant in made]


def _fate(mutant: Mutant, said: Judged, teller: Teller) -> Fate:
    verdict = said.verdict
    ended = verdict.outcome is not Outcome.TIMED_OUT  # what hung there would hang here
    differs = teller.differences(said.commands) if ended else ["it does not end"]
    return Fate(mutant, verdict.outcome, verdict.misconception, verdict.message, tuple(differs))
