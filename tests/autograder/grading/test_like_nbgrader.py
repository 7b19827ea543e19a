"""The engine and nbgrader's own autograde, on the same class of a course that is not ours."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from autograder.__main__ import main
from tests.autograder.grading import nbgrader_samples as samples


@pytest.fixture(scope="session")
def courses(plain_course: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One class, graded by nbgrader in the first folder and by the engine in the second.

    Of two of them the gradebook knows already what a person gave.
    """
    folder = tmp_path_factory.mktemp("courses")
    stock = Path(shutil.copytree(plain_course, folder / "stock"))
    samples.hand_in_class(stock)
    samples.grade_by_hand(stock)
    ours = Path(shutil.copytree(stock, folder / "ours"))
    samples.run_nbgrader("Autograde", stock)
    assert main(["grade", "ps1", "--course", str(ours), "--workers", "1"]) == 1, "eve's is broken"
    return stock, ours


def autograded(course: Path, student: str) -> Path:
    return course / "autograded" / student / samples.ASSIGNMENT / f"{samples.NOTEBOOK}.ipynb"


@pytest.mark.parametrize("table", samples.ROWS)
def test_every_row_of_the_gradebook_is_as_nbgrader_writes_it(
    courses: tuple[Path, Path], table: str
) -> None:
    stock, ours = map(samples.rows, courses)
    assert ours[table] == stock[table] != []


def test_what_a_person_gave_is_kept_and_looked_at_again(courses: tuple[Path, Path]) -> None:
    found = {row[:2]: row[3:] for row in samples.rows(courses[1])["grades"] if row[2] != "TaskCell"}
    assert found["ada", "why"] == (None, 2.5, 0.5, 1)
    assert found["bob", "square-test"] == (0, 1, None, 1)
    assert ("ada", "why", "SolutionCell", None, "Well said.") in samples.rows(courses[1])[
        "comments"
    ]


def test_who_is_late_loses_what_the_course_says(courses: tuple[Path, Path]) -> None:
    penalties = {row[0]: row[-1] for row in samples.rows(courses[1])["notebooks"]}
    assert penalties["ada"] == (2 + 0.5) + (2.5 + 0.5)
    assert penalties["cyd"] is None
    assert penalties["bob"] is None


def test_the_same_files_are_there_and_nobody_may_write_them(courses: tuple[Path, Path]) -> None:
    def files(course: Path) -> dict[str, int]:
        folder = course / "autograded"
        return {
            str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode)
            for path in folder.rglob("*")
            if path.is_file()
        }

    stock, ours = map(files, courses)
    assert ours == stock
    assert ours["ada/ps1/data.csv"] == ours["ada/ps1/shipped.json"] == 0o444


@pytest.mark.parametrize("student", ["ada", "bob", "cyd", "dan"])
def test_the_notebooks_are_the_same_but_for_what_an_error_looks_like(
    courses: tuple[Path, Path], student: str
) -> None:
    stock, ours = (samples.cells(autograded(course, student)) for course in courses)
    assert ours == stock


@pytest.mark.parametrize("student", ["ada", "bob", "cyd", "dan"])
def test_nbgrader_writes_feedback_on_what_the_engine_graded(
    courses: tuple[Path, Path], student: str
) -> None:
    if not (courses[1] / "feedback").exists():
        samples.run_nbgrader("GenerateFeedback", courses[1])
    assert (courses[1] / "feedback" / student / "ps1" / "squares.html").stat().st_size > 10_000


def test_a_second_run_changes_nothing(
    courses: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    def state() -> dict[str, tuple[int, int]]:
        return {str(p): (p.stat().st_ino, p.stat().st_mtime_ns) for p in autograded.rglob("*")}

    autograded = courses[1] / "autograded"
    before = state()
    students = [word for name in ("ada", "bob", "cyd") for word in ("--student", name)]
    assert main(["grade", "ps1", "--course", str(courses[1]), *students]) == 0
    assert "0 graded, 3 unchanged" in capsys.readouterr().err
    assert state() == before
