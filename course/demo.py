"""`course demo`: a class made out of the bank, graded by nbgrader, its marks held against the bank.

A pretend student answers every exercise and question, so a lesson needs as many as its longest bank
is long; one more hands in the notebook untouched.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table

from autograder.host.framework import framework
from course import shelves
from course.errors import CourseError
from course.instructor import pretend_class
from course.instructor.folder import made_whole
from course.instructor.marks import EXECUTOR, Answered, HandedIn, differences
from course.lesson import Lesson
from course.shelves import Shelves
from course.source.problems import shown
from course.student.notebook_file import write_bytes
from course.terminal import console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `demo` takes on the command line."""
    shelves.add_arguments(parser)
    parser.add_argument(
        "--one", action="store_true", help="of these lessons only one, drawn; says with which seed"
    )
    parser.add_argument("--seed", type=int, metavar="N", help="draw that one with this seed")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write what came of it to FILE, as data"
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="DIR",
        help="where the class's folder is left, gradebook and feedback in it (grading/demo)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Grade a pretend class; return 0 if every mark is what the bank says, else 1.

    Raises CourseError where a lesson cannot be read, where nbgrader fails, or where the folder of
    the class holds something that no demo made.
    """
    place, lessons = _asked(arguments)
    seed = _seed(arguments)
    if seed is not None:
        lessons = [drawn(lessons, seed)]
        _say(f"Drawn: {lessons[0].name}. To draw it again: python3 -m course demo --seed {seed}")
    folder = (arguments.keep or place.notebooks.parent / "grading" / "demo").resolve()
    progress = console(error=True)
    with made_whole(folder, "demo") as course:
        made = [one for lesson in lessons for one in pretend_class.grade(course, lesson, progress)]
        wrong = differences(made, pretend_class.export(course, progress))
        pages = [folder / notebook.feedback.relative_to(course) for notebook in made]
    _show(made, pages)
    if arguments.json:
        _write(arguments.json.resolve(), _as_data(made, pages, wrong, seed))
    return _conclude(made, wrong, folder)


def drawn(lessons: Sequence[Lesson], seed: int) -> Lesson:
    """The lesson that a seed draws: the same one from the same lessons."""
    return random.Random(seed).choice(lessons)


def _asked(arguments: argparse.Namespace) -> tuple[Shelves, list[Lesson]]:
    place, lessons, problems = shelves.asked(arguments)
    if problems:
        raise CourseError("\n".join(map(str, problems)))
    if not lessons:
        raise CourseError(f"There are no lessons in {shown(place.lessons)}: nobody to grade.")
    return place, lessons


def _seed(arguments: argparse.Namespace) -> int | None:
    if arguments.seed is None and arguments.one:
        return random.randrange(10_000)  # short enough to be typed
    seed: int | None = arguments.seed
    return seed


def _show(made: list[HandedIn], pages: list[Path]) -> None:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("student", no_wrap=True)
    table.add_column("lesson", no_wrap=True)
    table.add_column("given", justify="right")
    table.add_column("expected", justify="right")
    table.add_column("feedback page", overflow="fold")
    for notebook, page in zip(made, pages, strict=True):
        marks, expected = f"{notebook.marks:g}", f"{notebook.expected:g}"
        table.add_row(notebook.student, notebook.lesson.name, marks, expected, shown(page))
    console().print(table)


def _conclude(made: list[HandedIn], wrong: list[str], folder: Path) -> int:
    """Say in a sentence what came of it; return the exit status."""
    if wrong:
        for sentence in wrong:
            _say(sentence, error=True)
        count = "1 thing is" if len(wrong) == 1 else f"{len(wrong)} things are"
        _say(f"{count} not what the bank says; the class is in {shown(folder)}.", error=True)
        return 1
    checks = sum(len(one.row.checks) for notebook in made for one in notebook.answered)
    ran = f"{EXECUTOR} on {framework('minidjango').label}"
    _say(
        f"Every mark is what the bank says, and the exported {pretend_class.EXPORTED} agrees: "
        f"{len(made)} notebooks, {checks} checks, all run by stock {ran}. "
        f"The class is in {shown(folder)}, with the feedback that it would get."
    )
    return 0


def _write(path: Path, data: dict[str, Any]) -> None:
    text = json.dumps(data, indent=1, ensure_ascii=False)
    try:
        write_bytes(path, f"{text}\n".encode())
    except OSError as error:
        wrong = f"{shown(path)} cannot be written ({error.strerror})"
        raise CourseError(f"{wrong}; name another file with --json.") from error


def _as_data(
    made: list[HandedIn], pages: list[Path], wrong: list[str], seed: int | None
) -> dict[str, Any]:
    return {
        "agrees": not wrong,
        "differences": wrong,
        "seed": seed,
        "notebooks": [
            {
                "student": notebook.student,
                "lesson": notebook.lesson.name,
                "marks": notebook.marks,
                "expected": notebook.expected,
                "maximum": notebook.lesson.points,
                "feedback": str(page),
                "answers": [_answer_as_data(one) for one in notebook.answered],
            }
            for notebook, page in zip(made, pages, strict=True)
        ],
    }


def _answer_as_data(one: Answered) -> dict[str, Any]:
    return {
        "slug": one.row.slug,
        "label": one.row.label,
        "promised": {"verdict": str(one.row.outcome), "misconception": one.row.misconception},
        "said": dict(zip(("verdict", "misconception"), one.verdict, strict=True)),
        "marks": sum(graded.score for graded in one.given.values()),
        "expected": sum(one.due.values()),
        "checks": [
            {
                "check": name,
                "marks": one.given[name].score if name in one.given else None,
                "expected": due,
                "ran": one.given[name].verdict.get("ran", {}) if name in one.given else {},
            }
            for name, due in one.due.items()
        ],
    }


def _say(line: str, error: bool = False) -> None:
    console(error).print(line)
