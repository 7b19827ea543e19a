"""A gradebook downloaded from Canvas, filled in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from autograder.__main__ import main
from autograder.grading.errors import GradingError
from autograder.grading.export import canvas
from autograder.grading.export.filling import Filled, Units
from autograder.grading.export.sheet import parse
from autograder.grading.marks import Assignment, Check, Mark, Student

ROSTER = '''\
Student,ID,SIS User ID,SIS Login ID,Section,Notes,"Wall, the (7)",wall (12),Final Score
,,,,,,,Manual Posting,
    Points Possible,,,,,,10,6,(read only)
"Lovelace, ""Ada""",101,u1,ADA,"A, B",  keep ,3.50,,88
Bob,102,bob,someone@school.example,A,"quo""te",,N/A,
"Ng, Carla",carla,u3,c@school.example,A,,,EX,
Dan,104,u4,dan,A,,,4,
"Student, Test",105,,9f3c,A,,,,
'''


def student(name: str, score: float = 0, **known: str) -> Mark:
    return Mark(Student(name, **known), submitted=True, raw=score)


def graded(*marks: Mark, name: str = "wall", maximum: float = 6) -> Assignment:
    return Assignment(name, None, maximum, marks)


def filled(
    roster: str, *assignments: Assignment, columns: Sequence[str] = (), units: Units = ""
) -> Filled:
    return canvas.fill(parse(roster, Path("roster.csv")), assignments, columns, units)


def test_only_the_scores_change_and_all_else_stays_byte_for_byte(
    small_course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster, target = tmp_path / "roster.csv", tmp_path / "filled.csv"
    crlf = "\ufeff" + ROSTER.replace("N/A", "1").replace("\n", "\r\n")
    roster.write_bytes(crlf.encode())
    words = ["--roster", str(roster), "--course", str(small_course), "-o", str(target)]
    assert main(["export", "canvas", "wall", *words]) == 0
    expected = crlf.replace("3.50,,88", "3.50,6,88").replace('"quo""te",,1,', '"quo""te",,1,')
    assert target.read_bytes().decode() == expected
    assert roster.read_bytes() == crlf.encode()
    said = capsys.readouterr().out
    assert "Matched 4 of the class: 2 by SIS Login ID; bob by SIS User ID; carla by ID." in said
    assert "Matched by nobody in the gradebook: Student, Test." in said
    assert "wall: 1 handed nothing in; their cells stay as they are." in said
    assert "carla, wall: is excused there, and stays so." in said


def test_a_score_that_finds_no_cell_is_left_out_and_said() -> None:
    found = filled(ROSTER, graded(student("bob", 5), student("eve", 2)))
    assert found.left_out == ["eve is not in roster.csv", "bob, wall: does not have it there"]
    assert found.text == ROSTER


def test_whoever_handed_nothing_in_keeps_what_canvas_has() -> None:
    found = filled(ROSTER, graded(Mark(Student("dan")), Mark(Student("eve"))))
    assert found.text == ROSTER
    assert found.left_out == []


def test_who_could_be_two_rows_is_left_out() -> None:
    roster = ROSTER.replace("Dan,104,", "Dan,ada,")
    found = filled(roster, graded(student("ada", 6)))
    assert found.text == roster
    (line,) = found.left_out
    assert line == "ada could be row 4 by SIS Login ID and row 7 by ID: nothing was filled in"


def test_two_who_could_be_one_row_are_left_out() -> None:
    found = filled(ROSTER, graded(student("ada", 6), student("eve", 1, lms_user_id="101")))
    assert found.text == ROSTER
    assert found.left_out[0] == "ada and eve could be row 4: nothing was filled in"


def test_an_e_mail_address_may_be_the_login() -> None:
    found = filled(ROSTER, graded(student("x", 2, email="Someone@School.example"))).left_out
    assert found == ["x, wall: does not have it there"]


def test_a_file_with_semicolons_is_filled_in_with_semicolons() -> None:
    roster = "Student;ID;SIS Login ID;Section;wall (1)\n    Points Possible;;;;6,00\nA;1;ada;S;\n"
    found = filled(roster, graded(student("ada", 5.5)))
    assert found.text.endswith("A;1;ada;S;5.5\n")


def test_several_assignments_go_into_their_own_columns() -> None:
    gate = graded(student("ada", 9), name="gate", maximum=10)
    columns = ["wall (12)", "Wall, the (7)"]
    found = filled(ROSTER, graded(student("ada", 4)), gate, columns=columns)
    assert "  keep ,9,4,88" in found.text


def test_a_title_is_known_by_its_letters_where_none_is_the_same() -> None:
    roster = ROSTER.replace("wall (12)", "06 Short-circuiting (12)")
    found = filled(roster, graded(student("ada", 4), name="06_short_circuiting"))
    assert "3.50,4,88" in found.text


@pytest.mark.parametrize(
    ("change", "how", "said"),
    [
        (("wall (12)", "Waal (12)"), {}, 'has no assignment named "wall"; name one of these'),
        (("Wall, the (7)", "wall (7)"), {}, 'has several assignments named "wall"'),
        (("wall", "wall"), {"columns": ["wall"]}, 'has no assignment named "wall"'),
        (("wall", "wall"), {"columns": ["a", "b"]}, "Name a --column for each assignment"),
        (("Points Possible", "Points"), {}, "is not a gradebook downloaded from Canvas"),
        (("10,6,", "10,8,"), {}, "Canvas counts wall out of 8, the gradebook out of 6: change"),
    ],
)
def test_what_is_in_doubt_is_refused(
    change: tuple[str, str], how: dict[str, Any], said: str
) -> None:
    with pytest.raises(GradingError) as told:
        filled(ROSTER.replace(*change), graded(student("ada", 4)), **how)
    assert said in str(told.value)


@pytest.mark.parametrize(("units", "score"), [("scale", "4"), ("as-is", "3")])
def test_points_are_converted_or_kept_where_that_is_said(units: Units, score: str) -> None:
    found = filled(ROSTER.replace("10,6,", "10,8,"), graded(student("ada", 3)), units=units)
    assert f"3.50,{score},88" in found.text


def test_marks_that_wait_for_somebody_are_said() -> None:
    mark = Mark(Student("ada"), True, checks=(Check("wall", "essay", 0, 3, waits=True),))
    assert (
        "wall: 1 wait for a mark by hand, and may get more points"
        in filled(ROSTER, graded(mark)).notes
    )
