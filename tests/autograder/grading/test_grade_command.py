"""`python -m autograder grade`: what it says, and with which status it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.__main__ import main
from autograder.grading import executors
from autograder.grading.job import Result
from autograder.zygote import NoZygote
from tests.autograder.grading import nbgrader_samples as samples
from tests.autograder.grading import quick

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def handed_in(plain_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = Path(shutil.copytree(plain_course, tmp_path_factory.mktemp("two") / "course"))
    for student in ("ada", "bob"):
        samples.hand_in(course, student, samples.answered(course, square=student))
    return course


@pytest.fixture
def course(handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(executors, "named", lambda *_: quick.Quick())
    return Path(shutil.copytree(handed_in, tmp_path / "course"))


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().err.split())


def test_it_ends_with_what_it_came_to(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "told.json"
    assert main(["grade", "ps1", "--course", str(course), "--json", str(told)]) == 0
    assert said(capsys).startswith("ps1: 2 graded; 0 graded cells judged, 0 only run; ")
    found = json.loads(told.read_text(encoding="utf-8"))
    assert (found["submissions"], found["graded"], found["troubles"]) == (2, 2, [])


def test_each_submission_with_trouble_has_a_row_and_the_others_are_graded(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    samples.hand_in(course, "cyd", b"\xff")
    samples.hand_in(course, "dan", b"{}", timestamp__txt="soon")
    (course / "submitted" / "eve" / "ps1").mkdir(parents=True)
    assert main(["grade", "ps1", "--course", str(course)]) == 1
    text = said(capsys)
    assert "ps1: 2 graded" in text
    assert "cyd squares.ipynb: it is not text in UTF-8" in text
    assert "dan its timestamp.txt says no time: 'soon'" in text
    assert "eve there is no squares.ipynb in" in text
    by_student = {row[0] for row in samples.rows(course)["submissions"]}
    assert by_student == {"ada", "bob", "cyd"}


def test_nobody_is_added_where_the_course_adds_nobody(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write("c.Autograde.create_student = False\n")
    assert main(["grade", "ps1", "--course", str(course)]) == 1
    assert "ada the gradebook knows nobody of that name" in said(capsys)
    assert samples.rows(course)["submissions"] == []
    assert not (course / "autograded").exists()


def test_a_notebook_that_was_not_handed_in_has_no_points(course: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        gradebook.add_notebook("circles", "ps1")
        gradebook.add_grade_cell("round", "circles", "ps1", max_score=1, cell_type="code")
    assert main(["grade", "ps1", "--course", str(course)]) == 0
    found = {row[1]: row[3:] for row in samples.rows(course)["grades"] if row[0] == "ada"}
    assert found["round"] == (0, None, None, 0)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ps9"], "The gradebook has no assignment 'ps9' (it has ps1): first run `nbgrader"),
        (["ps1", "--student", "zoe"], "zoe has handed in nothing: there is no "),
        (["ps1", "--course", "nowhere"], "nowhere: there is no such folder"),
        (["ps1", "--db", "sqlite:///nowhere.db"], "nowhere.db: there is no gradebook"),
        (["ps1", "--db", "paper"], "paper: is no address of a gradebook"),
        (["ps1", "--db", "paper://me:sesame@desk/"], "paper://me:***@desk/: is no address"),
        (["ps1", "--json", "no/such/file.json"], "no/such/file.json: cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    course: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str
) -> None:
    here = [] if "--course" in words else ["--course", str(course)]
    assert main(["grade", *words, *here]) == 1
    assert sentence in said(capsys)


def test_a_driver_that_is_missing_is_told_without_the_password(
    course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as where it is not installed
    address = "postgresql+psycopg://me:sesame@nowhere/marks"
    assert main(["grade", "ps1", "--course", str(course), "--db", address]) == 1
    text = said(capsys)
    assert text.startswith(f"{address.replace('sesame', '***')}: the driver for this database is")


def test_a_python_without_the_course_s_packages_is_a_sentence() -> None:
    command = [sys.executable, "-S", "-m", "autograder", "grade", "ps1"]  # without site-packages
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"is not installed for {sys.executable}: activate" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_gradebook_is_a_sentence(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / "gradebook.db").write_text("not a database at all, is it?" * 100, encoding="utf-8")
    assert main(["grade", "ps1", "--course", str(course)]) == 1
    assert "file is not a database" in said(capsys)


def test_without_a_sandbox_nothing_is_run(
    course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> quick.Quick:
        raise NoZygote("there is no sandbox here")

    monkeypatch.setattr(executors, "named", none)
    assert main(["grade", "ps1", "--course", str(course)]) == 1
    assert "there is no sandbox here" in said(capsys)
    assert samples.rows(course)["submissions"] == []


def test_a_failure_of_the_graders_own_costs_nothing_and_is_tried_again(course: Path) -> None:
    quick.grade(course)
    before = samples.rows(course), autograded(course)
    wrong = "the grader itself went wrong"
    failing = quick.Quick(lambda job: Result(job.key(), fault=wrong, ours=True))
    report = quick.grade(course, failing, force=True)
    assert [trouble.sentence for trouble in report.troubles] == [f"squares.ipynb: {wrong}"] * 2
    assert (samples.rows(course), autograded(course)) == before
    quick.grade(course, again := quick.Quick(), force=True)
    assert again.done == ["ada", "bob"]
    assert (samples.rows(course), autograded(course)) == before


def autograded(course: Path) -> dict[str, bytes]:
    folder = course / "autograded"
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_is_damaged_by_itself_is_not_graded_a_second_time(course: Path) -> None:
    samples.hand_in(course, "ada", b"{")
    assert quick.grade(course).troubles
    report = quick.grade(course, again := quick.Quick())
    assert (again.done, len(report.troubles)) == ([], 1)
