"""What the checks of an exercise say of an answer, judged by itself in a locked-in host."""

from __future__ import annotations

import ast
import contextlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.host.wire import Message
from autograder.hosts import Answer, Host
from autograder.judge import Notebook, judge
from autograder.judge_command import hosts
from autograder.names import defined_names, free_names
from autograder.verdict import Outcome, Verdict
from autograder.zygote import NoZygote
from course.compiler.cells import cells_of
from course.source.parts import Example, Exercise, Lesson

DEADLINE = 10.0
"""How long one exchange with a mutant may take, in seconds: some never end."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on an answer, the worst of its checks, and all that its host was told to do."""

    verdict: Verdict
    commands: tuple[Message, ...]

    @property
    def passed(self) -> bool:
        """Whether every check let it through."""
        return self.verdict.outcome is Outcome.PASSED


@contextlib.contextmanager
def sandbox() -> Iterator[Callable[[], Host]]:
    """What makes hosts: locked in where the system can do that, else behind a pipe."""
    with contextlib.ExitStack() as around:
        try:
            make = around.enter_context(hosts(deadline=DEADLINE))
        except NoZygote:  # these answers are our own, but for a change
            make = around.enter_context(hosts(deadline=DEADLINE, sandbox=False))
        yield make


class Court:
    """The checks of one exercise, which judge any source as its answer.

    `make` makes hosts. What is fresh in the checks is the same for every answer, so that one asks
    of each what it asks of the solution.
    """

    def __init__(self, lesson: Lesson, exercise: Exercise, make: Callable[[], Host]) -> None:
        self._lesson, self._exercise, self._make = lesson, exercise, make
        self._checks = [cell for check in exercise.checks for cell in cells_of(check, lesson)]
        self._examples = _needed(lesson, exercise)

    def judged(self, source: str) -> Judged:
        """The verdict on this source."""
        told: list[Message] = []

        def listening() -> Host:
            host = self._make()
            ask = host.ask

            def heard(command: Message, answer: Answer) -> Message:
                told.append(command)
                return ask(command, answer)

            host.ask = heard  # type: ignore[method-assign]
            return host

        code = [{"cell_type": "code", "source": text} for text in (self._examples, source)]
        notebook: Notebook = {"cells": [*code, *self._checks]}
        verdicts = judge(notebook, host=listening, chance=random.Random(self._exercise.slug))
        worst = next((v for v in verdicts.values() if not v.passed), next(iter(verdicts.values())))
        return Judged(worst, tuple(told))


def _needed(lesson: Lesson, exercise: Exercise) -> str:
    """What defines the names that an exercise's answers use, from the examples above it.

    These are the statements that bind them, and those that bind what these use in turn: nothing
    that an example asks or shows is run.
    """
    answers = (exercise.solution, *(right.source for right in exercise.rights))
    missing = {name for answer in answers for name in free_names(answer)}
    found: list[str] = []
    for statement in reversed(_statements(lesson, exercise)):
        if missing & (given := defined_names(statement)):
            found.append(statement)
            missing = (missing - given) | set(free_names(statement))
    return "\n".join(reversed(found))


def _statements(lesson: Lesson, exercise: Exercise) -> list[str]:
    """The statements of all examples above an exercise that are plain Python."""
    found: list[str] = []
    for part in lesson.cells[: lesson.cells.index(exercise)]:
        if isinstance(part, Example):
            with contextlib.suppress(SyntaxError):  # a magic of IPython's
                found += map(ast.unparse, ast.parse(part.source).body)
    return found
