"""Where lessons and their notebooks lie, and what does not belong there."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.cli import COMMAND
from course.errors import CourseError
from course.lesson import Lesson, LessonError, all_lessons, read
from course.source.header import LESSON_NAME
from course.source.problems import Problem, shown

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
        """Another directory of lessons, with its notebooks beside it.

        Raises CourseError for one inside the course, but for its own.
        """
        own = cls.of_the_course()
        if lessons.resolve() == own.lessons:
            return own
        parent = lessons.resolve().parent
        if parent.is_relative_to(own.notebooks.parent):
            theirs = "the course's own lessons lie in course/lessons"
            mend = "choose a folder outside of the course, or leave --lessons out"
            raise CourseError(f"{shown(lessons)} lies inside the course; {theirs}: {mend}.")
        return cls(lessons, parent / "notebooks", parent / "solutions")

    def command(self, verb: str, *words: str) -> str:
        """What to type to run an author's verb on these lessons."""
        where = [] if self == Shelves.of_the_course() else ["--lessons", shown(self.lessons)]
        return f"{COMMAND} {shlex.join([verb, *words, *where])}"


def notebook(shelf: Path, name: str) -> Path:
    """The notebook of a lesson, in the layout that nbgrader expects of source and release."""
    return shelf / name / f"{name}.ipynb"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare how an author's verb is told which lessons it is about."""
    parser.add_argument(
        "lesson", nargs="*", metavar="LESSON", help="a lesson's number, name or file; all if none"
    )
    add_lessons(parser)


def add_lessons(parser: argparse.ArgumentParser) -> None:
    """Declare `--lessons DIR`, for lessons that are not the course's own."""
    parser.add_argument(
        "--lessons",
        type=Path,
        metavar="DIR",
        help="the lessons of DIR, with notebooks/ and solutions/ beside it, not the course's",
    )


def place_of(arguments: argparse.Namespace) -> Shelves:
    """Where the lessons lie that a command line is about; CourseError where they must not."""
    if arguments.lessons is None:
        return Shelves.of_the_course()
    return Shelves.beside(arguments.lessons.expanduser())


def asked(arguments: argparse.Namespace) -> tuple[Shelves, list[Lesson], list[Problem]]:
    """The lessons that a command line is about, and what is wrong with the others."""
    place = place_of(arguments)
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
    if problem := no_directory(place.lessons):
        return [], [problem]
    there = all_lessons(place.lessons)
    if not there:
        mend = f"begin one with `{place.command('new', 'NAME')}`"
        return [], [Problem(place.lessons, None, f"there is no lesson here; {mend}")]
    if not words:
        return there, []
    paths, problems = [], []
    for word in words:
        found = [] if _lies_elsewhere(word, place) else [p for p in there if _names(word, p)]
        if not found:
            problems.append(_unknown(word, place, there))
        paths += [path for path in found if path not in paths]
    return paths, problems


def no_directory(lessons: Path) -> Problem | None:
    """What is wrong where this is no directory that lessons could lie in."""
    if lessons.is_dir():
        return None
    if lessons.is_file():
        mend = f"say `{lessons.stem} --lessons {shlex.quote(shown(lessons.parent))}`"
        if not LESSON_NAME.fullmatch(lessons.stem):
            mend = "say with --lessons in which directory the lessons are"
        return Problem(lessons, None, f"this is a file, and not a directory of lessons; {mend}")
    wrong = "this is not a directory; say with --lessons where the lessons are"
    return Problem(lessons, None, wrong)


def _names(word: str, lesson: Path) -> bool:
    number = lesson.stem[:2]
    return Path(word).stem in (lesson.stem, number, number.lstrip("0"))


def _lies_elsewhere(word: str, place: Shelves) -> bool:
    return Path(word).is_file() and Path(word).resolve().parent != place.lessons.resolve()


def _unknown(word: str, place: Shelves, there: list[Path]) -> Problem:
    if _lies_elsewhere(word, place):
        where = shlex.quote(shown(Path(word).parent))
        wrong = f"`{word}` is not one of the lessons here; say `--lessons {where}` too"
        return Problem(place.lessons, None, wrong)
    known = ", ".join(path.stem for path in there)
    wrong = f"there is no lesson `{word}` here; the lessons are: {known}"
    return Problem(place.lessons, None, wrong)


def strays(place: Shelves) -> list[Problem]:
    """What lies among lessons and notebooks and does not belong there."""
    if not place.lessons.is_dir() or not all_lessons(place.lessons):
        return []  # which is told as such: without lessons, everything would be a stray
    return [
        *_stray_lessons(place.lessons),
        *_stray_notebooks(place.notebooks, place),
        *_stray_notebooks(place.solutions, place),
    ]


def different(
    built: Mapping[Path, bytes],
    place: Shelves,
    wrong: str = "this is not what its lesson is built into",
) -> list[Problem]:
    """A sentence for each notebook that is missing, or has other bytes than these."""
    problems = []
    run_build = f"run `{place.command('build')}`"
    for path, wanted in built.items():
        if not path.exists():
            problems.append(Problem(path, None, f"this notebook is missing; {run_build}"))
        elif path.read_bytes() != wanted:
            problems.append(Problem(path, None, f"{wrong}; change the lesson, then {run_build}"))
    return problems


def left_over(place: Shelves) -> list[Path]:
    """The folders that were built from lessons which are not there any more.

    Such a folder has the name of a lesson, and holds nothing but the notebook of that name.
    """
    there = {path.stem for path in all_lessons(place.lessons)}
    return [
        folder
        for shelf in (place.notebooks, place.solutions)
        for folder in _in(shelf)
        if folder.name not in there and _only_built(folder)
    ]


def _only_built(folder: Path) -> bool:
    if not LESSON_NAME.fullmatch(folder.name) or not folder.is_dir() or folder.is_symlink():
        return False
    return [path.name for path in _in(folder)] in ([], [f"{folder.name}.ipynb"])


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


def _stray_notebooks(shelf: Path, place: Shelves) -> Iterator[Problem]:
    belongs = {notebook(shelf, path.stem) for path in all_lessons(place.lessons)}
    folders = {path.parent for path in belongs}
    gone = f"no lesson in {shown(place.lessons)} is built into this (gone, or renamed?)"
    old = f"{gone}; `{place.command('build', '--prune')}`"
    other = "no lesson is built into this; move it away, for all that is here is built"
    for path in _in(shelf):
        if path not in folders or not path.is_dir():
            yield Problem(path, None, f"{old} deletes it" if _only_built(path) else other)
            continue
        for inner in _in(path):
            if inner not in belongs:
                yield Problem(inner, None, other)


def _in(directory: Path) -> list[Path]:
    if not directory.is_dir():
        return []
    return sorted(path for path in directory.iterdir() if path.name not in _LITTER)
