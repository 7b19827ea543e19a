"""What a released notebook asks of a student: its exercises and questions, with checks and hints.

All is read from the cells, as they were handed out: a student's edition has nothing else.
"""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from course.source import ids
from course.student import notebook_file
from course.student.cell_ids import Cell, grade_id, marks

FOLD = re.compile(r"<details><summary[^>]*>(?P<title>.*?)</summary>(?P<text>.*)</details>", re.S)


@dataclass(frozen=True, slots=True)
class Hint:
    """One fold: the title that stands on it, and the Markdown inside."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """One answer cell, the `grade_id`s of its checks, its hints; or a question, which has none."""

    slug: str
    checks: tuple[str, ...]
    hints: tuple[Hint, ...]
    is_question: bool


def exercises(released: Path) -> list[Exercise]:
    """Return the exercises and questions of a released notebook, in its order.

    Raises NotebookError if it is not a notebook, and OSError if it cannot be opened.
    """
    cells = notebook_file.read(released)["cells"]
    names = {name for cell in cells if (name := grade_id(cell)) is not None}
    slugs = [name for cell in cells if is_answer(cell) and (name := grade_id(cell)) is not None]
    checks: dict[str, list[str]] = {slug: [] for slug in slugs}
    for cell in cells:
        slug = checked(grade_id(cell), slugs) if marks(cell).get("grade") else None
        if slug is not None:
            checks[slug].append(str(grade_id(cell)))
    return [
        Exercise(slug, tuple(checks[slug]), hints(cells, slug), ids.question(slug) in names)
        for slug in slugs
    ]


def is_answer(cell: Cell) -> bool:
    """Tell whether a cell is one to answer in, that a check judges and no person."""
    return bool(marks(cell).get("solution")) and not marks(cell).get("grade")


def checked(check: str | None, slugs: list[str]) -> str | None:
    """Return the exercise that a check belongs to, or None."""
    of = [slug for slug in slugs if f"{check}-".startswith(f"{ids.check(slug)}-")]
    return max(of, key=len, default=None)


def hints(cells: list[Cell], slug: str) -> tuple[Hint, ...]:
    """Return the hints of an exercise, from the folded cells that hold them."""
    texts = {cell.get("id"): cell["source"] for cell in cells if cell["cell_type"] == "markdown"}
    found: list[Hint] = []
    while (text := texts.get(ids.hint(slug, len(found) + 1))) is not None:
        fold = FOLD.search(text)
        title, inside = (fold["title"], fold["text"]) if fold else ("", text)
        found.append(Hint(plain(title), inside.strip()))
    return tuple(found)


def plain(title: str) -> str:
    """Return the title of a fold as text: code in backquotes, no other markup."""
    return html.unescape(re.sub(r"</?code>", "`", title))
