"""Whatever stops a run, what is there is whole, and the next run ends as an undisturbed one."""

from __future__ import annotations

import errno
import gc
import os
import random
import shutil
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from autograder.__main__ import main
from autograder.grading import autograded, executors, gradebook
from autograder.grading.errors import GradingError
from autograder.grading.job import Job, Result
from tests.autograder.grading import nbgrader_samples as samples
from tests.autograder.grading import quick

KILLS = 50
STUDENTS = [f"s{number}" for number in range(6)]


@pytest.fixture(scope="module")
def ungraded(plain_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = Path(shutil.copytree(plain_course, tmp_path_factory.mktemp("some") / "course"))
    for number, student in enumerate(STUDENTS):
        answer = f"def square(n):\n    return {number}"
        samples.hand_in(course, student, samples.answered(course, square=answer), a__txt=student)
    samples.hand_in(course, "broken", b"{")
    return course


@pytest.fixture
def course(ungraded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(ungraded, tmp_path / "course"))


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.grading.run.BATCH", 3)
    monkeypatch.setattr("autograder.grading.run.WINDOW", 2)


def state(course: Path) -> tuple[Any, dict[str, bytes]]:
    """All that the gradebook says, and all files under `autograded`."""
    folder = course / "autograded"
    files = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return samples.rows(course), files


def in_a_child(work: Callable[[], object]) -> int:
    """Do something in a forked child; its exit status, negative for a signal."""
    child = os.fork()
    if not child:
        gc.disable()  # it would write to every page that we share
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(moment: int, course: Path) -> int:
    """Grade in a child that is killed as it touches a file or the gradebook for the nth time."""

    def graded() -> None:
        left = moment

        def count(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            # SQLite writes without telling; but what it is told to do, SQLAlchemy asks in Python.
            if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod"):
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        quick.grade(course)

    return in_a_child(graded)


def test_killed_at_fifty_moments_and_resumed_it_ends_as_if_nothing_had_happened(
    ungraded: Path, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick.grade(course)
    # The tables are the same in each copy; to read them takes as long as to grade.
    tables = gradebook.Gradebook(f"sqlite:///{course / 'gradebook.db'}").tables
    monkeypatch.setattr(gradebook, "_tables", lambda *_: tables)
    undisturbed = state(course)
    chance, kills = random.Random(6), 0
    while kills < KILLS:
        disturbed = Path(shutil.copytree(ungraded, tmp_path / f"disturbed {kills}"))
        while killed_at(chance.randrange(5, 120), disturbed):
            kills += 1
            assert_whole(disturbed, undisturbed[1])
        assert state(disturbed) == undisturbed
        shutil.rmtree(disturbed)


def assert_whole(course: Path, files: dict[str, bytes]) -> None:
    """Each folder is as it will be, or not there; what is being made has a name of its own."""
    there = {
        name: content
        for name, content in state(course)[1].items()
        if not Path(name).parts[1].startswith(".")
    }
    students = {Path(name).parts[0] for name in there}
    assert there == {name: files[name] for name in files if Path(name).parts[0] in students}


def test_killed_while_the_gradebook_is_written_it_keeps_none_of_a_batch(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = Path(shutil.copytree(course, tmp_path / "undisturbed"))
    quick.grade(course)
    again = samples.answered(course, why="Since.", drawn="print('y')")
    for place in (course, undisturbed):
        samples.hand_in(place, "s3", again, timestamp__txt=samples.LATE)
    before = samples.rows(course)

    def killed(connection: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def graded() -> None:
        commit = sa.Connection.commit
        commits = iter([commit, commit, commit, killed])  # the tables, the masters, the dates
        monkeypatch.setattr(sa.Connection, "commit", lambda of: next(commits)(of))
        quick.grade(course)

    assert in_a_child(graded) == -signal.SIGKILL
    assert samples.rows(course) == before
    quick.grade(course)
    quick.grade(undisturbed)
    assert state(course) == state(undisturbed)
    assert samples.rows(course) != before


def test_what_is_in_its_place_is_not_touched_and_what_changed_is_graded_again(
    course: Path,
) -> None:
    first, second, third = quick.Quick(), quick.Quick(), quick.Quick()
    quick.grade(course, first)
    assert sorted(first.done) == sorted([*STUDENTS, "broken"])
    samples.hand_in(course, "s3", samples.answered(course, square="pass"))
    shutil.rmtree(course / "autograded" / "s4")
    report = quick.grade(course, second)
    assert second.done == ["s3"]
    assert (report.graded, report.kept, report.unchanged) == (2, 2, 4)
    assert (course / "autograded" / "s4" / "ps1" / "a.txt").read_text() == "s4"
    quick.grade(course, third, "s5", force=True)
    assert third.done == ["s5"]


def test_a_gradebook_from_a_backup_is_filled_again(ungraded: Path, course: Path) -> None:
    quick.grade(course)
    full = state(course)
    shutil.copy(ungraded / "gradebook.db", course)
    quick.grade(course, again := quick.Quick())
    assert again.done == [], "the results were kept"
    assert state(course) == full


def test_a_submission_that_changes_meanwhile_is_graded_as_it_was_read(course: Path) -> None:
    def meddle(job: Job) -> Result:
        if job.student == "s1":
            samples.hand_in(course, "s1", b"{", a__txt="changed")
        return quick.do(job)

    quick.grade(course, quick.Quick(meddle))
    graded = course / "autograded" / "s1" / "ps1"
    assert (graded / "a.txt").read_text(encoding="utf-8") == "s1"
    assert "return 1" in (graded / "squares.ipynb").read_text(encoding="utf-8")
    report = quick.grade(course)
    assert [trouble.student for trouble in report.troubles] == ["broken", "s1"]
    assert not graded.exists(), "marks of what is no longer handed in would mislead"


def test_a_full_disc_stops_the_run_with_a_sentence_and_loses_nothing(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(autograded, "_keep", full_after(7, autograded._keep))
        with pytest.raises(GradingError, match="No space left on device"):
            quick.grade(course)
    assert not list((course / "autograded").rglob(".*"))
    again = quick.Quick()
    quick.grade(course, again)
    assert set(again.done) < {*STUDENTS, "broken"}
    assert len(list((course / "autograded").rglob("squares.ipynb"))) == len(STUDENTS)


def full_after(count: int, real: Callable[..., None]) -> Callable[..., None]:
    def keep(course: object, path: Path, content: bytes) -> None:
        nonlocal count
        count -= 1
        if count < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        real(course, path, content)

    return keep


def test_a_place_that_cannot_be_written_is_named(course: Path) -> None:
    (course / "autograded").write_text("not a folder", encoding="utf-8")
    with pytest.raises(GradingError, match=r"autograded.* cannot be written"):
        quick.grade(course)


def test_a_gradebook_that_is_in_use_is_waited_for(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(gradebook, "ONE_TRY", 0.05)
    other = sqlite3.connect(course / "gradebook.db", check_same_thread=False, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    def let_go() -> None:
        time.sleep(0.3)
        other.rollback()

    holder = threading.Thread(target=let_go)
    holder.start()
    assert quick.grade(course).graded == len(STUDENTS)
    holder.join()
    other.close()
    assert capsys.readouterr().out.count("waiting for it") == 1


def test_a_gradebook_that_stays_in_use_is_a_sentence(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gradebook, "ONE_TRY", 0.05)
    monkeypatch.setattr(gradebook, "PATIENCE", 0.1)
    other = sqlite3.connect(course / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(GradingError, match="locked"):
        quick.grade(course)
    other.close()


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(job: Job) -> Result:
        if job.student == "s3":
            raise KeyboardInterrupt
        return quick.do(job)

    monkeypatch.setattr(executors, "named", lambda *_: quick.Quick(interrupted))
    assert main(["grade", "ps1", "--course", str(course)]) == 130
    said = " ".join(capsys.readouterr().err.split())
    assert "submissions are graded and kept; the same command goes on from there" in said
    monkeypatch.setattr(executors, "named", lambda *_: again)
    again = quick.Quick()
    assert main(["grade", "ps1", "--course", str(course)]) == 1, "one of them is broken"
    assert 2 < len(again.done) < len(STUDENTS)
    assert len(samples.rows(course)["submissions"]) == len(STUDENTS) + 1
