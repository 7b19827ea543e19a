"""`pytest work/`: every check is a test. pytest runs as a student starts it, in a process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course.student import progress
from tests.conftest import ROOT
from tests.course.student_samples import CHECKS, FIRST, FORGOT, RIGHT, SECOND, Student

FILE = f"work/{FIRST}/{FIRST}.ipynb"


@pytest.fixture
def student(tmp_path: Path) -> Student:
    """Someone in a course with the repository's own conftest.py and settings for pytest."""
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    one = Student(tmp_path)
    one.begins()
    return one


def run(student: Student, *words: str, cwd: str = ".") -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words],
        cwd=student.desk.work.parent / cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def test_each_check_has_the_verdict_and_the_card_that_check_gives(student: Student) -> None:
    student.answers(which_one=RIGHT["which-one"], wall=FORGOT)
    status, out = run(student, "work/", "-v")
    assert status == 1
    passed, failed, edges = (f"{FILE}::{check}" for check in CHECKS)
    assert f"{passed} PASSED" in out
    assert f"{failed} FAILED" in out
    assert f"{edges} FAILED" in out
    assert f"work/{SECOND}/{SECOND}.ipynb::wall-check SKIPPED" in out
    assert ":( wall: failed, 0 of 2 points\n   Nothing was returned (forgot-return)" in out
    assert "Traceback" not in out
    assert "pytest_work.py" not in out
    assert f"SKIPPED [1] work/{SECOND}/{SECOND}.ipynb:1: wall-check: not attempted yet." in out
    assert "1 passed, 2 failed, 3 skipped" in out.replace(
        "2 failed, 1 passed", "1 passed, 2 failed"
    )
    kept = progress.read(student.desk.work)
    assert {check: mark["verdict"] for check, mark in kept[FIRST].items()} == dict(
        zip(CHECKS, ["passed", "failed", "failed"], strict=True)
    )


def test_a_check_that_waits_for_another_is_skipped_with_its_reason(student: Student) -> None:
    released = student.desk.handed_out(FIRST)
    edges = released.read_text(encoding="utf-8").replace(
        '\\"edges\\", points=1', '\\"edges\\", points=1, needs=\\"wall\\"'
    )
    released.write_text(edges, encoding="utf-8")
    student.answers(wall=FORGOT)
    status, out = run(student, f"work/{FIRST}")
    assert status == 1
    assert "1 failed, 2 skipped" in out
    why = "This waits for the check wall, which has failed. That one comes first."
    assert f"{FILE}:1: wall-check-edges: skipped. {why}" in out


def test_one_lesson_or_one_check_alone_is_asked_for_from_where_one_is(student: Student) -> None:
    student.solves()
    assert "3 passed" in run(student, f"work/{FIRST}")[1]
    assert "1 passed, 2 deselected" in run(student, "-k", "edges", cwd=f"work/{FIRST}")[1]


def test_backups_and_other_notebooks_are_no_tests(student: Student) -> None:
    work = student.desk.work
    for place in (".backups", f"{FIRST}/.ipynb_checkpoints", f"{FIRST}/own", "submitted"):
        (work / place).mkdir(parents=True, exist_ok=True)
        shutil.copy(student.desk.mine(FIRST), work / place / f"{FIRST}.ipynb")
    shutil.copy(student.desk.mine(FIRST), work / FIRST / "Untitled.ipynb")
    status, out = run(student, "--collect-only", "-q", ".")
    assert status == 0
    names = [line.partition("::")[0] for line in out.splitlines() if "::" in line]
    assert names == [FILE] * 3 + [f"work/{SECOND}/{SECOND}.ipynb"] * 3


def test_a_check_that_went_wrong_itself_is_an_error_and_a_broken_notebook_is_one_sentence(
    student: Student,
) -> None:
    student.solves()
    path = student.desk.handed_out(FIRST)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('app.get(\\"/edge/\\")', "1 / 0"), encoding="utf-8")
    student.desk.mine(SECOND).write_text("{")
    status, out = run(student, f"work/{FIRST}")
    assert status == 1
    assert f"ERROR {FILE}::wall-check-edges" in out
    assert ":| wall-edges: errored" in out
    assert "ZeroDivisionError: division by zero" in out
    assert "2 passed, 1 error" in out
    status, out = run(student, f"work/{SECOND}")
    assert status == 2
    assert f"{student.desk.mine(SECOND)} is not a notebook: it is not JSON" in out
    assert "Traceback" not in out


def test_a_notebook_is_judged_once_for_all_its_checks(student: Student) -> None:
    count = student.desk.work / "runs"
    ran = f"open({str(count)!r}, 'a').write('x')\n"
    student.answers(which_one=ran + RIGHT["which-one"], wall=ran + RIGHT["wall"])
    status, out = run(student, f"work/{FIRST}")
    assert status == 0, out
    assert count.read_text() == "xx"
