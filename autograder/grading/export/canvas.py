"""A gradebook downloaded from Canvas, with the marks filled in.

Canvas takes back the file that it gave: assignments are known by the number in brackets at the end
of their titles, students by the columns up to `Section`. So no column is made, and none is changed
but those of the assignments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.grading.errors import GradingError
from autograder.grading.export.filling import Filled, Units, converted, matched, notes_on, put_marks
from autograder.grading.export.matching import LMS_ID, Column, Matches
from autograder.grading.export.sheet import Sheet, number, shown
from autograder.grading.marks import Assignment, Mark

IDENTITIES = {
    "SIS Login ID": ("id", "email"),
    "SIS User ID": ("id", LMS_ID),
    "ID": ("id", LMS_ID),
}
"""The columns that say who a student is, the surest first, and what they may hold."""
TITLE = re.compile(r"(?P<title>.*\S)\s*\((?P<number>\d+)\)\s*", re.DOTALL)
POINTS = "Points Possible"
KEPT = {"EX": "is excused there, and stays so", "N/A": "does not have it there"}
"""What a cell may say instead of a score; Canvas would take a score for it."""


def fill(
    sheet: Sheet, assignments: Sequence[Assignment], columns: Sequence[str], units: Units
) -> Filled:
    """Put the marks of these assignments into Canvas's gradebook.

    `columns` name the assignments' columns, in their order, where the titles do not. Raises
    GradingError where the file is none of Canvas's, or it is in doubt which column is meant.
    """
    if columns and len(columns) != len(assignments):
        raise GradingError("Name a --column for each assignment, in the same order, or none.")
    header = sheet.values(0) if sheet.rows else []
    points, students = _points_and_students(sheet, header)
    identities = [
        Column(name, fields, {row: sheet.value(row, header.index(name)) for row in students})
        for name, fields in IDENTITIES.items()
        if name in header
    ]
    titles = {
        assignment.name: _column(sheet, header, assignment.name, columns[n] if columns else "")
        for n, assignment in enumerate(assignments)
    }
    if len(set(titles.values())) < len(titles):
        raise GradingError("Two assignments cannot have the same --column.")
    matches, filled = matched(sheet, students, assignments, identities)
    for assignment in assignments:
        _fill_one(sheet, points, titles[assignment.name], assignment, units, matches, filled)
    filled.text = sheet.text()
    return filled


def _points_and_students(sheet: Sheet, header: list[str]) -> tuple[int, list[int]]:
    """The row of the points possible, and those of the students."""
    known = [header.index(name) for name in IDENTITIES if name in header]
    points = [n for n in range(len(sheet.rows)) if sheet.value(n, 0).strip() == POINTS]
    if not known or len(points) != 1:
        raise GradingError(
            f"{sheet.path}: is not a gradebook downloaded from Canvas: it needs a column ID and a "
            f"row {POINTS}; in Canvas, choose Grades, Export"
        )
    rows = range(points[0] + 1, len(sheet.rows))
    return points[0], [row for row in rows if any(sheet.value(row, c).strip() for c in known)]


def _column(sheet: Sheet, header: list[str], assignment: str, named: str) -> int:
    """Where the scores of an assignment stand."""
    titled = {n: found for n, name in enumerate(header) if (found := TITLE.fullmatch(name))}
    if named:
        fits = [n for n in titled if header[n].strip() == named.strip()]
    else:
        fits = [n for n, found in titled.items() if found["title"] == assignment]
        fits = fits or [n for n in titled if _letters(titled[n]["title"]) == _letters(assignment)]
    if len(fits) == 1:
        return fits[0]
    there = ", ".join(f'"{header[n]}"' for n in titled) or "none"
    name = named or assignment
    fault = f'several assignments named "{name}"' if fits else f'no assignment named "{name}"'
    raise GradingError(f"{sheet.path}: has {fault}; name one of these with --column: {there}")


def _letters(title: str) -> str:
    return re.sub(r"[\W_]+", "", title).casefold()


def _fill_one(
    sheet: Sheet,
    points: int,
    column: int,
    assignment: Assignment,
    units: Units,
    matches: Matches,
    filled: Filled,
) -> None:
    possible = sheet.value(points, column)
    convert = converted(assignment, number(possible), "Canvas", units)

    def write(row: int, mark: Mark) -> str:
        there = sheet.value(row, column).strip().upper()
        if there in KEPT:
            return KEPT[there]
        sheet.put(row, column, shown(convert(mark.score)))
        return ""

    filled.notes += notes_on(assignment)
    kept = put_marks(sheet, matches, assignment, write)
    filled.notes += [why for why in kept if why.endswith(KEPT["EX"])]
    filled.left_out += [why for why in kept if not why.endswith(KEPT["EX"])]
