"""Each part of a lesson as the notebook cells that it becomes, with nbgrader's metadata.

nbgrader's words (schema 3): `solution`, an answer cell; `grade` and `locked`, a check; `locked`
alone, a cell that is to be read and not changed.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.seal import seal
from course.compiler import check_cell
from course.source import ids, markers
from course.source.parts import Check, Example, Exercise, Hint, Lesson, Part, Prose, Quiz

SEALED = 76
"""How many characters of a sealed key stand on a line."""

MAY_RAISE = ["raises-exception"]
"""The tag of cells after whose failure a notebook runs on."""


def cells_of(part: Part, lesson: Lesson, exam: bool = False) -> Iterator[NotebookNode]:
    """The cells that a part of a lesson becomes; for an exam, its checks say less."""
    match part:
        case Prose():
            yield new_markdown_cell(part.source, id=ids.of_text(part.source))
        case Example():
            tags = {"tags": MAY_RAISE} if part.raises else {}
            yield new_code_cell(part.source, id=ids.of_text(part.source), metadata=tags)
        case Exercise():
            yield _answer(part.slug, part.source)
        case Check():
            source = check_cell.built(part, exam)
            yield _check(ids.check(part.slug, part.name), part.points, source)
        case Hint():
            exercise = next(e for e in lesson.exercises if e.slug == part.slug)
            yield _hint(part, exercise.hints.index(part) + 1, len(exercise.hints))
        case Quiz():
            yield from _quiz(part, exam)


def is_answer(cell: NotebookNode) -> bool:
    """Whether a student answers in this cell."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def _answer(slug: str, source: str) -> NotebookNode:
    name = ids.answer(slug)
    metadata = {"nbgrader": _nbgrader(name, solution=True), "tags": MAY_RAISE}
    return new_code_cell(source, id=name, metadata=metadata)


def _check(name: str, points: float, source: str) -> NotebookNode:
    metadata = {
        "nbgrader": {**_nbgrader(name, grade=True, locked=True), "points": points},
        "tags": MAY_RAISE,
    }
    return new_code_cell(source, id=name, metadata=metadata)


def _nbgrader(
    name: str, grade: bool = False, locked: bool = False, solution: bool = False
) -> dict[str, Any]:
    return {
        "grade": grade,
        "grade_id": name,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }


def _hint(hint: Hint, number: int, of: int) -> NotebookNode:
    title = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(hint.title, quote=False))
    source = (
        f'<details><summary style="display:list-item;cursor:pointer">Hint {number} of {of}: {title}'
        f"</summary>\n\n{hint.text}\n\n</details>"
    )
    return new_markdown_cell(source, id=ids.hint(hint.slug, number))


def _quiz(quiz: Quiz, exam: bool) -> Iterator[NotebookNode]:
    name = ids.question(quiz.slug)
    options = "\n".join(f"- **{option.letter}.** {option.text}" for option in quiz.options)
    yield new_markdown_cell(
        f"{quiz.question}\n\n{options}",
        id=name,
        metadata={"nbgrader": _nbgrader(name, locked=True)},
    )
    yield _answer(quiz.slug, _quiz_answer(quiz))
    key = _sealed(quiz)
    body = f"quiz(\n    {quiz.function},\n{key})"
    if exam:  # the key is a hidden part: it is not handed out
        letters = "".join(option.letter for option in quiz.options)
        hidden = "\n".join([markers.HIDDEN[0], "autograder.hidden()", body, markers.HIDDEN[1]])
        body = f'quiz({quiz.function}, letters="{letters}")\n{hidden}'
    flags = ", hidden=True, exam=True" if exam else ""
    (line,) = check_cell.imported({"quiz"})
    arguments = f'"{quiz.slug}", points={quiz.points!r}{flags}'
    source = check_cell.function(arguments, f"{line}\n\n{body}")
    yield _check(ids.check(quiz.slug), quiz.points, source)


def _sealed(quiz: Quiz) -> str:
    """Key and reasons of a question, as the lines of one literal."""
    reasons = {option.letter: option.reason for option in quiz.options}
    beliefs = {o.letter: o.misconception for o in quiz.options if o.misconception}
    sealed = seal(quiz.answer, reasons, beliefs)
    pieces = [sealed[n : n + SEALED] for n in range(0, len(sealed), SEALED)]
    return "".join(f"    {json.dumps(piece)}\n" for piece in pieces)


def _quiz_answer(quiz: Quiz) -> str:
    begin, end = markers.SOLUTION
    return (
        f"def {quiz.function}():\n"
        '    """Return the letter of your answer, such as "a"."""\n'
        f"    {begin}\n"
        f'    return "{quiz.answer}"\n'
        f"    {end}"
    )
