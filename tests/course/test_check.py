"""`check`: a student's notebook, judged in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course import check, cli
from course.shelves import Shelves
from course.student import progress

NAME = "06_short_circuiting"
COURSE = Shelves.of_the_course()


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of one lesson that has been begun: its released notebook, and a copy in work/."""
    for shelf in ("notebooks", "work"):
        released = (COURSE.notebooks / NAME / f"{NAME}.ipynb").read_bytes()
        (tmp_path / shelf / NAME).mkdir(parents=True)
        (tmp_path / shelf / NAME / f"{NAME}.ipynb").write_bytes(released)
    place = Shelves(tmp_path / "lessons", tmp_path / "notebooks", tmp_path / "solutions")
    monkeypatch.setattr(check.Shelves, "of_the_course", lambda: place)
    return tmp_path / "work"


def answer(work: Path, slug: str, source: str) -> None:
    path = work / NAME / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    (cell,) = [c for c in notebook["cells"] if c["id"] == slug]
    cell["source"] = source
    path.write_text(json.dumps(notebook), encoding="utf-8")


def right(slug: str) -> str:
    path = COURSE.solutions / NAME / f"{NAME}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return next("".join(c["source"]) for c in notebook["cells"] if c["id"] == slug)


def test_an_untouched_notebook_is_not_attempted_and_says_so(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    assert out.count("not attempted") == 2
    assert "0 of 2 checks passed, 0 of 3 points." in out


def test_right_answers_pass_and_are_kept_for_lab(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for slug in ("block-list", "who-still-sees-it"):
        answer(work, slug, right(slug))
    assert cli.main(["check", "6"]) == 0
    assert "2 of 2 checks passed, 3 of 3 points." in capsys.readouterr().out
    assert progress.is_finished(work, COURSE.notebooks / NAME / f"{NAME}.ipynb")


def test_a_wrong_answer_is_named_with_both_onions_and_a_hint(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = right("block-list").replace("return self.get_response(request)", "return response")
    late = late.replace("        if ", "        response = self.get_response(request)\n        if ")
    answer(work, "block-list", late)
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    assert "(short-circuit-too-late)" in out
    assert "expected" in out
    assert "yours" in out
    assert "hint: " in out


def test_a_check_that_the_student_changed_counts_as_it_was_handed_out(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(work, "block-list-check", "pass")
    assert cli.main(["check"]) == 1
    assert "0 of 2 checks passed, 0 of 3 points." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("{", "is not JSON"),
        ("[]", "no list of cells"),
        ('{"cells": [1]}', "something among its cells that is no cell"),
        ("\xff\xfe", "is not JSON"),
    ],
)
def test_what_is_no_notebook_gets_one_sentence_with_the_file_and_the_mend(
    work: Path, capsys: pytest.CaptureFixture[str], damage: str, sentence: str
) -> None:
    path = work / NAME / f"{NAME}.ipynb"
    path.write_bytes(damage.encode("latin-1"))
    assert cli.main(["check"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert str(path) in line
    assert sentence in line
    assert "backup" in line
    assert path.read_bytes() == damage.encode("latin-1")
    assert not (work / progress.NAME).exists()


def test_a_lesson_that_is_not_begun_is_named_with_those_that_are(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "17"]) == 1
    assert f"There is no lesson 17 in work: there is {NAME}" in capsys.readouterr().err
