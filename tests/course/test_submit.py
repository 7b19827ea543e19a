"""`submit`: one file, and nbgrader's exchange where there is one. nbgrader is the real one."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from course import cli
from course.errors import CourseError
from course.student import exchange, notebook_file, progress, soundness, submission
from course.student.desk import Desk
from tests.course.student_samples import FIRST, FORGOT, SECOND, Student, doubled, stripped

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def student(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Student:
    """Someone on a machine whose exchange is an empty folder."""
    from traitlets.config import Config

    one = Student(tmp_path)
    one.begins()
    config = Config()
    config.CourseDirectory.course_id = "inside-the-onion"
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.release_directory = "notebooks"
    config.Exchange.root = str(tmp_path / "exchange")
    config.Exchange.cache = str(tmp_path / "cache")
    (tmp_path / "exchange").mkdir()
    (tmp_path / "exchange").chmod(0o777)
    monkeypatch.setattr(Desk, "of_the_course", lambda: one.desk)
    monkeypatch.setattr(exchange, "configured", lambda: config)
    return one


def written(student: Student) -> list[Path]:
    return sorted((student.desk.work / submission.FOLDER).glob("*"))


def nbgraders(student: Student, verb: str, **more: Any) -> None:
    """Do one of the instructor's exchange verbs, with nbgrader's own classes."""
    from nbgrader.auth import Authenticator
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange import ExchangeFactory

    config = exchange.configured()
    course = CourseDirectory(config=config)
    course.assignment_id = FIRST
    parts = {"coursedir": course, "authenticator": Authenticator(config=config), "config": config}
    getattr(ExchangeFactory(config=config), verb)(**parts, **more).start()


def test_one_file_holds_the_notebook_byte_for_byte_and_says_whose_it_is(
    student: Student, capsys: Capture
) -> None:
    mine = student.solves().read_bytes()
    assert cli.main(["submit", "1", "--name", "Åda  Løve"]) == 0
    (path,) = written(student)
    found = submission.NAME.fullmatch(path.stem)
    assert found
    assert found["lesson"] == FIRST
    assert found["student"] == "Ada-Lve"
    said, notebook = submission.unpacked(path)
    assert notebook == mine
    assert (said.student, said.lesson, said.format) == ("Åda  Løve", FIRST, 1)
    assert said.sha256 == hashlib.sha256(mine).hexdigest()
    out = capsys.readouterr().out
    assert f"Written: {path}\n" in out
    assert "Nothing has been sent: upload this file" in out
    assert out.endswith("3 of 3 checks passed, 4 of 4 points.\n")


def test_it_lies_where_nbgrader_looks_when_it_is_unzipped(student: Student, tmp_path: Path) -> None:
    from nbgrader.utils import parse_utc

    student.solves()
    cli.main(["submit", "--name", "ada"])
    (path,) = written(student)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "ada")
        assert json.loads(archive.read("submission.json"))["student"] == "ada"
    folder = tmp_path / "ada" / FIRST
    assert sorted(one.name for one in folder.iterdir()) == [f"{FIRST}.ipynb", "timestamp.txt"]
    moment = parse_utc((folder / "timestamp.txt").read_text().strip())
    assert moment.strftime("%Y%m%dT%H%M%SZ") in path.name


@pytest.mark.parametrize(
    "before", ["", "lovelaceada_LATE_12345_67890_", "Ada L_7_assignsubmission_file_"]
)
@pytest.mark.parametrize("behind", ["", "-1"])
def test_the_name_is_found_in_what_a_school_system_makes_of_it_and_by_zip_collect(
    before: str, behind: str
) -> None:
    from nbgrader.plugins.zipcollect import FileNameCollectorPlugin
    from nbgrader.utils import parse_utc

    stem = f"{before}{FIRST}-ada-b.c-20261121T101500Z{behind}"
    found = submission.NAME.search(stem)
    assert found
    assert (found["student"], found["when"]) == ("ada-b.c", "20261121T101500Z")
    documented = re.search(r"named_regexp = \((.*?)\)\n\n?\"*", f"{submission.__doc__}\n", re.S)
    assert documented
    expression = "".join(re.findall(r'r"(.*)"', documented[1]))
    plugin = FileNameCollectorPlugin(named_regexp=expression)
    collected = plugin.collect(f"/x/downloaded/{FIRST}/extracted/{stem}/{FIRST}/{FIRST}.ipynb")
    assert collected is not None
    assert (collected["student_id"], collected["file_id"]) == ("ada-b.c", FIRST)
    assert parse_utc(collected["timestamp"]).hour == 10


def test_what_is_not_finished_is_said_and_handed_in_all_the_same(
    student: Student, capsys: Capture
) -> None:
    student.answers(wall=FORGOT)
    assert cli.main(["submit"]) == 0
    assert len(written(student)) == 1
    out = capsys.readouterr().out
    assert "0 of 3 checks passed, 0 of 4 points.\nNot yet:\n" in out
    assert "  which-one: not attempted\n  wall: failed\n" in out
    assert progress.read(student.desk.work)[FIRST]["wall-check"]["verdict"] == "failed"


def test_the_same_again_writes_no_second_file_and_a_change_does(
    student: Student, capsys: Capture
) -> None:
    student.answers(wall=FORGOT)
    for _ in range(2):
        assert cli.main(["submit", "--name", "ada"]) == 0
    (path,) = written(student)
    assert f"Nothing has changed since you wrote {path}\n" in capsys.readouterr().out
    cli.main(["submit", "--name", "bob"])
    assert len(written(student)) == 2
    student.answers(wall="def Wall(): pass")
    cli.main(["submit", "--name", "bob"])
    _, notebook = submission.unpacked(written(student)[-1])
    assert notebook == student.desk.mine(FIRST).read_bytes()


def test_a_submission_is_the_same_bytes_for_the_same_work() -> None:
    from datetime import UTC, datetime

    said = submission.manifest(FIRST, b"{}", "ada", datetime(2026, 11, 21, 10, 15, tzinfo=UTC))
    assert submission.packed(said, b"{}") == submission.packed(said, b"{}")
    assert submission.file_name(said) == f"{FIRST}-ada-20261121T101500Z.zip"
    assert submission.in_ascii("李") == "student"
    assert submission.in_ascii("../../etc") == "etc"


@pytest.mark.parametrize("harm", [doubled, stripped])
def test_a_notebook_that_nbgrader_could_not_grade_is_handed_in_put_right(
    student: Student, capsys: Capture, harm: Any
) -> None:
    student.solves()
    student.edits(harm)
    mine = student.desk.mine(FIRST).read_bytes()
    assert cli.main(["submit"]) == 0
    out = capsys.readouterr().out
    assert "the cell wall" in out.lower()
    assert "put right already; your own notebook is as it was." in out
    assert student.desk.mine(FIRST).read_bytes() == mine
    (path,) = written(student)
    handed_in = student.desk.work / "handed_in.ipynb"
    handed_in.write_bytes(submission.unpacked(path)[1])
    released = notebook_file.read(student.desk.handed_out(FIRST))
    assert soundness.faults(notebook_file.read(handed_in), released) == []
    assert out.count("passed") == 1
    assert cli.main(["check", str(handed_in.rename(handed_in.with_name(f"{FIRST}.ipynb")))]) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="nbgrader has no exchange on Windows")
def test_it_goes_into_the_exchange_once_and_is_collected_from_there(
    student: Student, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = str(Path(sys.executable).parent)  # nbgrader starts alembic by its name
    monkeypatch.setenv("PATH", programs, prepend=os.pathsep)
    nbgraders(student, "ReleaseAssignment")
    mine = student.solves().read_bytes()
    assert cli.main(["submit", "1", "--name", "Ada"]) == 0
    assert "It is also in the exchange of inside-the-onion" in capsys.readouterr().out
    assert cli.main(["submit", "1", "--name", "Ada"]) == 0
    assert "It is in the exchange of inside-the-onion already." in capsys.readouterr().out
    assert len(list((tmp_path / "exchange" / "inside-the-onion" / "inbound").iterdir())) == 1
    nbgraders(student, "Collect")
    collected = tmp_path / "submitted" / getpass.getuser() / FIRST / f"{FIRST}.ipynb"
    assert collected.read_bytes() == mine


def test_a_lesson_that_is_not_released_there_stays_out_of_the_exchange(
    student: Student, capsys: Capture, tmp_path: Path
) -> None:
    (tmp_path / "exchange" / "inside-the-onion" / "outbound" / SECOND).mkdir(parents=True)
    student.answers(wall=FORGOT)
    cli.main(["submit", "1"])
    assert "Nothing has been sent: upload this file" in capsys.readouterr().out


def test_an_exchange_that_refuses_is_told_and_the_file_is_there(
    student: Student, capsys: Capture, tmp_path: Path
) -> None:
    (tmp_path / "exchange" / "inside-the-onion" / "outbound" / FIRST).mkdir(parents=True)
    student.answers(wall=FORGOT)
    assert cli.main(["submit", "1"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "nbgrader did not take it" in line
    assert "Inbound directory doesn't exist" in line
    assert "hand in the file instead" in line
    assert len(written(student)) == 1


def test_where_it_cannot_be_written_it_says_how_to_say_where(
    student: Student, capsys: Capture, tmp_path: Path
) -> None:
    student.answers(wall=FORGOT)
    (tmp_path / "file").touch()
    assert cli.main(["submit", "--to", str(tmp_path / "file" / "below")]) == 1
    assert capsys.readouterr().err.endswith("say with --to where to write.\n")
    assert cli.main(["submit", "--to", str(tmp_path / "elsewhere")]) == 0
    assert len(list((tmp_path / "elsewhere").glob("*.zip"))) == 1


def test_an_untouched_lesson_is_handed_in_only_when_it_is_named(
    student: Student, capsys: Capture
) -> None:
    assert cli.main(["submit"]) == 1
    told = f"You have not begun any lesson: name one, as in {cli.COMMAND} submit 01\n"
    assert capsys.readouterr().err == told
    assert cli.main(["submit", "1"]) == 0


@pytest.mark.parametrize("content", [b"", b"PK", None])
def test_what_is_no_submission_is_told_from_one(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.zip"
    if content is None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("submission.json", '{"lesson": 1}')
    else:
        path.write_bytes(content)
    with pytest.raises(ValueError, match=r"x\.zip is not what course submit writes"):
        submission.unpacked(path)


def test_the_course_s_own_settings_name_its_exchange(tmp_path: Path, checkout: Path) -> None:
    config = exchange.configured(str(checkout))
    assert config.CourseDirectory.course_id == submission.COURSE
    assert not exchange.releases(config, FIRST)
    (checkout / "grading" / "exchange" / submission.COURSE / "outbound" / FIRST).mkdir(parents=True)
    assert exchange.releases(config, FIRST)


def test_an_exchange_that_cannot_be_made_is_told(checkout: Path) -> None:
    (checkout / "grading").write_text("")
    with pytest.raises(CourseError, match=r"grading: .*; nbgrader_config\.py names it"):
        exchange.configured(str(checkout))


def test_without_settings_there_is_no_exchange(tmp_path: Path) -> None:
    assert not exchange.releases(exchange.configured(str(tmp_path)), FIRST)
