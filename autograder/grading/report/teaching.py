"""The misconceptions of a class, ranked, and what to teach again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from autograder.grading.report.numbers import Cards, Exercise
from autograder.misconceptions import REGISTRY

SECTIONS, LOST, MISTAKES = 5, 0.15, 3
"""At most so many sections are to be taught again, where that share of the points was lost.

Of each, so many mistakes are told.
"""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A misconception that somebody in the class has, with the words of the registry.

    `students` have it; `cells` counts the answers in which it showed, by `grade_id`, most first;
    `example` is what one of them read about it, or "".
    """

    name: str
    title: str
    explanation: str
    hint: str
    students: int
    share: float
    cells: Mapping[str, int]
    example: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """A section to be taught again: the share of its points that was lost, and to which mistakes.

    `title` is its heading, or the exercise's name where it has none; beside each mistake stands in
    how many of the section's answers it showed.
    """

    title: str
    lost: float
    mistakes: tuple[tuple[Mistake, int], ...]


def mistakes(cards: Cards, fit: Callable[[str], bool]) -> list[Mistake]:
    """The misconceptions of a class, most frequent first; examples are such as `fit` to be shown.

    Who has one twice counts once.
    """
    who: dict[str, set[str]] = defaultdict(set)
    where: dict[str, Counter[str]] = defaultdict(Counter)
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for student, found in cards.items():
        for grade_id, card in found.items():
            if card.misconception:
                who[card.misconception].add(student)
                where[card.misconception][grade_id] += 1
                said[card.misconception][card.message] += 1
    ranked = sorted(who, key=lambda name: (-len(who[name]), name))
    return [
        _mistake(name, len(who[name]), len(cards), where[name], _example(said[name], fit))
        for name in ranked
    ]


def teach_again(exercises: Sequence[Exercise], found: Sequence[Mistake]) -> list[Lesson]:
    """The sections in which most points were lost, those with the greatest share first."""
    groups: dict[str, list[Exercise]] = defaultdict(list)
    for exercise in exercises:
        groups[exercise.section or exercise.grade_id].append(exercise)
    lost = {title: _lost(group) for title, group in groups.items()}
    worst = sorted((title for title in groups if lost[title] >= LOST), key=lambda t: -lost[t])
    return [
        Lesson(title, lost[title], _shown_in(groups[title], found)) for title in worst[:SECTIONS]
    ]


def _shown_in(
    group: Sequence[Exercise], found: Sequence[Mistake]
) -> tuple[tuple[Mistake, int], ...]:
    """The mistakes that showed most in some exercises."""
    cells = [exercise.grade_id for exercise in group]
    counted = [(one, sum(one.cells.get(cell, 0) for cell in cells)) for one in found]
    shown = sorted((pair for pair in counted if pair[1]), key=lambda pair: -pair[1])
    return tuple(shown[:MISTAKES])


def _lost(group: Sequence[Exercise]) -> float:
    """The share of the points of some exercises that those who have a mark did not get."""
    there = sum(exercise.maximum * exercise.marked for exercise in group)
    got = sum(exercise.mean * exercise.marked for exercise in group)
    return 1 - got / there if there else 0.0


def _mistake(
    name: str, students: int, everybody: int, where: Counter[str], example: str
) -> Mistake:
    cells = dict(where.most_common())
    known = REGISTRY.get(name)  # none, if it was graded with another version
    words = (known.title, known.explanation, known.hint) if known else (name, "", "")
    return Mistake(name, *words, students, students / everybody, cells, example)


def _example(said: Mapping[str, int], fit: Callable[[str], bool]) -> str:
    """What most of them read; of several, the shortest."""
    fitting = [message for message in said if message and fit(message)]
    return min(fitting, key=lambda message: (-said[message], len(message), message), default="")
