"""`progress`: how far a student is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from course import cli
from course.student.desk import Desk
from tests.course.student_samples import FIRST, FORGOT, SECOND, Student

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def student(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Student:
    one = Student(tmp_path)
    one.begins()
    monkeypatch.setattr(Desk, "of_the_course", lambda: one.desk)
    return one


def table(capsys: Capture) -> list[list[str]]:
    """The cells of each line that is not empty."""
    assert cli.main(["progress"]) == 0
    return [line.split() for line in capsys.readouterr().out.splitlines() if line.strip(" ─")]


def data(capsys: Capture) -> Any:
    assert cli.main(["progress", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_at_the_beginning_nothing_has_passed_and_the_first_lesson_is_next(
    student: Student, capsys: Capture
) -> None:
    _, first, second, together, step = table(capsys)
    assert first == [FIRST, "0", "of", "3", "0", "of", "4"]
    assert second == [SECOND, "0", "of", "3", "0", "of", "4"]
    assert together == ["together", "0", "of", "6", "0", "of", "8"]
    assert " ".join(step) == f"Next: {cli.COMMAND} lab 01"


def test_a_finished_lesson_and_one_on_the_way_say_so(student: Student, capsys: Capture) -> None:
    student.solves(FIRST)
    student.answers(SECOND, wall=FORGOT)
    cli.main(["check", "1", "2"])
    capsys.readouterr()
    _, first, second, together, step = table(capsys)
    assert first == [FIRST, "3", "of", "3", "4", "of", "4", "finished"]
    assert second == [SECOND, "0", "of", "3", "0", "of", "4", "which-one"]
    assert together == ["together", "3", "of", "6", "4", "of", "8"]
    assert " ".join(step) == f"Next: {cli.COMMAND} lab 02"


def test_a_program_reads_the_same_as_json(student: Student, capsys: Capture) -> None:
    student.solves(FIRST)
    cli.main(["check"])
    capsys.readouterr()
    found = data(capsys)
    assert found["current"] == SECOND
    assert found["lessons"][0] == {
        "lesson": FIRST,
        "begun": True,
        "passed": 3,
        "checks": 3,
        "points": 4,
        "max": 4,
        "next": "",
    }
    assert found["lessons"][1]["begun"] is False
    assert found["lessons"][1]["next"] == "which-one"


def test_when_all_is_finished_nothing_is_next(student: Student, capsys: Capture) -> None:
    for lesson in (FIRST, SECOND):
        student.solves(lesson)
    cli.main(["check", "--all"])
    assert capsys.readouterr().out.endswith("You have seen the whole onion.\n")
    assert table(capsys)[-1][:4] == ["All", "lessons", "are", "finished."]
    assert data(capsys)["current"] is None


def test_a_lesson_in_which_one_works_goes_before_an_earlier_one_that_was_left(
    student: Student, capsys: Capture
) -> None:
    student.answers(SECOND, wall=FORGOT)
    assert data(capsys)["current"] == SECOND
