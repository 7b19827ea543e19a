"""`build`: write the notebooks of lessons, or say what keeps them from being built."""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from rich.console import Console

from course import shelves
from course.compiler import dump, released, solved
from course.lesson import Lesson
from course.shelves import Shelves
from course.source.problems import Problem, shown

_MEND = "run `python3 -m course build`"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `build` takes on the command line."""
    shelves.add_arguments(parser)
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail unless what is built is there already, byte for byte",
    )


def run(arguments: argparse.Namespace) -> int:
    """Build, or check, the lessons that were asked for.

    Returns 0, or 1 when anything is wrong: then each problem is printed on a line of its own, with
    its file, line and mend, and nothing is written.
    """
    place, lessons, problems = shelves.asked(arguments)
    problems += shelves.strays(place)
    if problems:
        return _tell(problems)
    built = {path: text for lesson in lessons for path, text in _built(lesson, place).items()}
    if arguments.check:
        return _check(built, len(lessons))
    return _write(built, len(lessons))


def _built(lesson: Lesson, place: Shelves) -> dict[Path, bytes]:
    notebook = solved(lesson)
    return {
        shelves.notebook(place.solutions, lesson.name): dump(notebook).encode("utf-8"),
        shelves.notebook(place.notebooks, lesson.name): dump(released(notebook)).encode("utf-8"),
    }


def _check(built: dict[Path, bytes], lessons: int) -> int:
    problems = []
    for path, wanted in built.items():
        if not path.exists():
            problems.append(Problem(path, None, f"this notebook is missing; {_MEND}"))
        elif path.read_bytes() != wanted:
            wrong = "this is not what its lesson is built into"
            problems.append(Problem(path, None, f"{wrong}; change the lesson, then {_MEND}"))
    if problems:
        return _tell(problems)
    _say(f"{_counted(lessons)} checked: every notebook is what its lesson is built into.")
    return 0


def _write(built: dict[Path, bytes], lessons: int) -> int:
    changed = {
        path: data for path, data in built.items() if not path.exists() or path.read_bytes() != data
    }
    _replace(changed)
    for path in changed:
        _say(f"wrote {shown(path)}")
    _say(f"{_counted(lessons)} built, {len(changed)} of {len(built)} notebooks changed.")
    return 0


def _replace(files: dict[Path, bytes]) -> None:
    # All are written aside before the first takes its place: a full disk changes nothing.
    aside: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
            aside[path] = Path(name)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            aside[path].chmod(0o644)  # as nbgrader leaves a released notebook
        for path, written in aside.items():
            written.replace(path)
    finally:
        for written in aside.values():
            written.unlink(missing_ok=True)


def _counted(lessons: int) -> str:
    return f"{lessons} lesson{'' if lessons == 1 else 's'}"


def _tell(problems: list[Problem]) -> int:
    # A place that several lessons complain of needs to be read once.
    for line in dict.fromkeys(str(problem) for problem in problems):
        _say(line, error=True)
    return 1


def _say(line: str, error: bool = False) -> None:
    Console(stderr=error, markup=False, highlight=False, soft_wrap=True).print(line)
