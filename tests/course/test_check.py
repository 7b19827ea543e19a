"""`check`: a student's notebook, judged in the terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from course import cli
from course.student import progress
from course.student.desk import Desk
from tests.conftest import copy_checkout
from tests.course.student_samples import (
    CHECKS,
    FIRST,
    FORGOT,
    RIGHT,
    SECOND,
    Student,
    cell,
    doubled,
    stripped,
)

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def student(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Student:
    one = Student(tmp_path)
    monkeypatch.setattr(Desk, "of_the_course", lambda: one.desk)
    return one


def lines(capsys: Capture) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_an_untouched_notebook_is_not_attempted_and_says_so(
    student: Student, capsys: Capture
) -> None:
    student.begins()
    assert cli.main(["check"]) == 1
    out = lines(capsys)
    assert out[0].startswith(f"{FIRST}, as it was saved at ")
    assert [line.partition(",")[0] for line in out[2:5]] == [
        ":| which-one: not attempted",
        ":| wall: not attempted",
        ":| wall-edges: not attempted",
    ]
    assert "0 of 3 checks passed, 0 of 4 points." in out


def test_right_answers_are_a_line_each_and_are_kept_for_lab(
    student: Student, capsys: Capture
) -> None:
    student.begins()
    student.solves()
    assert cli.main(["check", "1"]) == 0
    out = lines(capsys)
    assert len([line for line in out if line.startswith(":) ")]) == 3
    assert out[-2:] == [
        "3 of 3 checks passed, 4 of 4 points.",
        f"{FIRST} is finished. Next: {cli.COMMAND} lab 02",
    ]
    assert progress.is_finished(student.desk.work, student.desk.handed_out(FIRST))


def test_the_one_card_is_that_of_a_wrong_answer_even_behind_one_that_is_missing(
    student: Student, capsys: Capture
) -> None:
    student.begins()
    student.answers(wall=FORGOT)
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    assert out.count("(forgot-return)") == 1
    assert "expected" in out
    assert "yours" in out
    assert "hint: " in out
    hint = f"{cli.COMMAND} hint 01 wall"
    assert out.endswith(
        f"go on with wall, save, and type {cli.COMMAND} check 01 (a hint: {hint})\n"
    )


def test_every_card_is_shown_when_asked_for(student: Student, capsys: Capture) -> None:
    student.begins()
    student.answers(wall=FORGOT)
    assert cli.main(["check", "--cards"]) == 1
    assert capsys.readouterr().out.count("(forgot-return)") == 2


def test_the_lesson_that_was_saved_last_is_the_one_that_is_meant(
    student: Student, capsys: Capture
) -> None:
    student.begins()
    for lesson, moment in ((FIRST, 2_000_000_000), (SECOND, 1_000_000_000)):
        path = student.answers(lesson, wall=FORGOT)
        os.utime(path, (moment, moment))
    assert cli.main(["check"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{FIRST}, as it was saved on ")
    assert SECOND not in out


def test_all_that_is_begun_is_checked_when_asked_for_and_nothing_else(
    student: Student, capsys: Capture
) -> None:
    student.begins()
    student.solves(SECOND)
    assert cli.main(["check", "--all"]) == 0
    assert "3 of 3 checks passed" in capsys.readouterr().out
    student.answers(FIRST, wall=FORGOT)
    assert cli.main(["check", "--all"]) == 1
    out = capsys.readouterr().out
    assert "3 of 6 checks passed, 4 of 8 points." in out
    assert f"go on with wall, save, and type {cli.COMMAND} check 01" in out


def test_a_check_that_the_student_changed_counts_as_it_was_handed_out(
    student: Student, capsys: Capture
) -> None:
    student.begins()
    student.answers(**{name.replace("-", "_"): "pass" for name in CHECKS})
    assert cli.main(["check"]) == 1
    assert "0 of 3 checks passed, 0 of 4 points." in capsys.readouterr().out


def test_a_notebook_elsewhere_is_judged_by_the_same_checks_and_not_kept(
    student: Student, capsys: Capture, tmp_path: Path
) -> None:
    student.begins()
    elsewhere = tmp_path / "from a friend" / f"{FIRST}.ipynb"
    elsewhere.parent.mkdir()
    student.solves().rename(elsewhere)
    assert cli.main(["check", str(elsewhere)]) == 0
    assert capsys.readouterr().out.endswith("3 of 3 checks passed, 4 of 4 points.\n")
    assert not (student.desk.work / progress.NAME).exists()


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("{", "is not JSON"),
        ("[]", 'it has no "nbformat": 4'),
        ('{"nbformat": 4, "cells": [1]}', "cell 1 has no known cell_type"),
        ("\xff\xfe", "is not JSON"),
    ],
)
def test_what_is_no_notebook_gets_one_sentence_with_the_file_and_the_mend(
    student: Student, capsys: Capture, damage: str, sentence: str
) -> None:
    student.begins()
    path = student.desk.mine(FIRST)
    path.write_bytes(damage.encode("latin-1"))
    assert cli.main(["check"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{path} is not a notebook")
    assert sentence in line
    assert line.endswith(f"it is left as it is: type {cli.COMMAND} reset 01 to begin it afresh.")
    assert path.read_bytes() == damage.encode("latin-1")
    assert not (student.desk.work / progress.NAME).exists()


def test_a_lesson_that_does_not_exist_is_named_with_those_that_do(
    student: Student, capsys: Capture
) -> None:
    student.begins()
    assert cli.main(["check", "17"]) == 1
    told = f'There is no lesson "17": the lessons are {FIRST}, {SECOND}.\n'
    assert capsys.readouterr().err == told


@pytest.mark.parametrize("words", [["check"], ["hint"], ["progress"], ["reset", "1"], ["submit"]])
def test_before_there_is_anything_to_work_on_each_verb_says_how_to_start(
    student: Student, capsys: Capture, words: list[str]
) -> None:
    assert cli.main(words) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith(f"start with {cli.COMMAND} lab\n")
    assert not student.desk.work.exists()


def test_an_answer_that_is_there_twice_passes_with_a_warning_and_its_mend(
    student: Student, capsys: Capture
) -> None:
    student.begins()
    student.solves()
    student.edits(doubled)
    assert cli.main(["check"]) == 0
    out = capsys.readouterr().out
    assert "The cell wall is there twice: delete the copy, or nbgrader cannot grade this.\n" in out


@pytest.mark.parametrize("metadata", [None, {"schema_version": 2}, {"solution": False}])
def test_an_answer_that_nbgrader_would_not_know_passes_with_a_warning_and_its_mend(
    student: Student, capsys: Capture, metadata: dict[str, object] | None
) -> None:
    student.begins()
    student.solves()
    student.edits(
        stripped
        if metadata is None
        else lambda cells: cell(cells, "wall")["metadata"]["nbgrader"].update(metadata)
    )
    assert cli.main(["check"]) == 0
    told = f"nbgrader would not find the cell wall: {cli.COMMAND} lab puts that right.\n"
    assert told in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a POSIX signal")
def test_ctrl_c_keeps_the_verdicts_so_far_and_leaves_the_notebook(tmp_path: Path) -> None:
    root = copy_checkout(tmp_path / "späces")
    one = Student(root)
    one.begins()
    path = one.answers(which_one=RIGHT["which-one"], wall="while True:\n    pass\n")
    before = path.read_bytes()
    running = subprocess.Popen(
        [sys.executable, "-m", "course.cli", "check"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        # Who runs the tests in the background has SIGINT ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        text=True,
    )
    assert running.stdout is not None
    while not running.stdout.readline().startswith(":) which-one"):
        assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (130, "\nStopped.\n")
    kept = json.loads((one.desk.work / progress.NAME).read_text())
    assert {check: mark["verdict"] for check, mark in kept[FIRST].items()} == {CHECKS[0]: "passed"}
    assert path.read_bytes() == before
