"""Where it is not sure whose a file is, or which is the last, nothing is changed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.autograder.grading.downloads import (
    NOON,
    OTHER,
    answered,
    collect,
    course_folder,
    in_zip,
    mixed,
    name,
    submitted,
    there,
    zipped,
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return course_folder(tmp_path / "course")


DOUBTS = {
    "an unknown student": (
        {"nobodyelse_99_1_x.ipynb": answered("x")},
        'nobody in the gradebook is "nobodyelse" (user 99), as Canvas says',
    ),
    "a name that two students share": (
        {"leeann_99_1_x.ipynb": answered("x")},
        "may be of an1 or an2",
    ),
    "a manifest that contradicts Canvas": (
        {"lovelaceada_99_1_x.zip": submitted("alan", answered("x"))},
        "Canvas's name lovelaceada means ada, but its manifest means alan",
    ),
    "a manifest of somebody whom the gradebook knows by another name": (
        {"stranger_99_1_x.zip": submitted("ada", answered("x"))},
        "its manifest means ada, but Canvas says that stranger handed it in",
    ),
    "two people under one student's id": (
        {
            "one_98_1_x.zip": submitted("alan", answered("x")),
            "two_99_2_x.zip": submitted("alan", answered("y"), NOON + timedelta(hours=1)),
        },
        "user 98 and user 99 both handed this in",
    ),
    "two files and nothing that says which is the last": (
        {"hoppergrace_12_1_x.ipynb": answered("x"), "hoppergrace_12_2_y.ipynb": answered("y")},
        "2 different files are of this student",
    ),
    "another lesson's notebook": (
        {"hoppergrace_12_1_x.ipynb": answered("x", OTHER)},
        "is of another lesson",
    ),
    "another lesson's notebook with a cell of this one": (
        {"hoppergrace_12_1_x.ipynb": mixed()},
        "is of another lesson",
    ),
    "an unknown student with somebody's name inside what was packed": (
        {"nobodyelse_99_1_x.zip": in_zip({"grace/x.ipynb": answered("x")})},
        'nobody in the gradebook is "nobodyelse" (user 99), as Canvas says',
    ),
    "another lesson's archive": (
        {"hoppergrace_12_1_x.zip": submitted("grace", answered("x", OTHER), lesson=OTHER)},
        f"is of another lesson, {OTHER}",
    ),
    "a notebook without the lesson's cells": (
        {"hoppergrace_12_1_x.ipynb": b'{"cells": []}'},
        "has no cell that nbgrader knows",
    ),
    "a damaged notebook": (
        {"hoppergrace_12_1_x.ipynb": b'{"cells": [' + b"[" * 100_000},
        "is damaged: no notebook can be read from it",
    ),
    "a moment that is yet to come": (
        {"x.zip": submitted("ada", answered("x"), NOON.replace(year=2100))},
        "a time that is yet to come",
    ),
    "nothing that says whose it is": (
        {"x.ipynb": answered("x")},
        "nothing says whose it is",
    ),
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_in_doubt_nothing_is_changed(
    doubt: str,
    course: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    files, sentence = DOUBTS[doubt]
    sure = {name("çigdem"): submitted("çigdem", answered("sure"))}
    assert collect(course, zipped(tmp_path / "all.zip", {**files, **sure})) == 1
    assert sentence in capsys.readouterr().out
    assert [path.name for path in (course / "submitted").iterdir()] == ["çigdem"]


def test_a_new_student_is_believed_only_when_somebody_says_so(course: Path, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "all.zip", {"x.zip": submitted("zoë", answered("x"))})
    assert collect(course, archive) == 1
    assert collect(course, archive, "--new") == 0
    assert there(course, "zoë").read_bytes() == answered("x")


@pytest.mark.parametrize("student", ["../ada", "..", "/ada", "a/b", "a\\b", "a\x00b", "a\nb", " "])
def test_no_students_name_leads_out_of_the_folder(
    student: str, course: Path, tmp_path: Path
) -> None:
    archive = zipped(tmp_path / "all.zip", {"x.zip": submitted(student, answered("x"))})
    assert collect(course, archive, "--new") == 1
    assert not (course / "submitted").exists()
