"""A grading worksheet downloaded from Moodle, filled in."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from autograder.__main__ import main
from autograder.grading.cards import Card
from autograder.grading.errors import GradingError
from autograder.grading.export import moodle
from autograder.grading.export.comments import comment
from autograder.grading.export.filling import Filled
from autograder.grading.export.sheet import parse
from autograder.grading.marks import Assignment, Check, Mark, Student

ENGLISH = """\
Identifier,"Full name","ID number","Email address",Status,Grade,"Maximum Grade",\
"Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 11","Ada Lovelace",,ada@school.example,"Submitted for grading - ",,6.00,Yes,\
"Friday, 20 November 2026, 9:30 AM",-,
"Participant 12",Bob,bob,b@school.example,"No submission - ",2.00,6.00,Yes,-,-,"Well
done"
"Participant 13","Carla Ng",,carla@school.example,"No submission - ",-,6.00,Yes,-,-,
"""
GERMAN = """\
\ufeffID,Vollständiger Name,E-Mail-Adresse,Status,Gruppe,Bewertung,Bestwertung,Bewertung kann \
geändert werden,Zuletzt geändert (Bewertung),Feedback als Kommentar
Teilnehmer/in11,Ada Lovelace,ada@school.example,Abgegeben,G1,,"6,00",Ja,-,
Teilnehmer/in12,Bob,b@school.example,Keine Abgabe,G1,"2,00","6,00",Ja,-,
"""


CHECK = Check("wall", "c", 0, 1)


def mark(name: str, score: float, **known: str) -> Mark:
    return Mark(Student(name, **known), submitted=True, raw=score)


def graded(*marks: Mark, maximum: float = 6) -> Assignment:
    return Assignment("wall", None, maximum, marks)


def filled(worksheet: str, *marks: Mark, **how: Any) -> Filled:
    return moodle.fill(parse(worksheet, Path("sheet.csv")), graded(*marks), **how)


def column(text: str, name: str) -> list[str]:
    return [row[name] for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))]


def test_grades_and_comments_are_filled_in_and_all_else_stays(
    small_course: Path, tmp_path: Path
) -> None:
    worksheet, target = tmp_path / "worksheet.csv", tmp_path / "filled.csv"
    worksheet.write_text(ENGLISH, encoding="utf-8")
    words = ["--worksheet", str(worksheet), "--course", str(small_course), "-o", str(target)]
    words += ["--feedback", "Feedback comments"]
    assert main(["export", "moodle", "wall", *words]) == 0
    text = target.read_text(encoding="utf-8")
    assert column(text, "Grade") == ["6", "1", "2.75"]
    ada, bob, carla = column(text, "Feedback comments")
    assert ada.splitlines() == [
        "block-list-check: 2 of 2<br>",
        "double-check: 1 of 1<br>",
        "essay: 3 of 3",
    ]
    assert "block-list-check: 0 of 2 (forgot-return). GET /public/" in bob
    assert "essay: 0 of 3, waits for a mark by hand" in bob
    assert carla.endswith("For lateness: -0.25")
    before, after = (parse(one) for one in (ENGLISH, text))
    for row in (1, 2, 3):
        del before.rows[row].cells[10], after.rows[row].cells[10]
        del before.rows[row].cells[5], after.rows[row].cells[5]
    assert before == after


def test_the_worksheet_itself_is_never_written_over(
    small_course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worksheet = tmp_path / "worksheet.csv"
    worksheet.write_text(ENGLISH, encoding="utf-8")
    words = ["--worksheet", str(worksheet), "--course", str(small_course), "-o", str(worksheet)]
    assert main(["export", "moodle", "wall", *words]) == 1
    assert "is what the school gave; name another file with -o" in capsys.readouterr().err
    assert worksheet.read_text(encoding="utf-8") == ENGLISH


def test_whatever_a_message_holds_a_comment_can_be_written() -> None:
    said = Card("failed", "x", "half of a \ud800 pair, a \x1b[1m, <b>")
    found = comment(graded(), Mark(Student("ada"), True, checks=(CHECK,)), lambda *_: {"c": said})
    assert found == "c: 0 of 1 (x). half of a \\ud800 pair, a \\x1b[1m, &lt;b&gt;"
    found.encode()


def test_a_worksheet_in_another_language_is_filled_in_by_what_stands_in_it() -> None:
    found = filled(GERMAN, mark("ada", 5.5, email="ada@school.example"), mark("12", 3))
    assert column(found.text, "Bewertung") == ["5.5", "3"]
    assert found.text.startswith("\ufeffID,Vollständiger Name,")
    assert found.left_out == []


def test_a_full_name_is_asked_where_nothing_else_is_known() -> None:
    found = filled(GERMAN, mark("x1", 4, first_name="Ada", last_name="Lovelace"))
    assert column(found.text, "Bewertung") == ["4", "2,00"]
    assert "1 by Vollständiger Name" in found.notes[0]


def test_one_name_of_two_people_is_no_match_for_one_who_is_known_by_nothing_else() -> None:
    twins = GERMAN.replace("Bob", "Ada Lovelace")
    named = {"first_name": "Ada", "last_name": "Lovelace"}
    found = filled(
        twins, mark("x1", 4, email="ada@school.example", **named), mark("x2", 5, **named)
    )
    assert column(found.text, "Bewertung") == ["4", "2,00"]
    (line,) = found.left_out
    assert line.startswith("x2 could be row 2 by Vollständiger Name and row 3")


def test_a_group_that_two_share_is_nobody_s_name() -> None:
    assert filled(GERMAN, mark("G1", 4)).left_out == ["G1 is not in sheet.csv"]


def test_a_grade_over_the_maximum_is_refused() -> None:
    with pytest.raises(GradingError) as told:
        filled(ENGLISH, mark("bob", 6.5), mark("carla", 6))
    said = "Moodle takes no grade over its maximum of 6, and bob has 6.5: make that 6.5 there,"
    assert str(told.value).startswith(said)


def test_another_maximum_is_refused_until_somebody_says_what_is_meant() -> None:
    hundred = ENGLISH.replace("6.00", "100.00")
    with pytest.raises(GradingError, match="Moodle counts wall out of 100, the gradebook out of 6"):
        filled(hundred, mark("bob", 6))
    assert column(filled(hundred, mark("bob", 4), units="scale").text, "Grade")[1] == "66.66667"
    assert column(filled(hundred, mark("bob", 4), units="as-is").text, "Grade")[1] == "4"


@pytest.mark.parametrize(
    ("worksheet", "how", "said"),
    [
        (ENGLISH.replace("6.00", "-"), {}, "has no column of grades with a maximum right of it"),
        (ENGLISH.replace("Participant 12", "Bob"), {}, "its first column does not number"),
        (ENGLISH.replace("Participant 12", "Participant 11"), {}, "does not number"),
        ("", {}, "is not a grading worksheet of Moodle's"),
        (ENGLISH.split("\n")[0], {}, "is not a grading worksheet of Moodle's"),
        (ENGLISH, {"column": "Status"}, 'has no column "Status" with a maximum right of it'),
        (ENGLISH, {"feedback": "Kommentar"}, 'has no column "Kommentar" for comments; it has'),
    ],
)
def test_what_is_no_worksheet_is_refused(worksheet: str, how: dict[str, str], said: str) -> None:
    with pytest.raises(GradingError) as told:
        filled(worksheet, mark("bob", 4), **how)
    assert said in str(told.value)


def test_a_grade_column_in_doubt_is_named_by_whoever_asks() -> None:
    two = ENGLISH.replace("Status,", "Points,").replace('"No submission - "', "3")
    two = two.replace('"Submitted for grading - "', "4").replace(",2.00,", ",6.00,")
    two = two.replace("example,4,,", "example,4,6.00,").replace(",3,-,", ",3,6.00,")
    with pytest.raises(GradingError, match='with --column: "Points", "Grade"'):
        filled(two, mark("bob", 4))
    assert column(filled(two, mark("bob", 4), column="Grade").text, "Grade")[1] == "4"
