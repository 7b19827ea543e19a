"""A grading worksheet downloaded from Moodle, with the grades filled in.

Its headers are in the language of whoever downloaded it, and Moodle takes them back in that
language alone. So columns are found by what stands in them, and none is invented: the first holds
`Participant 123`, in some language; the grade is left of its maximum, one number all the way down.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from autograder.grading.errors import GradingError
from autograder.grading.export.filling import Filled, Units, converted, matched, notes_on, put_marks
from autograder.grading.export.matching import LMS_ID, Column
from autograder.grading.export.sheet import Sheet, number, shown
from autograder.grading.marks import Assignment, Mark

PARTICIPANT = re.compile(r"(\D*)(\d+)")
EMPTY = ("", "-")
"""How Moodle says that there is no grade."""
HOW_TO = "in Moodle, choose Submissions, Download grading worksheet"


def fill(
    sheet: Sheet,
    assignment: Assignment,
    column: str = "",
    units: Units = "",
    feedback: str = "",
    comment: Callable[[Mark], str] = lambda mark: "",
) -> Filled:
    """Put the grades of an assignment into Moodle's worksheet.

    `column` names the grade's column where more than one could be it, `feedback` that of the
    comments, if `comment` is to write some. Raises GradingError where the file is no worksheet, or
    a grade is over Moodle's maximum, with which Moodle would refuse it.
    """
    header = sheet.values(0) if sheet.rows else []
    rows = [n for n in range(1, len(sheet.rows)) if any(sheet.rows[n].cells)]
    _must_have_participants(sheet, rows)
    grades = _grade_column(sheet, header, rows, column)
    maximum = number(sheet.value(rows[0], grades + 1)) or 0.0
    comments = _named(sheet, header, feedback) if feedback else None
    convert = converted(assignment, maximum, "Moodle", units)
    _must_not_be_over(assignment, maximum, convert)
    identities, names = _identities(sheet, header, rows, grades)
    matches, filled = matched(sheet, rows, [assignment], identities, names)

    def write(row: int, mark: Mark) -> str:
        sheet.put(row, grades, shown(convert(mark.score)))
        if comments is not None:
            sheet.put(row, comments, comment(mark))
        return ""

    put_marks(sheet, matches, assignment, write)
    filled.notes += notes_on(assignment)
    filled.text = sheet.text()
    return filled


def _must_have_participants(sheet: Sheet, rows: list[int]) -> None:
    found = [PARTICIPANT.fullmatch(sheet.value(row, 0)) for row in rows]
    words = {match[1] for match in found if match}
    numbers = {match[2] for match in found if match}
    if not rows or None in found or len(words) != 1 or len(numbers) != len(rows):
        raise GradingError(
            f"{sheet.path}: is not a grading worksheet of Moodle's: its first column does not "
            f"number the participants; {HOW_TO}"
        )


def _grade_column(sheet: Sheet, header: list[str], rows: list[int], named: str) -> int:
    """Where the grades stand: left of a column with one and the same number in it."""
    fits = [n for n in range(1, len(header) - 1) if _is_grade(sheet, rows, n)]
    if named:
        fits = [n for n in fits if header[n].strip() == named.strip()]
    if len(fits) == 1:
        return fits[0]
    if not fits:
        column = f'column "{named}"' if named else "column of grades"
        raise GradingError(
            f"{sheet.path}: has no {column} with a maximum right of it; set the assignment's grade "
            "to points, and download the worksheet again"
        )
    there = ", ".join(f'"{header[n]}"' for n in fits)
    raise GradingError(f"{sheet.path}: name the column of the grades with --column: {there}")


def _is_grade(sheet: Sheet, rows: list[int], column: int) -> bool:
    beside = {sheet.value(row, column + 1) for row in rows}
    maximum = number(next(iter(beside))) if len(beside) == 1 else None
    if not maximum or maximum < 0:
        return False
    there = (sheet.value(row, column).strip() for row in rows)
    return all(text in EMPTY or number(text) is not None for text in there)


def _named(sheet: Sheet, header: list[str], name: str) -> int:
    found = [n for n, text in enumerate(header) if text.strip() == name.strip()]
    if len(found) != 1:
        there = ", ".join(f'"{text}"' for text in header)
        raise GradingError(f'{sheet.path}: has no column "{name}" for comments; it has {there}')
    return found[0]


def _must_not_be_over(
    assignment: Assignment, maximum: float, convert: Callable[[float], float]
) -> None:
    over = [mark for mark in assignment.submitted if convert(mark.score) > maximum + 5e-6]
    if over:
        who = ", ".join(f"{mark.student.id} has {shown(convert(mark.score))}" for mark in over)
        most = shown(max(mark.score for mark in over))
        raise GradingError(
            f"Moodle takes no grade over its maximum of {shown(maximum)}, and {who}: make that "
            f"{most} there, download the worksheet again, and say --as-is"
        )


def _identities(
    sheet: Sheet, header: list[str], rows: list[int], grades: int
) -> tuple[list[Column], list[Column]]:
    """What says who a row is about: the participant's number, and what differs in every row.

    The second list is for names, which two people can have.
    """
    numbers = {row: PARTICIPANT.sub(r"\2", sheet.value(row, 0)) for row in rows}
    found, named = [Column(header[0], ("id", LMS_ID), numbers)], []
    for n in range(1, grades):
        values = {row: text for row in rows if (text := sheet.value(row, n).strip())}
        named.append(Column(header[n], ("name",), values))
        if len(set(values.values())) == len(values):
            found.append(Column(header[n], ("id", LMS_ID, "email"), values))
    return found, named
