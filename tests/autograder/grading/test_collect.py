"""What students handed in arrives where nbgrader looks, and nobody is guessed."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from autograder.__main__ import main
from tests.autograder.grading.downloads import (
    LESSON,
    NOON,
    OTHER,
    ROOT,
    answered,
    collect,
    course_folder,
    name,
    submitted,
    there,
    zipped,
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return course_folder(tmp_path / "course")


def stamp(course: Path, student: str) -> str:
    return there(course, student).with_name("timestamp.txt").read_text()


def everything(course: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(course)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in (course / "submitted").rglob("*")
        if path.is_file()
    }


def test_what_course_submit_wrote_is_put_in_place_with_its_moment(
    course: Path, tmp_path: Path
) -> None:
    work = answered("mine")
    archive = tmp_path / name("ada")
    archive.write_bytes(submitted("ada", work))
    assert collect(course, archive) == 0
    assert there(course, "ada").read_bytes() == work
    assert stamp(course, "ada") == "2025-11-20 12:00:00 UTC\n"
    assert sorted(path.name for path in there(course, "ada").parent.iterdir()) == [
        f"{LESSON}.ipynb",
        "timestamp.txt",
    ]


def test_canvas_names_by_number_by_name_and_with_attempts(course: Path, tmp_path: Path) -> None:
    archive = zipped(
        tmp_path / "submissions.zip",
        {
            f"lovelaceada_11_501_{LESSON}.ipynb": answered("first"),
            f"lovelaceada_11_502_{LESSON}-1.ipynb": answered("second"),
            f"lovelaceada_11_503_{LESSON}-2.ipynb": answered("third"),
            "hoppergrace_LATE_12_504_any name at all.ipynb": answered("grace"),
            f"özçiğdem_15_505_{name('çigdem')}": submitted("çigdem", answered("ç")),
        },
    )
    assert collect(course, archive) == 0
    assert there(course, "ada").read_bytes() == answered("third")
    assert there(course, "grace").read_bytes() == answered("grace")
    assert there(course, "çigdem").read_bytes() == answered("ç")
    # A download is dated by the day of the download, which would make everybody late.
    assert not there(course, "grace").with_name("timestamp.txt").exists()


def test_moodle_names_by_folder_and_by_file_zip_in_zip(course: Path, tmp_path: Path) -> None:
    archive = zipped(
        tmp_path / "Lesson 6-4711.zip",
        {
            f"Ada Lovelace_4711_assignsubmission_file_/{LESSON}.ipynb": answered("ada"),
            "Grace Hopper_4712_assignsubmission_file_any.ipynb": answered("grace"),
            f"Çiğdem Öz_4713_assignsubmission_file_/{name('çigdem')}": submitted(
                "çigdem", answered("ç")
            ),
            "Ada Lovelace_4711_assignsubmission_onlinetext_/onlinetext.html": b"<p>Hello</p>",
        },
    )
    assert collect(course, archive) == 0
    for student, words in (("ada", "ada"), ("grace", "grace"), ("çigdem", "ç")):
        assert there(course, student).read_bytes() == answered(words)


def test_a_folder_is_taken_as_nbgrader_and_its_exchange_lay_it_out(
    course: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "inbound"
    for place, words in (
        (f"ada/{LESSON}", "ada"),
        (f"grace+{LESSON}+2025-11-20 10:00:00.123456 UTC+Xy12", "grace"),
    ):
        (folder / place).mkdir(parents=True)
        (folder / place / f"{LESSON}.ipynb").write_bytes(answered(words))
    (folder / "ada" / LESSON / "timestamp.txt").write_text("2025-11-20 09:00:00 +0200")
    (folder / "alan.ipynb").write_bytes(answered("alan"))
    assert collect(course, folder) == 0
    assert stamp(course, "ada") == "2025-11-20 07:00:00 UTC\n"
    assert stamp(course, "grace") == "2025-11-20 10:00:00 UTC\n"
    assert there(course, "alan").read_bytes() == answered("alan")


def test_collecting_twice_changes_nothing(course: Path, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "all.zip", {name("ada"): submitted("ada", answered("mine"))})
    assert collect(course, archive) == 0
    before = everything(course)
    assert collect(course, archive) == 0
    assert everything(course) == before


def test_a_newer_one_replaces_and_an_older_one_does_not(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def archive(hours: int) -> Path:
        when = NOON + timedelta(hours=hours)
        content = submitted("ada", answered(f"{hours}"), when)
        return zipped(tmp_path / f"{hours}.zip", {name("ada", when): content})

    assert collect(course, archive(1)) == 0
    assert collect(course, archive(2)) == 0
    assert there(course, "ada").read_bytes() == answered("2")
    assert collect(course, archive(0)) == 1
    assert "older than what is there, of 2025-11-20 14:00:00 UTC" in capsys.readouterr().out
    assert there(course, "ada").read_bytes() == answered("2")
    assert stamp(course, "ada") == "2025-11-20 14:00:00 UTC\n"


def test_of_several_in_one_download_the_last_is_taken(course: Path, tmp_path: Path) -> None:
    files = {}
    for hours in (2, 0, 1):
        when = NOON + timedelta(hours=hours)
        files[name("ada", when)] = submitted("ada", answered(f"{hours}"), when)
    assert collect(course, zipped(tmp_path / "all.zip", files)) == 0
    assert there(course, "ada").read_bytes() == answered("2")


def test_without_moments_another_file_replaces_only_when_somebody_says_so(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = zipped(tmp_path / "1.zip", {"hoppergrace_12_1_x.ipynb": answered("1")})
    second = zipped(tmp_path / "2.zip", {"hoppergrace_12_2_y.ipynb": answered("2")})
    assert collect(course, first) == 0
    assert collect(course, second) == 1
    assert "say --newer" in capsys.readouterr().out
    assert there(course, "grace").read_bytes() == answered("1")
    assert collect(course, second, "--newer") == 0
    assert there(course, "grace").read_bytes() == answered("2")


def test_without_yes_and_without_a_terminal_nothing_is_written(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = zipped(tmp_path / "all.zip", {name("ada"): submitted("ada", answered("mine"))})
    assert collect(course, archive, yes=False) == 1
    assert "Nothing is written yet; --yes collects 1 file." in capsys.readouterr().out
    assert not (course / "submitted").exists()


@pytest.mark.parametrize(("answer", "status"), [("y", 0), ("n", 1)])
@pytest.mark.skipif(os.name != "posix", reason="a terminal is made here as POSIX systems make it")
def test_at_a_terminal_somebody_is_asked(
    answer: str, status: int, course: Path, tmp_path: Path
) -> None:
    archive = zipped(tmp_path / "all.zip", {name("ada"): submitted("ada", answered("mine"))})
    asked = [str(archive), "--course", str(course), "--assignment", LESSON]
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "autograder", "collect", *asked]
    environment = {**os.environ, "TERM": "xterm"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as run:
        os.close(theirs)
        shown = b""
        while b"[y/n]" not in shown:
            shown += os.read(ours, 4096)
        os.write(ours, f"{answer}\n".encode())
        with contextlib.suppress(OSError):  # that is how Linux says that a terminal has ended
            while os.read(ours, 4096):
                pass
    os.close(ours)
    assert b"Collect 1 file?" in shown
    assert run.returncode == status
    assert there(course, "ada").exists() is (answer == "y")


def test_what_is_stopped_in_the_middle_is_made_whole_by_the_next_run(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NOON + timedelta(hours=1)
    first = zipped(tmp_path / "1.zip", {"x.zip": submitted("ada", answered("1"))})
    second = zipped(tmp_path / "2.zip", {"x.zip": submitted("ada", answered("2"), later)})
    assert collect(course, first) == 0
    replace = os.replace

    def stopped(source: Path, target: Path) -> None:
        if target.suffix == ".ipynb":
            raise KeyboardInterrupt
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", stopped)
        assert collect(course, second) == 130
    assert there(course, "ada").read_bytes() == answered("1")
    assert len(list(there(course, "ada").parent.iterdir())) == 2
    assert collect(course, second) == 0
    assert there(course, "ada").read_bytes() == answered("2")
    assert stamp(course, "ada") == "2025-11-20 13:00:00 UTC\n"


def test_an_assignment_that_is_not_there_is_named_with_those_that_are(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["collect", ".", "--assignment", "07", "--course", str(course)]) == 1
    said = capsys.readouterr().err
    assert said.endswith(f'has no assignment "07": it has {OTHER}, {LESSON}\n')


def test_a_folder_that_cannot_be_written_is_one_sentence(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "submitted").write_text("no folder")
    archive = zipped(tmp_path / "all.zip", {name("ada"): submitted("ada", answered("mine"))})
    assert collect(course, archive) == 1
    assert capsys.readouterr().err.startswith(str(course / "submitted"))
