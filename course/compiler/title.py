"""The cell with which a notebook begins, made of the front matter."""

from __future__ import annotations

from course.source.header import LESSON_NAME
from course.source.parts import Lesson


def title(lesson: Lesson) -> str:
    """Number and title, what it is about, what you will be able to do, and what it takes."""
    header = lesson.header
    points = f"{header.points:g} point{'' if header.points == 1 else 's'}"
    return "\n\n".join(
        [
            f"# {lesson.number} · {header.title}",
            header.summary,
            f"**You will be able to**\n\n{_listed(header.objectives)}",
            f"**You need**\n\n{_listed(tuple(map(_linked, header.needs)))}",
            f"**It takes** about {header.minutes} minutes, and gives {points}.",
            f"**Not here**\n\n{_listed(header.out_of_scope)}",
        ]
    )


def _listed(sentences: tuple[str, ...]) -> str:
    return "\n".join(f"- {sentence}" for sentence in sentences)


def _linked(need: str) -> str:
    if LESSON_NAME.fullmatch(need):
        number, _, words = need.partition("_")
        return f"[{number} · {words.replace('_', ' ').capitalize()}](../{need}/{need}.ipynb)"
    return need
