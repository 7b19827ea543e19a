"""What a lesson must not show: the lines of its solutions, hidden parts and bank that tell."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator

from course.source import markers
from course.source.parts import Check, Example, Exercise, Hint, Lesson, Part, Prose, Quiz

SHORTEST = 12
"""A line with fewer characters than this tells nothing."""

# What stands in nearly every layer, whatever it does.
_COMMON = re.compile(
    r"""
    (from|import)\ .*
    | (return|yield|raise|pass|try|else|finally)\b\ ?\w*:?
    | (async\ )?def\ \w+\((self,\ )?(request(,\ \w+)*|get_response)\):
    | (self\.)?get_response\ =\ get_response
    | (return|response\ =)\ (self\.)?get_response\(request\)
    """,
    re.VERBOSE,
)

_PYTHONS = {*keyword.kwlist, *dir(builtins), "_", "self"}


def _tells(line: str) -> bool:
    """Whether a line is more than what any program has, such as `for _ in range(2):`."""
    own = set(re.findall(r"[^\W\d]\w*", line)) - _PYTHONS
    return len(line) >= SHORTEST and bool(own) and not _COMMON.fullmatch(line)


def secret_lines(lesson: Lesson) -> dict[str, int]:
    """The lines, stripped, that a student must not get, each with its line in the lesson's file.

    They are those of solution regions, hidden parts, rights and wrongs, but for what tells nothing
    (short lines, imports, what every layer has, no name but Python's own) and what the lesson
    shows elsewhere itself: in prose, examples, hints, questions, stubs and the visible parts of
    checks.
    """
    shown = "\n".join(_shown(lesson))
    found: dict[str, int] = {}
    for at, line in _hidden(lesson):
        if _tells(line) and line not in shown:
            found.setdefault(line, at)
    return found


def _hidden(lesson: Lesson) -> Iterator[tuple[int, str]]:
    for exercise in lesson.exercises:
        yield from _lines(exercise.line, exercise.source, _solution(exercise.source))
        for check in exercise.checks:
            yield from _lines(check.line, check.source, markers.hidden_lines(check.source))
        for answer in (*exercise.rights, *exercise.wrongs):
            yield from _lines(answer.line, answer.source)


def _lines(first: int, source: str, only: set[int] | None = None) -> Iterator[tuple[int, str]]:
    """The lines of a source that begins on line `first` of the file; `only` these, from 1."""
    for number, line in enumerate(source.split("\n"), 1):
        marker = line.strip() in (*markers.SOLUTION, *markers.HIDDEN)
        if not marker and (only is None or number in only):
            yield first + number - 1, line.strip()


def _solution(source: str) -> set[int]:
    """The lines of an exercise that its stub has not, from 1."""
    kept = {number for number, _ in markers.clear(source)}
    return set(range(1, source.count("\n") + 2)) - kept


def _shown(lesson: Lesson) -> Iterator[str]:
    header = lesson.header
    yield from (header.title, header.summary, *header.objectives, *header.needs)
    yield from header.out_of_scope
    for part in lesson.cells:
        yield from _shown_of(part)


def _shown_of(part: Part) -> Iterator[str]:
    match part:
        case Prose() | Example():
            yield part.source
        case Exercise():
            yield part.stub
        case Check():
            yield part.visible
        case Hint():
            yield from (part.title, part.text)
        case Quiz():
            yield from (part.question, *(option.text for option in part.options))
