"""The student's own copies, on a real disk."""

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.card import MIMETYPE
from course.student import progress, work
from course.student.notebook_file import NotebookError, read

LESSON = "01_gate"
NOTEBOOK = Path(LESSON, f"{LESSON}.ipynb")


class Desk:
    """Released lessons, and a student's work folder."""

    def __init__(self, root: Path) -> None:
        self.released = root / "notebooks"
        self.work = root / "work"

    def release(self, prose: str, lesson: str = LESSON) -> bytes:
        marks = {"grade": False, "solution": True, "locked": False, "grade_id": "wall"}
        check = {"grade": True, "solution": False, "locked": True, "grade_id": "wall-check"}
        cells = [
            new_markdown_cell(prose, id="intro"),
            new_code_cell("raise NotImplementedError", id="wall", metadata={"nbgrader": marks}),
            new_code_cell("check()", id="wall-check", metadata={"nbgrader": check}),
        ]
        path = self.released / lesson / f"{lesson}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(new_notebook(cells=cells), path)
        return path.read_bytes()

    def answer(self, text: str) -> bytes:
        path = self.work / NOTEBOOK
        path.write_text(path.read_text().replace("raise NotImplementedError", text))
        return path.read_bytes()

    def refresh(self) -> list[str]:
        return work.refresh(self.released, self.work)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_lessons_are_copied_once_with_the_files_beside_them(desk: Desk) -> None:
    released = desk.release("Hello")
    (desk.released / LESSON / "data.csv").write_text("1,2")
    assert desk.refresh() == []
    assert (desk.work / NOTEBOOK).read_bytes() == released
    assert (desk.work / LESSON / "data.csv").read_text() == "1,2"
    mine = desk.answer("return 403")
    assert desk.refresh() == []
    assert (desk.work / NOTEBOOK).read_bytes() == mine


def test_a_copy_that_nobody_touched_becomes_the_new_release_byte_for_byte(desk: Desk) -> None:
    desk.release("Hello")
    desk.refresh()
    released = desk.release("Hello again")
    assert desk.refresh() == []
    assert (desk.work / NOTEBOOK).read_bytes() == released


def test_a_changed_lesson_is_merged_once_and_a_backup_is_kept(desk: Desk) -> None:
    desk.release("Hello")
    desk.refresh()
    mine = desk.answer("return 403")
    desk.release("Hello again")
    (sentence,) = desk.refresh()
    (backup,) = (desk.work / ".backups").iterdir()
    assert str(backup) in sentence
    assert backup.read_bytes() == mine
    cells = read(desk.work / NOTEBOOK)["cells"]
    assert [cell["source"] for cell in cells] == ["Hello again", "return 403", "check()"]
    assert desk.refresh() == []


def test_a_file_that_is_no_notebook_is_left_alone_and_the_others_go_on(desk: Desk) -> None:
    desk.release("Hello")
    desk.refresh()
    broken = desk.work / NOTEBOOK
    broken.write_text('{"cells": [')
    other = desk.release("Second", "02_next")
    (sentence,) = desk.refresh()
    assert sentence.startswith(f"{broken} is not a notebook: it is not JSON (")
    assert "rename it" in sentence
    assert broken.read_text() == '{"cells": ['
    assert (desk.work / "02_next" / "02_next.ipynb").read_bytes() == other


@pytest.mark.parametrize(
    "content",
    ["[]", '{"nbformat": 3}', '{"nbformat": 4, "cells": [1]}', "\x00", "[" * 100_000],
)
def test_anything_else_is_refused_with_the_name_of_the_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(content)
    with pytest.raises(NotebookError, match=r"x\.ipynb is not a notebook"):
        read(path)


def test_a_data_file_that_the_student_changed_is_kept(desk: Desk) -> None:
    desk.release("Hello")
    data = desk.released / LESSON / "data.csv"
    data.write_text("1")
    desk.refresh()
    (desk.work / LESSON / "data.csv").write_text("mine")
    data.write_text("2")
    (sentence,) = desk.refresh()
    assert sentence.endswith("data.csv has a new version; yours is kept.")
    assert desk.refresh() == []
    assert (desk.work / LESSON / "data.csv").read_text() == "mine"


def test_a_lesson_that_is_withdrawn_stays_with_the_student(desk: Desk) -> None:
    desk.release("Hello")
    desk.refresh()
    (desk.released / NOTEBOOK).unlink()
    assert desk.refresh() == []
    assert (desk.work / NOTEBOOK).exists()


def test_a_lesson_is_finished_when_every_check_has_passed(desk: Desk) -> None:
    desk.release("Hello")
    desk.work.mkdir()
    notebook = desk.released / NOTEBOOK
    assert not progress.is_finished(desk.work, notebook)
    for verdict in ("passed", "failed", "passed"):
        mark: progress.Mark = {"verdict": verdict, "points": 1, "max": 2}
        progress.record(desk.work, LESSON, "wall-check", mark)
        done = progress.is_finished(desk.work, notebook)
        assert done == (verdict == "passed")
    kept = json.loads((desk.work / ".progress.json").read_text())
    assert kept[LESSON]["wall-check"].pop("when") > 0
    assert kept == {LESSON: {"wall-check": {"verdict": "passed", "points": 1, "max": 2}}}


@pytest.mark.parametrize(("verdict", "done"), [("passed", True), ("failed", False)])
def test_a_verdict_that_a_notebook_shows_counts_as_one_from_the_terminal(
    desk: Desk, verdict: str, done: bool
) -> None:
    desk.release("Hello")
    desk.refresh()
    notebook = json.loads((desk.work / NOTEBOOK).read_text())
    (check,) = [c for c in notebook["cells"] if c["id"] == "wall-check"]
    shown = {"text/plain": ":)", MIMETYPE: {"verdict": verdict}}
    check["outputs"] = [{"output_type": "display_data", "data": shown, "metadata": {}}]
    (desk.work / NOTEBOOK).write_text(json.dumps(notebook))
    assert progress.is_finished(desk.work, desk.released / NOTEBOOK) == done
    failed: progress.Mark = {"verdict": "failed", "points": 0, "max": 2}
    progress.record(desk.work, LESSON, "wall-check", failed)
    assert not progress.is_finished(desk.work, desk.released / NOTEBOOK)


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"a": {"b": {}}}'])
def test_progress_that_cannot_be_read_means_that_nothing_is_checked(
    tmp_path: Path, content: str
) -> None:
    (tmp_path / ".progress.json").write_text(content)
    assert progress.read(tmp_path) == {}
