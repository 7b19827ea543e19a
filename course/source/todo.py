"""What an author has marked as still to be done: a line with the word TODO, in capitals."""

from __future__ import annotations

import re
from pathlib import Path

from course.source.problems import Problem

_TODO = re.compile(r"\bTODO\b\W*(.*)")


def left(path: Path) -> list[Problem]:
    """A sentence for each line of a lesson that is marked; raises OSError as `read_text` does."""
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    found = [(number, _TODO.search(line)) for number, line in enumerate(lines, 1)]
    return [Problem(path, number, _sentence(match[1])) for number, match in found if match]


def _sentence(what: str) -> str:
    what = what.strip().rstrip(".")
    return f"this TODO is left: {what or 'do what you meant, and take the word away'}"
