"""`course handout`: the edition that students get, as a folder of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from course import build, shelves
from course.errors import CourseError
from course.instructor import edition
from course.instructor.folder import made_whole
from course.source.problems import shown
from course.terminal import console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `handout` takes on the command line."""
    parser.add_argument(
        "dir",
        type=Path,
        metavar="DIR",
        help="the folder to make: a new one, or that of an earlier handout, which is replaced",
    )
    parser.add_argument(
        "--exam",
        action="store_true",
        help="leave out hints; what is judged by hidden parts is not known before it is handed in",
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the edition; return 0.

    Raises CourseError where the notebooks are not what the lessons are built into, and where the
    folder holds something else or is the course's own.
    """
    with made_whole(arguments.dir, "handout") as aside:
        asked = _check_of_all_lessons()
        if build.run(asked):
            mend = "run `python3 -m course build`, and make the handout again"
            raise CourseError(f"Nothing is handed out before the notebooks are in order; {mend}.")
        place, lessons, _ = shelves.asked(asked)
        edition.write(aside, place, lessons, exam=arguments.exam)
    kind = "for an exam, without hints," if arguments.exam else "for students"
    count = f"{len(lessons)} lesson{'' if len(lessons) == 1 else 's'}"
    say = console().print
    say(f"The edition {kind} is in {shown(arguments.dir)}: {count}, no answers. Its README.md says")
    say("how to begin: python3 -m course lab")
    return 0


def _check_of_all_lessons() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    build.add_arguments(parser)
    return parser.parse_args(["--check"])
