"""`build`: write the notebooks of lessons, or say what keeps them from being built."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from course import shelves
from course.compiler import dump, released, solved
from course.errors import CourseError
from course.lesson import Lesson
from course.shelves import Shelves
from course.source import todo
from course.source.problems import Problem, shown
from course.terminal import console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `build` takes on the command line."""
    shelves.add_arguments(parser)
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail unless what is built is there already, byte for byte",
    )
    either.add_argument(
        "--prune",
        action="store_true",
        help="also delete what was built from lessons that are gone or have another name now",
    )


def run(arguments: argparse.Namespace) -> int:
    """Build, or check, the lessons that were asked for.

    Returns 0, or 1 when anything is wrong: then each problem is printed on a line of its own, with
    its file, line and mend, and nothing is written. Raises CourseError where it cannot be written.
    """
    place, lessons, problems = shelves.asked(arguments)
    old = shelves.left_over(place) if arguments.prune else []
    problems += [stray for stray in shelves.strays(place) if stray.path not in old]
    if problems:
        return _tell(problems)
    built = {path: text for lesson in lessons for path, text in _built(lesson, place).items()}
    if arguments.check:
        return _check(built, len(lessons), place)
    try:
        changed = _write(built)
        _delete(old)
    except OSError as error:
        where = error.filename or shown(place.notebooks)
        wrong = f"The notebooks cannot be written ({where}: {error.strerror})"
        raise CourseError(f"{wrong}; make that possible, and build again.") from error
    _say_what_is_built(lessons, changed, place)
    return 0


def _built(lesson: Lesson, place: Shelves) -> dict[Path, bytes]:
    notebook = solved(lesson)
    return {
        shelves.notebook(place.solutions, lesson.name): dump(notebook).encode("utf-8"),
        shelves.notebook(place.notebooks, lesson.name): dump(released(notebook)).encode("utf-8"),
    }


def _check(built: dict[Path, bytes], lessons: int, place: Shelves) -> int:
    if problems := shelves.different(built, place):
        return _tell(problems)
    _say(f"{_counted(lessons)} checked: every notebook is what its lesson is built into.")
    return 0


def _write(built: dict[Path, bytes]) -> int:
    """Write what is not there yet, byte for byte; return how many notebooks that were."""
    changed = {
        path: data for path, data in built.items() if not path.exists() or path.read_bytes() != data
    }
    _replace(changed)
    for path in changed:
        _say(f"wrote {shown(path)}")
    return len(changed)


def _delete(folders: list[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder)
        _say(f"deleted {shown(folder)}")


def _say_what_is_built(lessons: list[Lesson], changed: int, place: Shelves) -> None:
    into = f"{shown(place.notebooks)}/ and, with the answers, {shown(place.solutions)}/"
    news = "" if changed else ", and nothing has changed"
    _say(f"{_counted(len(lessons))} built{news}: {into}")
    for lesson in lessons:
        if left := len(todo.left(lesson.path)):
            verify = place.command("verify", lesson.number)
            count = f"{left} TODO{'' if left == 1 else 's'}"
            _say(f"{lesson.name} has {count} left; `{verify}` tells where.")


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
    console(error).print(line)
