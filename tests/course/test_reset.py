"""`reset`: a lesson begins afresh, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from course import cli
from course.student import hints_shown, progress, work
from course.student.desk import Desk
from tests.course.student_samples import FIRST, RIGHT, SECOND, Student, handed_out

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def student(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Student:
    one = Student(tmp_path)
    one.begins()
    monkeypatch.setattr(Desk, "of_the_course", lambda: one.desk)
    return one


def test_what_was_there_is_kept_and_its_place_is_said(student: Student, capsys: Capture) -> None:
    path = student.answers(wall=RIGHT["wall"])
    mine = path.read_bytes()
    assert cli.main(["reset", "1"]) == 0
    assert path.read_bytes() == handed_out()
    (backup,) = work.backups(student.desk, FIRST)
    assert backup.read_bytes() == mine
    assert f"What you had is kept: {backup}\n" in capsys.readouterr().out


def test_doing_it_twice_changes_nothing_more(student: Student, capsys: Capture) -> None:
    student.answers(wall=RIGHT["wall"])
    cli.main(["reset", "1"])
    capsys.readouterr()
    assert cli.main(["reset", "1"]) == 0
    assert capsys.readouterr().out == f"There is nothing to reset: {FIRST} is as it came.\n"
    assert len(work.backups(student.desk, FIRST)) == 1


def test_two_resets_of_one_second_keep_two_backups(student: Student) -> None:
    for answer in ("one = 1", "two = 2"):
        student.answers(wall=answer)
        cli.main(["reset", "1"])
    kept = [path.read_text(encoding="utf-8") for path in work.backups(student.desk, FIRST)]
    assert ["one = 1" in text for text in kept] == [True, False]
    assert ["two = 2" in text for text in kept] == [False, True]


def test_verdicts_and_hints_of_this_lesson_are_forgotten_and_no_others(student: Student) -> None:
    for lesson in (FIRST, SECOND):
        mark: progress.Mark = {"verdict": "passed", "points": 2, "max": 2}
        progress.record(student.desk.work, lesson, "wall-check", mark)
        hints_shown.record(student.desk.work, lesson, "wall", 1)
    cli.main(["reset", "1"])
    assert list(progress.read(student.desk.work)) == [SECOND]
    assert hints_shown.read(student.desk.work) == {SECOND: {"wall": 1}}
    assert work.backups(student.desk, FIRST) == []


@pytest.mark.parametrize("content", [b"{", b"", None])
def test_a_notebook_that_is_broken_or_gone_comes_back(
    student: Student, capsys: Capture, content: bytes | None
) -> None:
    path = student.desk.mine(FIRST)
    path.unlink() if content is None else path.write_bytes(content)
    assert cli.main(["reset", "1"]) == 0
    assert path.read_bytes() == handed_out()
    assert [kept.read_bytes() for kept in work.backups(student.desk, FIRST)] == (
        [] if content is None else [content]
    )


def test_a_lesson_has_to_be_named(student: Student, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["reset"])
    assert ended.value.code == 2


def test_a_lesson_that_was_released_anew_comes_as_it_is_now(student: Student) -> None:
    path = student.answers(wall=RIGHT["wall"])
    newer = handed_out().replace(b"Prose, with", b"New prose, with")
    student.desk.handed_out(FIRST).write_bytes(newer)
    cli.main(["reset", "1"])
    assert path.read_bytes() == student.desk.base(FIRST).read_bytes() == newer
    assert work.refresh(student.desk) == []
