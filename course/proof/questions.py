"""What must hold of all questions together: none is asked twice, no letter gives keys away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from autograder.model import Scenario
from autograder.scripted import play
from course.source.parts import Lesson, Quiz
from course.source.problems import Problem, shown

FEW = 6
"""Of how many questions and more no letter may be the key of more than half."""


def problems(lessons: Sequence[Lesson]) -> list[Problem]:
    """What is wrong with the questions of these lessons, taken together."""
    return [*_repeated(lessons), *_otherwise_on_django(lessons), *_guessable(lessons)]


def _repeated(lessons: Sequence[Lesson]) -> Iterator[Problem]:
    """Questions that say, or play, what another one does."""
    stems: dict[str, str] = {}
    scenarios: dict[object, str] = {}
    for lesson, quiz in _questions(lessons):
        here = f"{shown(lesson.path)}:{quiz.at}"
        if other := stems.get(stem(quiz)):
            yield Problem(lesson.path, quiz.at, f"{other} asks in the same words; ask differently")
        stems[stem(quiz)] = here
        if quiz.scenario is None:
            continue
        if other := scenarios.get(shape(quiz.scenario)):
            mend = "add or take away a layer, or let one do something else"
            yield Problem(lesson.path, quiz.at, f"{other} plays the same scenario; {mend}")
        scenarios[shape(quiz.scenario)] = here


def stem(quiz: Quiz) -> str:
    """The words of a question, without the setting that it is about."""
    words = re.sub(r"```.*?```", "", quiz.question, flags=re.DOTALL)
    if quiz.scenario is not None:
        words = words.partition("\n\n")[0]
    return " ".join(re.findall(r"\w+", words.lower()))


def shape(scenario: Scenario) -> object:
    """A scenario whatever its layers and its view are called."""
    does = tuple(scenario.does.get(layer, "") for layer in scenario.layers)
    return does, scenario.style, scenario.requests


def _otherwise_on_django(lessons: Sequence[Lesson]) -> Iterator[Problem]:
    for lesson, quiz in _questions(lessons):
        scenario = quiz.scenario
        if scenario and play(scenario, "django").walk != play(scenario).walk:
            wrong = "its key is another one on Django; mend minidjango, or ask something else"
            yield Problem(lesson.path, quiz.at, wrong)


def _guessable(lessons: Sequence[Lesson]) -> Iterator[Problem]:
    for lesson in lessons:
        keys = Counter(quiz.answer for quiz in lesson.quizzes)
        for letter, count in keys.items():
            if len(lesson.quizzes) >= FEW and count > len(lesson.quizzes) / 2:
                wrong = f"{letter} is right in {count} of {len(lesson.quizzes)} questions"
                yield Problem(lesson.path, None, f"{wrong}; move some right options")


def _questions(lessons: Sequence[Lesson]) -> Iterator[tuple[Lesson, Quiz]]:
    for lesson in lessons:
        for quiz in lesson.quizzes:
            yield lesson, quiz
