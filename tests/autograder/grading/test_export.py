"""The marks of a class in nbgrader's own columns; a gradebook that is read and left as it is."""

from __future__ import annotations

import csv
import io
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.__main__ import main
from autograder.grading import marks
from autograder.grading.errors import GradingError
from autograder.grading.export.command import FORMATS
from autograder.grading.export.table import COLUMNS, table
from autograder.grading.marks import Assignment, Mark, Student
from tests.autograder.grading.small_class import NAME

TEXT = st.text(st.characters(exclude_categories=("Cs",)))


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_comma_in_a_name_shifts_no_column(small_course: Path, tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    assert main(["export", "nbgrader", "--course", str(small_course), "-o", str(path)]) == 0
    found = {row["student_id"]: row for row in rows(path.read_text(encoding="utf-8"))}
    assert found["ada"]["last_name"] == "Lovelace, Countess"
    assert found["ada"]["first_name"] == 'Ada "Byron"'
    assert [found[s]["score"] for s in ("ada", "bob", "carla", "dan")] == [
        "6.0",
        "1.0",
        "2.75",
        "0.0",
    ]
    assert found["carla"]["late_submission_penalty"] == "0.25"
    assert found["dan"]["timestamp"] == ""


@given(TEXT, TEXT, TEXT)
def test_any_name_is_read_back_as_it_was(last: str, first: str, email: str) -> None:
    student = Student("ada", last, first, email)
    (row,) = rows(table([Assignment(NAME, None, 3, (Mark(student),))]))
    assert (row["last_name"], row["first_name"], row["email"]) == (last, first, email)
    assert list(row) == list(COLUMNS)


def test_names_without_commas_give_what_nbgrader_itself_exports(
    small_course: Path, tmp_path: Path
) -> None:
    from nbgrader.api import Gradebook
    from nbgrader.plugins import CsvExportPlugin

    shutil.copy(small_course / "gradebook.db", tmp_path)
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with warnings.catch_warnings(), Gradebook(url) as book:
        warnings.simplefilter("ignore")  # of nbgrader's own making
        ada = book.find_student("ada")
        ada.last_name, ada.first_name = "Lovelace", "Ada"
        every_kind_of_mark(book)
        CsvExportPlugin(to=str(tmp_path / "theirs.csv")).export(book)
    assert table(marks.read(url, [])) == (tmp_path / "theirs.csv").read_text(encoding="utf-8")


def every_kind_of_mark(book: Any) -> None:
    """By hand over by machine, extra credit on either and on neither, tasks, two notebooks."""
    book.add_assignment("gate")
    for notebook in ("gate", "two"):
        book.add_notebook(notebook, "gate")
    book.add_grade_cell("test", "gate", "gate", max_score=0.1, cell_type="code")
    book.add_task_cell("task", "two", "gate", max_score=0.2, cell_type="markdown")
    book.add_submission("gate", "bob")
    book.find_grade("test", "gate", "gate", "bob").auto_score = 0.1
    book.find_grade("task", "two", "gate", "bob").manual_score = 0.2
    book.find_submission_notebook("gate", "gate", "bob").late_submission_penalty = 9
    for student, grade_id in (("ada", "double-check"), ("ada", "essay"), ("bob", "essay")):
        book.find_grade(grade_id, NAME, NAME, student).extra_credit = 0.7
    book.find_grade("block-list-check", NAME, NAME, "carla").manual_score = 1.1
    book.db.commit()


def test_the_gradebook_is_left_as_it_was(small_course: Path) -> None:
    book = small_course / "gradebook.db"
    before = book.read_bytes()
    (found,) = marks.read(f"sqlite:///{book}", [NAME])
    assert book.read_bytes() == before
    assert [mark.student.id for mark in found.submitted] == ["ada", "bob", "carla"]
    assert [mark.student.id for mark in found.marks if mark.waits] == ["bob"]


def test_a_mark_by_hand_is_known_as_one(small_course: Path) -> None:
    (found,) = marks.read(f"sqlite:///{small_course / 'gradebook.db'}", [NAME])
    (ada,) = (mark for mark in found.marks if mark.student.id == "ada")
    checks = {check.grade_id: (check.score, check.maximum, check.by_hand) for check in ada.checks}
    assert checks == {
        "block-list-check": (2, 2, False),
        "double-check": (1, 1, False),
        "essay": (3, 3, True),
    }


def test_an_assignment_that_is_not_there_is_told_with_those_that_are(small_course: Path) -> None:
    with pytest.raises(GradingError, match="has no assignment 'gate': it has wall"):
        marks.read(f"sqlite:///{small_course / 'gradebook.db'}", ["gate"])


def test_no_gradebook_is_one_sentence_and_none_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "nbgrader", "--course", str(tmp_path)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{tmp_path / 'gradebook.db'}: there is no gradebook; grade first")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("what", "what: is no database URL"),
        (
            "postgresql+psycopg://me:sesame@nowhere/marks",
            "postgresql+psycopg://me:***@nowhere/marks: the driver for this database is not",
        ),
    ],
)
def test_a_gradebook_that_cannot_be_read_is_told_without_its_password(
    url: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as where it is not installed
    with pytest.raises(GradingError) as told:
        marks.read(url, [])
    assert str(told.value).startswith(said)
    assert "sesame" not in str(told.value)


@pytest.mark.parametrize("content", [b"", b"no database " * 100])
def test_a_file_that_is_no_gradebook_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "gradebook.db"
    path.write_bytes(content)
    with pytest.raises(GradingError, match="this gradebook cannot be read"):
        marks.read(f"sqlite:///{path}", [])
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("nowhere/marks.csv", "marks.csv: cannot be written (No such file or directory)"),
        (".", "is a folder; name a file in it with -o"),
    ],
)
def test_where_nothing_can_be_written_is_told(
    small_course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str, said: str
) -> None:
    words = ["--course", str(small_course), "-o", str(tmp_path / target)]
    assert main(["export", "nbgrader", *words]) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_help_of_its_own(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["export", name, "--help"])
    assert f"Export to {name}:" in capsys.readouterr().out
