"""The front matter of a lesson: YAML in a comment block at the top of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml  # type: ignore[import-untyped]

from course.source.problems import Problems

FENCE = "# ---"
LESSON_NAME = re.compile(r"\d\d_[a-z0-9]+(_[a-z0-9]+)*")
_SHAPE = (
    f"write `{FENCE}` lines round title, summary, objectives, needs, minutes, points and "
    "out_of_scope at the top of the file"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What a lesson says of itself; `points` is the sum over its checks and questions."""

    title: str
    summary: str
    objectives: tuple[str, ...]
    needs: tuple[str, ...]
    minutes: int
    points: float
    out_of_scope: tuple[str, ...]
    lines: dict[str, int]


_TYPES: dict[str, str] = {
    "title": "one line of text",
    "summary": "one paragraph",
    "objectives": "a list of sentences",
    "needs": "a list of lesson names or sentences",
    "minutes": "a whole number above 0",
    "points": "a number above 0",
    "out_of_scope": "a list of sentences",
}


def parse(lines: list[str], problems: Problems) -> tuple[Header | None, int]:
    """The header, and the index of the first line after it; None where it cannot be used.

    The index is 0 where the front matter has no end. What is wrong is added to `problems`.
    """
    if not lines or lines[0].rstrip() != FENCE:
        problems.add(1, "the file does not begin with its front matter", _SHAPE)
        return None, 0
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        problems.add(1, "the front matter does not end", f"close it with a second `{FENCE}` line")
        return None, 0
    return _header(lines[1:end], problems), end + 1


def _header(lines: list[str], problems: Problems) -> Header | None:
    text = "\n".join(re.sub("^# ?", "", line) for line in lines)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark, said = getattr(error, "problem_mark", None), getattr(error, "problem", "odd letters")
        line = 2 + (mark.line if mark else 0)
        problems.add(line, f"the front matter is not YAML ({said})", "mend this line")
        return None
    if not isinstance(values, dict):
        problems.add(1, "the front matter is not a list of keys", _SHAPE)
        return None
    found = [(str(key.value), key.start_mark.line + 2) for key, _ in node.value]
    before = len(problems.found)
    _check_keys(found, problems)
    where = dict(found)
    for key in values:
        if key in _TYPES and not _fits(key, values[key]):
            problems.add(
                where[key], f"`{key}` is {values[key]!r}", f"make it {_TYPES[key]}, not empty"
            )
    return None if len(problems.found) > before else _made(values, where)


def _check_keys(found: list[tuple[str, int]], problems: Problems) -> None:
    seen = [key for key, _ in found]
    for n, (key, line) in enumerate(found):
        if key not in _TYPES:
            problems.add(
                line,
                f"the front matter has an unknown key `{key}`",
                f"its keys are {', '.join(_TYPES)}",
            )
        elif key in seen[:n]:
            problems.add(line, f"the key `{key}` stands here twice", "keep one of the two")
    for key in _TYPES:
        if key not in seen:
            problems.add(1, f"the front matter has no `{key}`", f"add it: {_TYPES[key]}")


def _fits(key: str, value: Any) -> bool:
    if key == "minutes":
        return type(value) is int and value > 0
    if key == "points":
        return type(value) in (int, float) and value > 0
    if _TYPES[key].startswith("a list"):
        return (
            isinstance(value, list)
            and bool(value)
            and all(isinstance(item, str) and item.strip() for item in value)
        )
    return isinstance(value, str) and bool(value.strip()) and "\n" not in value.strip()


def _made(values: dict[str, Any], lines: dict[str, int]) -> Header:
    plain: dict[str, Any] = {
        key: tuple(item.strip() for item in value) if isinstance(value, list) else value
        for key, value in values.items()
    }
    return Header(**plain, lines=lines)
