"""A lesson: one file, `course/lessons/NN_name.py`, in jupytext's py:percent format.

`read` gives a lesson as plain data, or says all that is wrong with it; what it is built into is
the business of `course.compiler`.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

from course.source import header as front_matter
from course.source import markers, percent, python, question, rules
from course.source.header import LESSON_NAME, Header
from course.source.parts import (
    Answer,
    Check,
    Example,
    Exercise,
    Hint,
    Lesson,
    Option,
    Part,
    Prose,
    Quiz,
)
from course.source.percent import Cell
from course.source.problems import LessonError, Problem, Problems
from course.source.vocabulary import kind_of

__all__ = [
    "LESSON_NAME",
    "Answer",
    "Check",
    "Example",
    "Exercise",
    "Header",
    "Hint",
    "Lesson",
    "LessonError",
    "Option",
    "Part",
    "Problem",
    "Prose",
    "Quiz",
    "all_lessons",
    "read",
]


def all_lessons(directory: Path) -> list[Path]:
    """The lesson files of a directory, in the order of the course."""
    return sorted(p for p in directory.glob("*.py") if LESSON_NAME.fullmatch(p.stem))


def read(path: Path) -> Lesson:
    """The lesson in a file.

    Raises LessonError, which tells all problems at once, where the lesson cannot be built; OSError
    where the file cannot be read.
    """
    problems = Problems(path)
    lines = _lines(path, problems)
    header, first = front_matter.parse(lines, problems)
    cells = percent.cells(lines, first, problems) if first else []
    parts = [part for cell in cells if (part := _part(cell, problems)) is not None]
    _check_appendix(parts, problems)
    problems.raise_any()  # what follows from these would only be their echo
    assert header is not None, "a missing header is a problem"
    lesson, bank = _assembled(path, header, parts)
    rules.check(lesson, bank, problems)
    problems.raise_any()
    return lesson


def _lines(path: Path, problems: Problems) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.add(line, "the file is not UTF-8", "save it in that encoding")
        problems.raise_any()
        raise


def _part(cell: Cell, problems: Problems) -> Part | Answer | None:
    kind = kind_of(cell, problems)
    if kind is None:
        return None
    if cell.bare is not None:
        wrong, mend = "a line of a Markdown cell is not a comment", "begin it with `# `"
        problems.add(cell.bare, wrong, mend)
        return None
    markers.check(cell, kind.name, problems)
    keys = cell.keys
    match kind.name:
        case "prose":
            return Prose(cell.source, cell.at, cell.line)
        case "quiz":
            return question.quiz(cell, problems)
        case "hint":
            return question.hint(cell, problems)
        case "example":
            source = percent.uncomment_magics(cell.source)
            _check_compiles(source, cell, problems, example=True)
            return Example(source, cell.at, cell.line, raises="raises" in keys)
    _check_compiles(cell.source, cell, problems)
    if kind.name == "exercise":
        return Exercise(keys["exercise"], cell.source, cell.at, cell.line)
    if kind.name == "check":
        name = keys.get("name", "")
        needs = keys.get("needs", "")
        return Check(keys["check"], name, keys["points"], cell.source, cell.at, cell.line, needs)
    slug, misconception = keys[kind.name], keys.get("misconception", "")
    return Answer(slug, cell.source, cell.at, cell.line, misconception)


def _check_compiles(source: str, cell: Cell, problems: Problems, example: bool = False) -> None:
    if wrong := python.fault(source, example):
        line, message = wrong
        problems.add(cell.line + line - 1, f"this is not Python ({message})", "mend the code")


def _check_appendix(parts: list[Part | Answer], problems: Problems) -> None:
    last = max((n for n, part in enumerate(parts) if not isinstance(part, Answer)), default=0)
    for part in parts[:last]:
        if isinstance(part, Answer):
            name = "wrong" if part.misconception else "right"
            wrong = f"a {name} answer stands before other cells"
            problems.add(part.at, wrong, "move it to the end of the file, out of students' way")


def _assembled(
    path: Path, header: Header, parts: list[Part | Answer]
) -> tuple[Lesson, list[Answer]]:
    bank = [part for part in parts if isinstance(part, Answer)]
    cells = tuple(
        _with_its_parts(part, parts) if isinstance(part, Exercise) else part
        for part in parts
        if not isinstance(part, Answer)
    )
    exercises = tuple(part for part in cells if isinstance(part, Exercise))
    quizzes = tuple(part for part in cells if isinstance(part, Quiz))
    return Lesson(path.stem, path, header, cells, exercises, quizzes), bank


def _with_its_parts(exercise: Exercise, parts: list[Part | Answer]) -> Exercise:
    mine = [p for p in parts if not isinstance(p, Prose | Example) and p.slug == exercise.slug]
    answers = [part for part in mine if isinstance(part, Answer)]
    return dataclasses.replace(
        exercise,
        checks=tuple(part for part in mine if isinstance(part, Check)),
        hints=tuple(part for part in mine if isinstance(part, Hint)),
        rights=tuple(answer for answer in answers if not answer.misconception),
        wrongs=tuple(answer for answer in answers if answer.misconception),
    )
