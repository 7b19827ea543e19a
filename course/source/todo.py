"""What an author has marked as still to be done: a line with the word TODO, in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from course.source.parts import Lesson
from course.source.problems import Problem

_TODO = re.compile(r"\bTODO\b\W*(.*)")


def left(path: Path) -> list[Problem]:
    """A sentence for each line of a lesson that is marked; raises OSError as `read_text` does."""
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    found = [(number, _TODO.search(line)) for number, line in enumerate(lines, 1)]
    return [Problem(path, number, _sentence(match[1])) for number, match in found if match]


def with_what_is_left(lesson: Lesson, problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a lesson, and what is marked in it, in the order of lines.

    An answer of the bank that is marked is not written yet: nothing else is told of it.
    """
    answers = [one for exercise in lesson.exercises for one in (*exercise.rights, *exercise.wrongs)]
    unwritten = {answer.at for answer in answers if _TODO.search(answer.source)}
    told = [problem for problem in problems if problem.line not in unwritten]
    return sorted([*left(lesson.path), *told], key=lambda problem: problem.line or 0)


def _sentence(what: str) -> str:
    what = what.strip().rstrip(".")
    return f"this TODO is left: {what or 'do what you meant, and take the word away'}"
