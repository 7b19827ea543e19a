"""A folder that a verb makes whole: it takes the place of its own earlier work, and of no other."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from course.errors import CourseError
from course.instructor.folder import made_whole
from tests.course.lesson_samples import files

ROOT = Path(__file__).resolve().parents[2]


def make(folder: Path, text: str) -> None:
    with made_whole(folder, "demo") as aside:
        (aside / "page").write_text(text)
        (aside / "page").chmod(0o444)  # as nbgrader leaves what it has graded


def refused(folder: Path) -> str:
    with pytest.raises(CourseError) as told, made_whole(folder, "demo"):
        raise AssertionError("it was begun")
    return str(told.value)


def test_the_second_takes_the_place_of_the_first_and_leaves_nothing_aside(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "demo"
    for text in ("first", "second"):
        make(folder, text)
    assert (folder / "page").read_text() == "second"
    assert [path.name for path in folder.parent.iterdir()] == ["demo"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    make(tmp_path / "demo", "first")
    assert (tmp_path / "demo" / "page").read_text() == "first"


@pytest.mark.parametrize(
    ("stop", "told"),
    [
        (KeyboardInterrupt(), KeyboardInterrupt),
        (CourseError("no"), CourseError),
        (OSError(errno.ENOSPC, "No space left on device"), CourseError),
    ],
)
def test_what_was_there_stays_whole_when_the_making_stops(
    tmp_path: Path, stop: BaseException, told: type[BaseException]
) -> None:
    make(tmp_path / "demo", "first")
    before = files(tmp_path)

    def begin() -> None:
        with made_whole(tmp_path / "demo", "demo") as aside:
            (aside / "page").write_text("second")
            raise stop

    with pytest.raises(told):
        begin()
    assert files(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_a_folder_with_somebodys_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    assert "is not empty, and `demo` did not make it; choose another folder" in refused(tmp_path)
    (tmp_path / "thesis.txt").unlink()
    make(tmp_path / "demo", "first")
    with pytest.raises(CourseError, match="and `handout` did not make it"):
        made_whole(tmp_path / "demo", "handout").__enter__()


def test_what_somebody_put_into_it_since_is_not_thrown_away(tmp_path: Path) -> None:
    make(tmp_path / "demo", "first")
    (tmp_path / "demo" / ".venv").mkdir()  # made again by itself
    (tmp_path / "demo" / "work").mkdir()
    assert refused(tmp_path / "demo") == (
        f"work was put into {tmp_path / 'demo'} since `demo` made it; "
        "move that away, or choose another folder."
    )
    (tmp_path / "demo" / "work").rmdir()
    make(tmp_path / "demo", "second")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "demo").touch()
    assert refused(tmp_path / "demo").endswith("is a file; name a folder.")


@pytest.mark.parametrize(
    "name", [".", "..", "course", "course/new/folder", "notebooks", "anything", "grading"]
)
def test_nothing_is_made_among_what_the_course_is_made_of(name: str) -> None:
    told = refused(ROOT / name)
    assert (
        "is a folder of the course's own; choose one outside it, or a new one in grading/" in told
    )
