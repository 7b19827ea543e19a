"""The edition for students: what of the course they get, and what stays behind.

Named here is what is handed out, so that whatever is added to the course later stays behind until
somebody has thought about it.
"""

from __future__ import annotations

import shutil
import string
from collections.abc import Iterator, Sequence
from pathlib import Path

from course import cli, shelves
from course.compiler import dump, released, solved
from course.instructor.imports import needed
from course.lesson import Lesson
from course.shelves import Shelves

VERBS = ("lab", "check", "hint", "progress", "reset", "submit", "test")
"""What a student can do; other verbs work on the sources of lessons, or on a class."""

WHOLE = ("minidjango", "autograder", "course/door", "course/student", "tests/minidjango")
"""The folders that are handed out with all that is in them."""

FILES = (
    ".gitignore",
    "LICENSE",
    "conftest.py",
    "docs/pictures/onion.svg",
    "nbgrader_config.py",  # JupyterLab's Validate reads it
    "pyproject.toml",
    "requirements-dev.txt",
    "requirements.txt",
    "tests/__init__.py",
    "tests/conftest.py",
    "tests/test_imports.py",
    # The other tests of the grader hold answers to exercises.
    "tests/autograder/__init__.py",
    "tests/autograder/test_card.py",
    "tests/autograder/test_model.py",
    "tests/autograder/test_picture.py",
    "tests/autograder/test_references.py",
)
"""The single files that are handed out."""

README = Path(__file__).with_name("README.student.md")

RUBBISH = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


def write(folder: Path, place: Shelves, lessons: Sequence[Lesson], *, exam: bool) -> None:
    """Write the edition of these lessons into an empty folder; for an `exam`, without hints."""
    root = place.notebooks.parent
    for path in sorted(_handed_out(root, exam)):
        copy = folder / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    for lesson in lessons:
        there = shelves.notebook(place.notebooks, lesson.name)
        copy = folder / there.relative_to(root)
        copy.parent.mkdir(parents=True)
        text = dump(released(solved(lesson, exam=True))) if exam else there.read_text("utf-8")
        copy.write_text(text, encoding="utf-8", newline="\n")
    (folder / "README.md").write_text(_readme(lessons, exam), encoding="utf-8", newline="\n")


def _handed_out(root: Path, exam: bool) -> Iterator[Path]:
    yield from (root / name for name in FILES)
    for name in WHOLE:
        for path in (root / name).rglob("*"):
            if path.is_file() and not RUBBISH & set(path.parts):
                yield path
    verbs = [verb for verb in VERBS if not (exam and verb == "hint")]
    yield from needed(root, ["course.__main__", *map(cli.module_of, verbs), *_student(root)])


def _student(root: Path) -> list[str]:
    folders = [root / name for name in WHOLE if name.startswith("course/")]
    paths = [path.relative_to(root) for folder in folders for path in folder.rglob("*.py")]
    return [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths]


def _readme(lessons: Sequence[Lesson], exam: bool) -> str:
    listed = [
        f"| {one.number} | {one.title} | {one.header.minutes} | {one.points:g} |" for one in lessons
    ]
    said = _EXAM if exam else _HINTS
    template = string.Template(README.read_text(encoding="utf-8"))
    return template.substitute(lessons="\n".join(listed), edition=said)


_HINTS = """\
Below each exercise there is a check cell: run it, read its card, go on. Stuck? Hints are folded up
below the exercise, from a nudge to nearly the answer; in a terminal, `python3 -m course hint` reads
the next one."""

_EXAM = """\
This is the edition for an exam: there are no hints. Below each exercise there is a check cell: run
it, and its card says what happened. Where it says that a hidden part is not yet known, the rest is
judged when you have handed in."""
