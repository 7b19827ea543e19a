"""`submit`: hand a lesson in, as one file. Nothing is sent anywhere."""

from __future__ import annotations

import argparse
import getpass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from autograder.verdict import Verdict
from course.check import saved, terminal, total
from course.errors import CourseError
from course.student import exchange, notebook_file, soundness, submission, work
from course.student.desk import Desk, command
from course.student.judging import judged


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `submit` takes on the command line."""
    parser.add_argument(
        "lesson",
        nargs="?",
        metavar="LESSON",
        help="a lesson's number, its name or the start of it (if none: the one saved last)",
    )
    parser.add_argument("--name", help="who you are, as your class knows you (your login name)")
    parser.add_argument(
        "--to", type=Path, metavar="DIR", help="where to write the file (work/submitted)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the file, put it into nbgrader's exchange where there is one, say what is missing.

    Returns 0 when it is written, whatever is not finished. Raises CourseError where there is
    nothing to hand in, or nowhere to write it.
    """
    desk = Desk.of_the_course()
    console = terminal()
    lesson = desk.own(arguments.lesson) if arguments.lesson else desk.latest()
    if lesson is None:
        first = desk.copies()[0]
        raise CourseError(
            f"You have not begun any lesson: name one, as in {command('submit', first)}"
        )
    notebook, notes = ready(desk, lesson)
    student = (arguments.name or "").strip() or login()
    said = submission.manifest(lesson, notebook, student, datetime.now(UTC))
    folder = (arguments.to or desk.work / submission.FOLDER).expanduser().resolve()
    path = submission.equal_one(folder, said)
    console.print(f"{lesson}, as it was saved {saved(desk.mine(lesson))}, by {student}\n")
    if path is None:
        path = write(folder / submission.file_name(said), submission.packed(said, notebook))
        console.print(f"Written: {path}")
    else:
        console.print(f"Nothing has changed since you wrote {path}")
    console.print(handed_over(lesson, notebook))
    for sentence in [*notes, unfinished(desk, lesson, console)]:
        console.print(f"\n{sentence}")
    return 0


def ready(desk: Desk, lesson: str) -> tuple[bytes, list[str]]:
    """Return the notebook to hand in, and what there is to say about it.

    It is the student's file, byte for byte, unless nbgrader could not grade that: one such notebook
    can stop the grading of a whole class, so its cells are put right in what is handed in.
    """
    path = desk.mine(lesson)
    name = path.relative_to(desk.work)
    mine = work.read_own(desk, name)
    released = notebook_file.read(desk.handed_out(lesson))
    faults = soundness.faults(mine, released)
    if not faults:
        return path.read_bytes(), []
    whole = soundness.mended(work.original(desk, name, released), mine, released)
    return notebook_file.as_bytes(whole), [
        *faults,
        "In what you hand in, that is put right already; your own notebook is as it was.",
    ]


def login() -> str:
    """Return the login name; raise CourseError, with the mend, where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise CourseError(
            "This machine does not know who you are: say it with --name NAME."
        ) from None


def write(path: Path, content: bytes) -> Path:
    """Write the file whole or not at all; raise CourseError where it cannot be written."""
    try:
        notebook_file.write_bytes(path, content)
    except OSError as error:
        raise CourseError(
            f"{error.filename or path}: {error.strerror}; say with --to where to write."
        ) from error
    return path


def handed_over(lesson: str, notebook: bytes) -> str:
    """Put a notebook into nbgrader's exchange, or say what to do with the file."""
    config = exchange.configured()
    if exchange.releases(config, lesson):
        return exchange.hand_in(config, lesson, notebook)
    return (
        "Nothing has been sent: upload this file where your class hands work in "
        "(Canvas, Moodle, mail)."
    )


def unfinished(desk: Desk, lesson: str, console: Console) -> str:
    """Judge what is handed in, and say which checks have not passed."""
    found: list[Verdict] = []
    with console.status("what is written stays written; now checking what is in it"):
        found += judged(desk, lesson).values()
    missing = [f"  {verdict.check}: {verdict.outcome}" for verdict in found if not verdict.passed]
    if not missing:
        return total(found)
    again = f"You can go on and submit again: {command('check', lesson)} says more."
    return "\n".join([total(found), "Not yet:", *missing, again])
