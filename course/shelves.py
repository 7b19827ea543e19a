"""Where lessons and their notebooks lie, and what does not belong there."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.lesson import Lesson, LessonError, all_lessons, read
from course.source.header import LESSON_NAME
from course.source.problems import Problem

# What editors, systems and Python leave lying about; git ignores it too.
_LITTER = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


@dataclass(frozen=True, slots=True)
class Shelves:
    """The lessons, and the two directories that are built from them."""

    lessons: Path
    notebooks: Path
    solutions: Path

    @classmethod
    def of_the_course(cls) -> Shelves:
        """The course's own: `course/lessons/`, `notebooks/` and `solutions/`."""
        root = Path(__file__).resolve().parent.parent
        return cls(root / "course" / "lessons", root / "notebooks", root / "solutions")

    @classmethod
    def beside(cls, lessons: Path) -> Shelves:
        """Another directory of lessons, with its notebooks beside it."""
        parent = lessons.resolve().parent
        return cls(lessons, parent / "notebooks", parent / "solutions")


def notebook(shelf: Path, name: str) -> Path:
    """The notebook of a lesson, in the layout that nbgrader expects of source and release."""
    return shelf / name / f"{name}.ipynb"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare how an author's verb is told which lessons it is about."""
    parser.add_argument(
        "lesson", nargs="*", metavar="LESSON", help="a lesson's number, name or file; all if none"
    )
    parser.add_argument(
        "--lessons",
        type=Path,
        metavar="DIR",
        help="the lessons of DIR, with notebooks/ and solutions/ beside it, not the course's",
    )


def asked(arguments: argparse.Namespace) -> tuple[Shelves, list[Lesson], list[Problem]]:
    """The lessons that a command line is about, and what is wrong with the others."""
    place = Shelves.beside(arguments.lessons) if arguments.lessons else Shelves.of_the_course()
    paths, problems = chosen(place, arguments.lesson)
    lessons = []
    for path in paths:
        try:
            lessons.append(read(path))
        except LessonError as error:
            problems += error.problems
    return place, lessons, problems


def chosen(place: Shelves, words: Sequence[str]) -> tuple[list[Path], list[Problem]]:
    """The lesson files that these words name (all of them, if there are no words)."""
    if not place.lessons.is_dir():
        wrong = "this is not a directory; say with --lessons where the lessons are"
        return [], [Problem(place.lessons, None, wrong)]
    there = all_lessons(place.lessons)
    if not words:
        return there, []
    paths, problems = [], []
    for word in words:
        name = Path(word).stem
        found = [path for path in there if name in (path.stem, path.stem[:2])]
        if not found:
            known = ", ".join(path.stem for path in there) or "none"
            wrong = f"there is no lesson `{word}` here; the lessons are: {known}"
            problems.append(Problem(place.lessons, None, wrong))
        paths += [path for path in found if path not in paths]
    return paths, problems


def strays(place: Shelves) -> list[Problem]:
    """What lies among lessons and notebooks and does not belong there."""
    return [
        *_stray_lessons(place.lessons),
        *_stray_notebooks(place.notebooks, place.lessons),
        *_stray_notebooks(place.solutions, place.lessons),
    ]


def _stray_lessons(lessons: Path) -> Iterator[Problem]:
    numbers: dict[str, str] = {}
    for path in _in(lessons):
        if path.suffix != ".py" or not path.is_file():
            yield Problem(path, None, "only lessons belong here; move this away or delete it")
        elif not LESSON_NAME.fullmatch(path.stem):
            mend = "name it as NN_name.py, such as 06_short_circuiting.py"
            yield Problem(path, None, f"this is not the name of a lesson; {mend}")
        elif other := numbers.get(path.stem[:2]):
            yield Problem(path, None, f"{other} has this number already; give it another")
        else:
            numbers[path.stem[:2]] = path.name


def _stray_notebooks(shelf: Path, lessons: Path) -> Iterator[Problem]:
    belongs = {notebook(shelf, path.stem) for path in all_lessons(lessons)}
    folders = {path.parent for path in belongs}
    mend = "delete it: everything here is built from a lesson"
    for path in _in(shelf):
        if path not in folders or not path.is_dir():
            yield Problem(path, None, f"no lesson is built into this; {mend}")
            continue
        for inner in _in(path):
            if inner not in belongs:
                yield Problem(inner, None, f"no lesson is built into this; {mend}")


def _in(directory: Path) -> list[Path]:
    if not directory.is_dir():
        return []
    return sorted(path for path in directory.iterdir() if path.name not in _LITTER)
