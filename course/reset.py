"""`reset`: begin a lesson afresh. What the student had is kept as a backup."""

import argparse
import sys

from course.errors import CourseError
from course.student import hints_shown, progress, work
from course.student.desk import Desk, command, contents
from course.student.notebook_file import write_bytes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `reset` takes on the command line."""
    parser.add_argument(
        "lesson", metavar="LESSON", help="a lesson's number, its name or the start of it"
    )


def run(arguments: argparse.Namespace) -> int:
    """Put a lesson back as it was handed out, and forget its verdicts and hints; return 0.

    Raises CourseError if there is no such lesson, no `work/` yet, or one that cannot be written.
    """
    desk = Desk.of_the_course()
    desk.copies()
    lesson = desk.named(arguments.lesson)
    try:
        said = afresh(desk, lesson)
    except OSError as error:
        raise CourseError(
            f"{error.filename}: {error.strerror}; the folder work/ must be yours to write."
        ) from error
    sys.stdout.write("\n".join(said or [f"There is nothing to reset: {lesson} is as it came."]))
    sys.stdout.write("\n")
    return 0


def afresh(desk: Desk, lesson: str) -> list[str]:
    """Begin a lesson afresh; return what there is to tell, nothing if it was not begun.

    The backup is whole before anything else changes, so that stopping halfway loses nothing.
    """
    name = desk.mine(lesson).relative_to(desk.work)
    mine, new = contents(desk.mine(lesson)), desk.handed_out(lesson).read_bytes()
    said = []
    if mine is not None and mine not in (new, contents(desk.base(lesson))):
        said.append(f"What you had is kept: {work.back_up(desk, name)}")
    if mine != new:
        write_bytes(desk.mine(lesson), new)
    if contents(desk.base(lesson)) != new:
        write_bytes(desk.base(lesson), new)
    forgotten = [progress.forget(desk.work, lesson), hints_shown.forget(desk.work, lesson)]
    if mine == new and not any(forgotten):
        return []
    return [
        f"{lesson} begins afresh.",
        *said,
        "If it is open in JupyterLab: File, Reload Notebook from Disk.",
        f"Next: {command('lab', lesson)}",
    ]
