"""Plugged into nbgrader, the engine grades what `nbgrader autograde` and formgrader are told to."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from autograder.__main__ import main
from tests.autograder.grading import nbgrader_samples as samples
from tests.autograder.grading.test_running import BLIND, CHECK, RIGHT, WRONG
from tests.conftest import ROOT


def plugged_in() -> Any:
    """The repository's own configuration, as nbgrader reads it, for this one trait."""
    from traitlets.config import Config, PyFileConfigLoader

    whole = PyFileConfigLoader(str(ROOT / "nbgrader_config.py")).load_config()
    return Config(Autograde=whole.Autograde, Judge={"sandbox": False})


def autograde(course: Path) -> Any:
    """Have nbgrader's own Autograde grade a class, with the engine plugged in."""
    from nbgrader.converters import Autograde
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory

    directory = CourseDirectory(root=str(course), assignment_id=samples.ASSIGNMENT)
    made = Autograde(coursedir=directory, config=plugged_in())
    with contextlib.suppress(NbGraderException):  # a submission that is no notebook
        made.start()
    return made


def source(check: str) -> dict[str, Any]:
    """A master of our kind: an answer, and a check of ours."""
    graded = {"grade": True, "locked": True, "points": 2}
    notebook = samples.source_notebook()
    notebook["cells"] = [
        samples.cell("code", "# yours", "block-list", solution=True),
        samples.cell("code", check, "check", **graded),
        samples.cell("code", WRONG, "broken", **graded),
    ]
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"c{number}"
    return notebook


@pytest.fixture(scope="module")
def courses(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One class, graded by nbgrader with the engine plugged in, and by the engine."""
    course = tmp_path_factory.mktemp("plugged in") / "course"
    samples.write(course / "source" / "ps1" / "squares.ipynb", source(CHECK))
    samples.run_nbgrader("GenerateAssignment", course)
    for student, answer in {"ada": RIGHT, "bob": BLIND, "cyd": "# yours"}.items():
        samples.hand_in(course, student, samples.answered(course, block_list=answer))
    samples.hand_in(course, "eve", b"{")
    ours = Path(shutil.copytree(course, course.with_name("ours")))
    autograde(course)
    assert main(["grade", "ps1", "--course", str(ours), "--workers", "1", "--no-sandbox"]) == 1
    return course, ours


@pytest.mark.parametrize("table", samples.ROWS)
def test_the_gradebook_says_the_same_whichever_command_graded(
    courses: tuple[Path, Path], table: str
) -> None:
    plugged, ours = map(samples.rows, courses)
    assert plugged[table] == ours[table] != []


def test_the_verdicts_are_the_judges_and_not_a_kernels(courses: tuple[Path, Path]) -> None:
    from autograder.outputs import VERDICT

    text = (courses[0] / "autograded" / "bob" / "ps1" / "squares.ipynb").read_text()
    first = json.loads(text)["cells"][1]["outputs"][0]["data"][VERDICT]
    assert first["ran"]["host"] == "pipe"
    assert first["points"] == 1


def test_a_check_that_went_wrong_itself_gives_no_zero(courses: tuple[Path, Path]) -> None:
    found = {row[:2]: row[3:] for row in samples.rows(courses[0])["grades"]}
    assert found["ada", "broken"][0] is None
    assert found["ada", "broken"][-1] == 1


def test_stock_nbgrader_has_the_same_list_but_for_the_two_that_stand_in() -> None:
    from nbgrader.converters import Autograde
    from traitlets import import_item

    ours = [import_item(name) for name in plugged_in().Autograde.autograde_preprocessors]
    stock = Autograde.autograde_preprocessors.default_args[0]
    assert [mine for mine, theirs in zip(ours, stock, strict=True) if mine is not theirs] == [
        ours[0],
        ours[4],
    ]
    assert issubclass(ours[4], stock[4])
