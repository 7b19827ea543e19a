"""The engine and nbgrader's own autograde, on the course and the submissions that nbgrader ships.

`nbgrader quickstart` makes a course of the example in nbgrader's user guide. The guide's two
students hand in there, one who hands in the source itself, and one who changed nothing and forgot
the second notebook.
"""

from __future__ import annotations

import contextlib
import csv
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from autograder.__main__ import main
from tests.autograder.grading import nbgrader_samples as samples

GIVEN = ["bitdiddle", "hacker"]
HANDED_IN = [
    *[(student, name) for student in (*GIVEN, "solved") for name in ("problem1", "problem2")],
    ("untouched", "problem1"),
]


@pytest.fixture(scope="module")
def guide() -> Path:
    spec = find_spec("nbgrader")
    assert spec is not None
    assert spec.origin is not None
    guide = Path(spec.origin).parent / "docs" / "source" / "user_guide"
    if not (guide / "submitted").is_dir():
        pytest.skip(f"nbgrader came without its examples, {guide}; install it from its wheel")
    return guide


@pytest.fixture(scope="module")
def courses(guide: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The class, graded by nbgrader in the first folder and by the engine in the second."""
    folder = tmp_path_factory.mktemp("examples")
    stock, ours = folder / "course101", folder / "ours"
    with contextlib.chdir(folder):
        quickstart(stock.name)
    shutil.copytree(guide / "submitted", stock / "submitted")
    with contextlib.chdir(stock):  # its configuration names a file from there
        samples.run_nbgrader("GenerateAssignment", stock)
        shutil.copytree(stock / "source" / "ps1", stock / "submitted" / "solved" / "ps1")
        shutil.copytree(stock / "release" / "ps1", stock / "submitted" / "untouched" / "ps1")
        (stock / "submitted" / "untouched" / "ps1" / "problem2.ipynb").unlink()
        shutil.copytree(stock, ours)
        samples.run_nbgrader("Autograde", stock)
    assert main(["grade", "ps1", "--course", str(ours), "--workers", "1"]) == 0
    return stock, ours


def quickstart(name: str) -> None:
    """What `nbgrader quickstart` does here, but for a gradebook beside the course, never read."""
    from nbgrader.apps import QuickStartApp

    real = subprocess.call

    def call(command: list[str], **options: Any) -> int:
        return 0 if "db" in command else real(command, **options)

    with mock.patch("subprocess.call", call):
        command = QuickStartApp()
        command.initialize([name])
        command.start()


@pytest.mark.parametrize("table", samples.ROWS)
def test_every_row_of_the_gradebook_is_as_nbgrader_writes_it(
    courses: tuple[Path, Path], table: str
) -> None:
    stock, ours = map(samples.rows, courses)
    assert ours[table] == stock[table] != []


@pytest.mark.parametrize(("student", "notebook"), HANDED_IN)
def test_every_cell_and_what_it_puts_out_is_the_same(
    courses: tuple[Path, Path], student: str, notebook: str
) -> None:
    name = Path("autograded", student, "ps1", f"{notebook}.ipynb")
    stock, ours = (samples.cells(course / name) for course in courses)
    assert ours == stock != []


def test_the_marks_are_those_that_the_guide_prints(
    courses: tuple[Path, Path], guide: Path, tmp_path: Path
) -> None:
    def marks(path: Path) -> dict[str, str]:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["student_id"]: row["raw_score"] for row in csv.DictReader(file)}

    words = ["--course", str(courses[1]), "-o", str(tmp_path / "grades.csv")]
    assert main(["export", "nbgrader", "ps1", *words]) == 0
    found, printed = marks(tmp_path / "grades.csv"), marks(guide / "grades.csv")
    assert {student: found[student] for student in GIVEN} == printed
    assert found["untouched"] == "0.0"
    assert float(found["solved"]) >= 3.0
