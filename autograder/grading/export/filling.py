"""Marks put into the rows of a school's file, with word of whoever was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from autograder.grading.errors import GradingError
from autograder.grading.export.matching import Column, Matches, match
from autograder.grading.export.sheet import Sheet, shown
from autograder.grading.marks import Assignment, Mark, Student

Units = Literal["", "scale", "as-is"]
"""What becomes of points where the school counts out of another number: nobody has said; they are
converted; they stay as they are."""


@dataclass(slots=True)
class Filled:
    """A file that was filled in.

    `notes` are sentences for whoever asked; `left_out` those about marks that have gone nowhere.
    """

    text: str = ""
    notes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def matched(
    sheet: Sheet,
    rows: Iterable[int],
    assignments: Iterable[Assignment],
    columns: list[Column],
    weak: Sequence[Column] = (),
) -> tuple[Matches, Filled]:
    """Whose rows those are, as `match` finds it, and what there is to say about it."""
    students: dict[str, Student] = {}
    handed_in: set[str] = set()
    for assignment in assignments:
        students |= {mark.student.id: mark.student for mark in assignment.marks}
        handed_in |= {mark.student.id for mark in assignment.submitted}
    found = match(students.values(), columns, weak)
    said = Filled(notes=_by_column(found.rows))
    doubtful = (line for student, line in found.doubtful.items() if student in handed_in)
    said.left_out += [f"{line}: nothing was filled in" for line in doubtful]
    nowhere = sorted(handed_in - found.rows.keys() - found.doubtful.keys())
    said.left_out += [f"{student} is not in {sheet.path.name}" for student in nowhere]
    taken = {row for row, _ in found.rows.values()}
    strangers = [sheet.value(row, 0).strip() for row in rows if row not in taken]
    if strangers:
        said.notes.append(f"Matched by nobody in the gradebook: {'; '.join(strangers)}")
    return found, said


def _by_column(rows: Mapping[str, tuple[int, str]]) -> list[str]:
    """How many students were known by which column; by name where it is not the usual one."""
    counted = Counter(name for _, name in rows.values()).most_common()
    if not counted:
        return ["Nobody of the gradebook was found there"]
    usual, many = counted[0]
    told = [f"{many} by {usual}"]
    for name, _ in counted[1:]:
        told.append(f"{', '.join(s for s, (_, by) in rows.items() if by == name)} by {name}")
    return [f"Matched {len(rows)} of the class: {'; '.join(told)}"]


def converted(
    assignment: Assignment, maximum: float | None, school: str, units: Units
) -> Callable[[float], float]:
    """How a score is written there: as it is, or converted to the school's maximum.

    Raises GradingError where the two count out of different numbers and nobody said what to do.
    """
    if units == "as-is" or maximum is None or maximum == assignment.maximum:
        return lambda score: score
    ours, theirs = shown(assignment.maximum), shown(maximum)
    if units == "scale" and assignment.maximum:
        factor = maximum / assignment.maximum
        return lambda score: score * factor
    raise GradingError(
        f"{school} counts {assignment.name} out of {theirs}, the gradebook out of {ours}: change "
        "that there and download the file again, or say --scale to convert, or --as-is"
    )


def put_marks(
    sheet: Sheet,
    matches: Matches,
    assignment: Assignment,
    write: Callable[[int, Mark], str],
) -> list[str]:
    """Have each mark that was submitted and has a row written; the notes about the others.

    `write` writes a mark into a row, or answers why it does not.
    """
    kept: list[str] = []
    for mark in assignment.submitted:
        if mark.student.id in matches.rows:
            row, _ = matches.rows[mark.student.id]
            if why := write(row, mark):
                kept.append(f"{mark.student.id}, {assignment.name}: {why}")
    return kept


def notes_on(assignment: Assignment) -> list[str]:
    """What whoever exports the marks should know: who handed nothing in, who waits."""
    found = []
    absent = len(assignment.marks) - len(assignment.submitted)
    if absent:
        found.append(f"{assignment.name}: {absent} handed nothing in; their cells stay as they are")
    return found + waiting(assignment)


def waiting(assignment: Assignment) -> list[str]:
    """A sentence about the submissions that wait for a mark by hand, if there are any."""
    count = sum(mark.waits for mark in assignment.submitted)
    if not count:
        return []
    return [f"{assignment.name}: {count} wait for a mark by hand, and may get more points"]
