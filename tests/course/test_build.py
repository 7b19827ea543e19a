"""The `build` verb: same bytes, compared both ways, nothing half-written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from course import build
from course.cli import run_verb
from course.errors import CourseError
from course.lesson import all_lessons
from course.shelves import Shelves
from tests.course.lesson_samples import NAME, SAMPLE, files, notebook, run_build, write


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with the sample lesson, which is the current one."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path)
    return tmp_path


def test_a_build_writes_the_solved_and_the_released_notebook(root: Path) -> None:
    assert run_build(root) == 0
    assert set(files(root)) == {
        f"lessons/{NAME}.py",
        f"notebooks/{NAME}/{NAME}.ipynb",
        f"solutions/{NAME}/{NAME}.ipynb",
    }


def test_building_twice_gives_the_same_bytes_and_touches_no_file(root: Path) -> None:
    run_build(root)
    first = files(root)
    times = [path.stat().st_mtime_ns for path in sorted(root.rglob("*.ipynb"))]

    assert run_build(root) == 0
    assert files(root) == first
    assert [path.stat().st_mtime_ns for path in sorted(root.rglob("*.ipynb"))] == times


def test_a_changed_lesson_changes_its_notebooks_and_no_others(root: Path) -> None:
    write(root, name="02_other")
    run_build(root)
    first = files(root)
    write(root, SAMPLE.replace("Prose", "Poetry"))

    assert run_build(root) == 0

    now = files(root)
    changed = sorted(name for name in now if now[name] != first[name])
    assert changed == [f"{d}/{NAME}.{e}" for d, e in [("lessons", "py")]] + [
        f"{shelf}/{NAME}/{NAME}.ipynb" for shelf in ("notebooks", "solutions")
    ]


@pytest.mark.parametrize("word", ["02", "02_other", "lessons/02_other.py"])
def test_a_lesson_can_be_asked_for_by_number_name_or_file(root: Path, word: str) -> None:
    write(root, name="02_other")
    assert run_build(root, word) == 0
    assert notebook(root, "solutions", "02_other").exists()
    assert not notebook(root, "solutions").exists()


def test_a_lesson_that_is_not_there_is_told_with_those_that_are(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_build(root, "07") == 1
    told = f"lessons: there is no lesson `07` here; the lessons are: {NAME}\n"
    assert capsys.readouterr().err == told


def test_a_directory_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_build(tmp_path) == 1
    assert "this is not a directory; say with --lessons where" in capsys.readouterr().err


# -- --check --


def test_check_passes_on_what_was_just_built(root: Path) -> None:
    run_build(root)
    assert run_build(root, "--check") == 0


def test_check_tells_a_missing_notebook_and_writes_none(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(root)
    assert run_build(root, "--check") == 1
    assert files(root) == before
    mend = "this notebook is missing; run `python3 -m course build --lessons lessons`"
    assert capsys.readouterr().err.splitlines() == [
        f"solutions/{NAME}/{NAME}.ipynb: {mend}",
        f"notebooks/{NAME}/{NAME}.ipynb: {mend}",
    ]


@pytest.mark.parametrize("shelf", ["notebooks", "solutions"])
def test_check_tells_a_notebook_that_differs_by_one_byte(
    root: Path, capsys: pytest.CaptureFixture[str], shelf: str
) -> None:
    run_build(root)
    path = notebook(root, shelf)
    path.write_bytes(path.read_bytes() + b"\n")
    edited = files(root)
    capsys.readouterr()

    assert run_build(root, "--check") == 1
    assert files(root) == edited
    assert capsys.readouterr().err == (
        f"{shelf}/{NAME}/{NAME}.ipynb: this is not what its lesson is built into; "
        "change the lesson, then run `python3 -m course build --lessons lessons`\n"
    )


NO_LESSON = "no lesson is built into this; move it away, for all that is here is built"
GONE = (
    "no lesson in lessons is built into this (gone, or renamed?); "
    "`python3 -m course build --prune --lessons lessons` deletes it"
)
ONLY_LESSONS = "only lessons belong here; move this away or delete it"
NO_NAME = "this is not the name of a lesson; name it as NN_name.py, such as 06_short_circuiting.py"


@pytest.mark.parametrize("words", [(), ("--check",), ("01", "--check")])
@pytest.mark.parametrize(
    ("stray", "told"),
    [
        ("lessons/notes.txt", ONLY_LESSONS),
        ("lessons/drafts", ONLY_LESSONS),
        ("lessons/helpers.py", NO_NAME),
        ("lessons/7_seven.py", NO_NAME),
        ("lessons/07-seven.py", NO_NAME),
        ("lessons/07_Seven.py", NO_NAME),
        ("lessons/01_twin.py", f"{NAME}.py has this number already; give it another"),
        ("notebooks/02_gone", GONE),
        ("notebooks/pictures", NO_LESSON),
        ("notebooks/extra.ipynb", NO_LESSON),
        (f"solutions/{NAME}/extra.ipynb", NO_LESSON),
    ],
)
def test_a_stray_is_told_and_nothing_is_written(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    stray: str,
    told: str,
    words: tuple[str, ...],
) -> None:
    run_build(root)
    path = root / stray
    if path.suffix:
        path.write_text(SAMPLE, encoding="utf-8")
    else:
        path.mkdir()
    write(root, SAMPLE.replace("Prose", "Poetry"))
    before = files(root)
    capsys.readouterr()

    assert run_build(root, *words) == 1
    assert files(root) == before
    assert f"{stray}: {told}" in capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("litter", ["__pycache__", ".ipynb_checkpoints"])
def test_what_python_and_jupyter_leave_behind_is_no_stray(root: Path, litter: str) -> None:
    run_build(root)
    for place in (root / "lessons", root / "notebooks" / NAME):
        (place / litter).mkdir()
    assert run_build(root, "--check") == 0


# -- lessons that were renamed or deleted --


def test_a_renamed_lesson_s_old_notebooks_are_deleted_when_asked(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_build(root)
    (root / "lessons" / f"{NAME}.py").rename(root / "lessons" / "01_better.py")
    (root / "notebooks" / NAME / ".ipynb_checkpoints").mkdir()
    assert run_build(root) == 1

    capsys.readouterr()
    assert run_build(root, "--prune") == 0
    assert f"deleted notebooks/{NAME}\ndeleted solutions/{NAME}\n" in capsys.readouterr().out
    assert set(files(root)) == {
        "lessons/01_better.py",
        "notebooks/01_better/01_better.ipynb",
        "solutions/01_better/01_better.ipynb",
    }


def test_what_somebody_put_beside_an_old_notebook_is_told_and_never_deleted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_build(root)
    (root / "lessons" / f"{NAME}.py").rename(root / "lessons" / "01_better.py")
    (root / "notebooks" / NAME / "picture.svg").write_text("<svg/>", encoding="utf-8")
    before = files(root)
    capsys.readouterr()

    assert run_build(root, "--prune") == 1
    assert files(root) == before
    assert capsys.readouterr().err == f"notebooks/{NAME}: {NO_LESSON}\n"


# -- odd folders --


def test_lessons_that_are_not_where_they_should_be_make_no_notebook_a_stray(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_build(root)
    (root / "lessons").rename(root / "lektionen")
    capsys.readouterr()
    assert run_build(root) == 1
    told = "lessons: this is not a directory; say with --lessons where the lessons are\n"
    assert capsys.readouterr().err == told


def test_a_lesson_named_instead_of_its_folder_is_told_with_what_to_say(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_verb(["build", "--lessons", f"lessons/{NAME}.py"]) == 1
    assert f"; say `{NAME} --lessons lessons`\n" in capsys.readouterr().err


def test_a_lesson_of_another_folder_is_not_taken_for_the_course_s_own(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = all_lessons(Shelves.of_the_course().lessons)[0]
    write(root, name=own.stem)
    assert run_verb(["build", "--check", f"lessons/{own.name}"]) == 1
    told = f"`lessons/{own.name}` is not one of the lessons here; say `--lessons lessons` too\n"
    assert capsys.readouterr().err.endswith(told)


def test_an_empty_folder_is_told_with_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my lessons").mkdir()
    assert run_verb(["build", "--lessons", "my lessons"]) == 1
    mend = "begin one with `python3 -m course new NAME --lessons 'my lessons'`"
    assert capsys.readouterr().err == f"my lessons: there is no lesson here; {mend}\n"


def test_the_course_s_own_lessons_are_built_into_its_own_notebooks_however_they_are_named() -> None:
    own = Shelves.of_the_course()
    assert Shelves.beside(own.lessons) == own


@pytest.mark.parametrize("folder", ["drafts", "notebooks/mine", "course/lessons/mine", "course"])
def test_a_folder_inside_the_course_is_refused(folder: str) -> None:
    root = Shelves.of_the_course().notebooks.parent
    with pytest.raises(CourseError, match="choose a folder outside of the course"):
        run_verb(["build", "--lessons", str(root / folder)])


# -- writing --


def test_a_write_that_fails_half_way_leaves_every_notebook_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_build(root)
    write(root, SAMPLE.replace("Prose", "Poetry"))
    before = files(root)
    opened: list[int] = []

    def full(descriptor: int, *args: object) -> object:
        opened.append(descriptor)
        if len(opened) == 2:
            os.close(descriptor)
            raise OSError(28, "No space left on device")
        return real(descriptor, *args)  # type: ignore[call-overload]

    real = os.fdopen
    monkeypatch.setattr(build.os, "fdopen", full)
    with pytest.raises(CourseError, match="No space left"):
        run_build(root)
    assert len(opened) == 2
    assert files(root) == before


def test_a_path_with_spaces_and_umlauts_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "für alle da"
    place.mkdir()
    monkeypatch.chdir(tmp_path)
    write(place)
    assert run_build(place) == 0
    assert run_build(place, "--check") == 0
