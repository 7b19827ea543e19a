"""Which row of a school's file is whose; where two answers are possible, none is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from autograder.grading.marks import Student

LMS_ID = "lms_user_id"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that says who a row is about; `fields` are what it may hold of a student's."""

    name: str
    fields: tuple[str, ...]
    values: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Matches:
    """Who stands in which row, and through which column that is known.

    `doubtful` has a sentence for each student who fits several rows, or a row that others fit too.
    """

    rows: Mapping[str, tuple[int, str]]
    doubtful: Mapping[str, str]


def match(
    students: Iterable[Student], columns: Sequence[Column], weak: Sequence[Column] = ()
) -> Matches:
    """Find the rows of `students` by what any of the columns says of them.

    Letters are compared without case, as logins are. Nobody is matched in doubt. `weak` columns,
    such as names, are asked about those whom no other column knows.
    """
    everybody = list(students)
    strong = {student.id: _rows_of(student, columns) for student in everybody}
    others = {one.id: _rows_of(one, weak) for one in everybody if not strong[one.id]}
    sure, doubtful = _settled({who: rows for who, rows in strong.items() if rows}, {})
    also_sure, also_doubtful = _settled(others, {row: who for who, (row, _) in sure.items()})
    return Matches(sure | also_sure, doubtful | also_doubtful)


def _settled(
    found: Mapping[str, Mapping[int, str]], taken: Mapping[int, str]
) -> tuple[dict[str, tuple[int, str]], dict[str, str]]:
    """Those who fit one row that nobody else fits, and a sentence about each of the others."""
    claims: dict[int, set[str]] = {row: {who} for row, who in taken.items()}
    for student, rows in found.items():
        for row in rows:
            claims.setdefault(row, set()).add(student)
    sure: dict[str, tuple[int, str]] = {}
    doubtful: dict[str, str] = {}
    for student, rows in found.items():
        rivals = {other for row in rows for other in claims[row]} - {student}
        if len(rows) > 1:
            where = " and ".join(f"row {row + 1} by {name}" for row, name in rows.items())
            doubtful[student] = f"{student} could be {where}"
        elif rivals:
            row = next(iter(rows)) + 1
            doubtful[student] = f"{student} and {', '.join(sorted(rivals))} could be row {row}"
        elif rows:
            sure[student] = next(iter(rows.items()))
    return sure, doubtful


def _rows_of(student: Student, columns: Sequence[Column]) -> dict[int, str]:
    """The rows that could be a student's, each with the first column that says so."""
    found: dict[int, str] = {}
    for column in columns:
        own = {_plain(_field(student, field)) for field in column.fields} - {""}
        for row, value in column.values.items():
            if _plain(value) in own:
                found.setdefault(row, column.name)
    return found


def _field(student: Student, name: str) -> str:
    if name == "name":
        return " ".join(filter(None, (student.first_name, student.last_name)))
    return getattr(student, name) or ""


def _plain(value: str) -> str:
    return value.strip().casefold()
