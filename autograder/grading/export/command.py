"""Write the marks of a class in a format that a school's system reads.

They come from nbgrader's gradebook, which is only read, and count as nbgrader counts them: after
its penalty for lateness. What each check said comes from the autograded notebooks.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from autograder.grading import cards, marks
from autograder.grading.arguments import add_course, add_gradebook
from autograder.grading.course import Course, read_course
from autograder.grading.errors import GradingError
from autograder.grading.export import canvas, junit, moodle, sheet
from autograder.grading.export.comments import comment
from autograder.grading.export.filling import Filled, waiting
from autograder.grading.export.gradescope import bundle, masters
from autograder.grading.export.table import table
from autograder.writing import write_whole

FORMATS: dict[str, tuple[str, str | int, str]] = {
    "nbgrader": ("nbgrader's own columns, as CSV", "*", "grades.csv"),
    "canvas": ("fill in a gradebook downloaded from Canvas", "+", "grades-canvas.csv"),
    "moodle": ("fill in a grading worksheet downloaded from Moodle", 1, "grades-moodle.csv"),
    "junit": ("JUnit XML: a suite a submission, a case a check", "*", "grades-junit.xml"),
    "gradescope": ("an autograder that Gradescope runs, as a zip", 1, "ASSIGNMENT-gradescope.zip"),
}
"""What each is, how many assignments it takes, and the file that is written if none is named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `export` takes on the command line: the formats, each with its own options."""
    formats = parser.add_subparsers(dest="format", metavar="FORMAT", required=True)
    for name, (what, count, target) in FORMATS.items():
        one = formats.add_parser(name, help=what, description=f"Export to {name}: {what}.")
        names = "its name in nbgrader" + ("; if none is named, all of them" if count == "*" else "")
        one.add_argument("assignments", metavar="ASSIGNMENT", nargs=count, help=names)
        add_course(one)
        one.add_argument(
            "-o", "--output", metavar="FILE", type=Path, help=f"where to write ({target})"
        )
        if name != "gradescope":
            add_gradebook(one)
        if name == "canvas":
            _for_canvas(one)
        if name == "moodle":
            _for_moodle(one)


def _for_canvas(parser: argparse.ArgumentParser) -> None:
    roster = "the gradebook as Canvas gave it (Grades, Export); it is not changed"
    parser.add_argument("--roster", metavar="FILE", type=Path, required=True, help=roster)
    column = "an assignment's column there, once for each, where the titles differ"
    parser.add_argument("--column", metavar="TITLE", action="append", default=[], help=column)
    _units(parser)


def _for_moodle(parser: argparse.ArgumentParser) -> None:
    worksheet = "the worksheet as Moodle gave it (Download grading worksheet); it is not changed"
    parser.add_argument("--worksheet", metavar="FILE", type=Path, required=True, help=worksheet)
    column = "the grades' column, where it is in doubt"
    parser.add_argument("--column", metavar="HEADER", default="", help=column)
    feedback = "write comments into this column too"
    parser.add_argument("--feedback", metavar="HEADER", default="", help=feedback)
    _units(parser)


def _units(parser: argparse.ArgumentParser) -> None:
    """What to do where the school counts out of another number of points than nbgrader."""
    units = parser.add_mutually_exclusive_group()
    how = {
        "scale": "convert the marks where the school counts out of another number",
        "as-is": "write the points as they are, out of whatever the school counts",
    }
    for name, what in how.items():
        units.add_argument(
            f"--{name}", dest="units", action="store_const", const=name, default="", help=what
        )


def run(arguments: argparse.Namespace) -> int:
    """Write the file, and say what there is to say.

    Returns 1 where a mark has gone nowhere, because nobody could tell whose row is whose. Raises
    GradingError where nothing can be written.
    """
    course = read_course(arguments.course, getattr(arguments, "db", ""))
    made, filled = _made(arguments, course)
    default = FORMATS[arguments.format][2].replace("ASSIGNMENT", "".join(arguments.assignments[:1]))
    path = arguments.output or Path(default)
    for given in (getattr(arguments, name, None) for name in ("roster", "worksheet")):
        if given and path.exists() and path.samefile(given):
            raise GradingError(f"{path}: is what the school gave; name another file with -o")
    write(path, made)
    for note in filled.notes:
        sys.stdout.write(f"{note}.\n")
    sys.stdout.write(f"Written: {path}\n")
    for sentence in filled.left_out:
        sys.stderr.write(f"Left out: {sentence}.\n")
    return 1 if filled.left_out else 0


def _made(asked: argparse.Namespace, course: Course) -> tuple[bytes, Filled]:
    """What is written, and what is said about it."""
    if asked.format == "gradescope":
        return _autograder(course, asked.assignments[0])
    graded = marks.read(course.db_url, asked.assignments)
    said = Filled(notes=[note for one in graded for note in waiting(one)])
    if asked.format == "nbgrader":
        return table(graded).encode(), said
    if asked.format == "junit":
        return junit.report(graded, _cards_of(course)), said
    in_order = sorted(graded, key=lambda one: asked.assignments.index(one.name))
    if asked.format == "canvas":
        filled = canvas.fill(sheet.read(asked.roster), in_order, asked.column, asked.units)
    else:
        cards_of = _cards_of(course)
        filled = moodle.fill(
            sheet.read(asked.worksheet),
            in_order[0],
            asked.column,
            asked.units,
            asked.feedback,
            lambda mark: comment(in_order[0], mark, cards_of),
        )
    return filled.text.encode(), filled


def _cards_of(course: Course) -> junit.CardsOf:
    def cards_of(student: str, assignment: str, notebook: str) -> Mapping[str, cards.Card]:
        return cards.read(course.folder("autograded", student, assignment) / f"{notebook}.ipynb")

    return cards_of


def _autograder(course: Course, assignment: str) -> tuple[bytes, Filled]:
    found = masters.read_masters(course.folder("source", ".", assignment))
    by_hand = sum(map(masters.points_by_hand, found.values()))
    said = Filled()
    if by_hand:
        note = f"{by_hand:g} points are marked by hand: add them in Gradescope as manual grading"
        said.notes.append(note)
    return bundle.bundle(found), said


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; GradingError where it cannot be written."""
    if path.is_dir():
        raise GradingError(f"{path}: is a folder; name a file in it with -o")
    try:
        write_whole(path, content)
    except OSError as error:
        raise GradingError(
            f"{path}: cannot be written ({error.strerror}); name another file with -o"
        ) from None
