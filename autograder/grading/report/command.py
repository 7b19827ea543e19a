"""Write one page about a class: marks by exercise, its misconceptions, what to teach again.

The page is one HTML file that needs nothing else. It reads the gradebook, and the autograded
notebooks for what the checks said.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from autograder.grading import cards, marks
from autograder.grading.arguments import add_course, add_gradebook
from autograder.grading.cards import Card
from autograder.grading.course import Course, read_course
from autograder.grading.errors import GradingError
from autograder.grading.marks import Assignment, Student
from autograder.grading.report import numbers, page, privacy, teaching
from autograder.grading.report.page import Report
from autograder.grading.report.sections import sections
from autograder.writing import write_whole


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `report` takes on the command line."""
    parser.add_argument("assignment", metavar="ASSIGNMENT", help="such as 06_short_circuiting")
    add_course(parser)
    add_gradebook(parser)
    parser.add_argument(
        "--anonymous", action="store_true", help="no name, id or path, so that it can be shown"
    )
    parser.add_argument(
        "-o", metavar="FILE", type=Path, dest="to", help="where to write (ASSIGNMENT-report.html)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the page and say where; raises GradingError where it cannot be written."""
    course = read_course(arguments.course, arguments.db)
    made = page.html(report(course, arguments.assignment, arguments.anonymous))
    path: Path = arguments.to or Path(f"{arguments.assignment}-report.html")
    _write(path, made)
    sys.stdout.write(f"Written: {path}\n")
    return 0


def report(course: Course, name: str, anonymous: bool = False) -> Report:
    """What there is to say of a class and an assignment.

    Raises GradingError where the gradebook cannot be read, or has no such assignment.
    """
    [assignment] = marks.read(course.db_url, [name])
    headings = sections(course, name)
    said = _said(course, assignment)
    everybody = [mark.student for mark in assignment.marks]
    fit = privacy.fit_for_strangers(everybody, course.root) if anonymous else bool
    found, exercises = teaching.mistakes(said, fit), numbers.exercises(assignment, headings)
    return Report(
        assignment=name,
        handed_in=len(assignment.submitted),
        missing=tuple(mark.student.id for mark in assignment.marks if not mark.submitted),
        totals=numbers.totals(assignment),
        exercises=exercises,
        mistakes=found,
        again=teaching.teach_again(exercises, found),
        troubles=numbers.troubles(said, headings),
        people={} if anonymous else {student.id: _called(student) for student in everybody},
        waiting=sum(exercise.waiting for exercise in exercises),
    )


def _said(course: Course, assignment: Assignment) -> dict[str, Mapping[str, Card]]:
    """What the checks said to each who handed in."""
    found: dict[str, Mapping[str, Card]] = {}
    for mark in assignment.submitted:
        student = mark.student.id
        folder = course.folder("autograded", student, assignment.name)
        names = sorted({check.notebook for check in mark.checks})
        read = [cards.read(folder / f"{notebook}.ipynb") for notebook in names]
        found[student] = {grade_id: card for one in read for grade_id, card in one.items()}
    return found


def _called(student: Student) -> str:
    name = " ".join(filter(None, (student.first_name, student.last_name)))
    return f"{name} ({student.id})" if name else student.id


def _write(path: Path, text: str) -> None:
    """Write the page whole or not at all; GradingError where it cannot be written."""
    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise GradingError(f"{path}: {error.strerror}; name another file with -o") from None
