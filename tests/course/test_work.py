"""The student's own copies, on a real disk."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.card import MIMETYPE
from course.cli import COMMAND
from course.student import progress, soundness, work
from course.student.desk import Desk
from course.student.notebook_file import NotebookError, read

LESSON = "01_gate"
NOTEBOOK = Path(LESSON, f"{LESSON}.ipynb")


class Student:
    """Released lessons, and a student's work folder."""

    def __init__(self, root: Path) -> None:
        self.desk = Desk(root / "notebooks", root / "work")
        self.released, self.work = self.desk.released, self.desk.work

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
        return work.refresh(self.desk)


@pytest.fixture
def student(tmp_path: Path) -> Student:
    return Student(tmp_path)


def test_lessons_are_copied_once_with_the_files_beside_them(student: Student) -> None:
    released = student.release("Hello")
    (student.released / LESSON / "data.csv").write_text("1,2")
    assert student.refresh() == []
    assert (student.work / NOTEBOOK).read_bytes() == released
    assert (student.work / LESSON / "data.csv").read_text() == "1,2"
    mine = student.answer("return 403")
    assert student.refresh() == []
    assert (student.work / NOTEBOOK).read_bytes() == mine


def test_a_copy_that_nobody_touched_becomes_the_new_release_byte_for_byte(student: Student) -> None:
    student.release("Hello")
    student.refresh()
    released = student.release("Hello again")
    assert student.refresh() == []
    assert (student.work / NOTEBOOK).read_bytes() == released


def test_a_changed_lesson_is_merged_once_and_a_backup_is_kept(student: Student) -> None:
    student.release("Hello")
    student.refresh()
    mine = student.answer("return 403")
    student.release("Hello again")
    (sentence,) = student.refresh()
    (backup,) = (student.work / ".backups").iterdir()
    assert str(backup) in sentence
    assert backup.read_bytes() == mine
    cells = read(student.work / NOTEBOOK)["cells"]
    assert [cell["source"] for cell in cells] == ["Hello again", "return 403", "check()"]
    assert student.refresh() == []


def test_a_file_that_is_no_notebook_is_left_alone_and_the_others_go_on(student: Student) -> None:
    student.release("Hello")
    student.refresh()
    broken = student.work / NOTEBOOK
    broken.write_text('{"cells": [')
    other = student.release("Second", "02_next")
    (sentence,) = student.refresh()
    assert sentence.startswith(f"{broken} is not a notebook: it is not JSON (")
    assert sentence.endswith(f"left as it is: type {COMMAND} reset 01 to begin it afresh.")
    assert broken.read_text() == '{"cells": ['
    assert (student.work / "02_next" / "02_next.ipynb").read_bytes() == other


def test_a_backup_is_pointed_to_only_if_this_lesson_has_one(student: Student) -> None:
    student.release("Hello")
    student.release("Second", "02_next")
    student.refresh()
    student.answer("return 403")
    student.release("Hello again")
    student.refresh()
    (backup,) = (student.work / ".backups").iterdir()
    for lesson in (LESSON, "02_next"):
        (student.work / lesson / f"{lesson}.ipynb").write_text("")
    first, second = student.refresh()
    assert f"bring back the backup {backup}, or type {COMMAND} reset 01" in first
    assert second.endswith(f"left as it is: type {COMMAND} reset 02 to begin it afresh.")


def copied(cells: list[dict[str, Any]]) -> None:
    cells.insert(2, {**cells[1], "id": "c0ffee"})


def stripped(cells: list[dict[str, Any]]) -> None:
    cells[1]["metadata"] = {}


def old(cells: list[dict[str, Any]]) -> None:
    cells[1]["metadata"]["nbgrader"]["schema_version"] = 2


@pytest.mark.parametrize("harm", [copied, stripped, old])
def test_cells_that_nbgrader_could_not_grade_are_put_right_once(
    student: Student, harm: Callable[[list[dict[str, Any]]], None]
) -> None:
    student.release("Hello")
    student.refresh()
    student.answer("return 403")
    path = student.work / NOTEBOOK
    notebook = read(path)
    harm(notebook["cells"])
    path.write_text(json.dumps(notebook))
    mine, released = path.read_bytes(), read(student.released / NOTEBOOK)
    assert len(soundness.faults(notebook, released)) == 1
    (sentence,) = student.refresh()
    assert f"{LESSON} had cells that nbgrader could not grade: that is put right" in sentence
    (backup,) = (student.work / ".backups").iterdir()
    assert backup.read_bytes() == mine
    cells = read(path)["cells"]
    assert soundness.faults({"cells": cells}, released) == []
    answers = [cell for cell in cells if cell["source"] == "return 403"]
    assert len(answers) == (2 if harm is copied else 1)
    assert answers[0]["metadata"]["nbgrader"]["grade_id"] == "wall"
    assert student.refresh() == []


@pytest.mark.parametrize(
    "content",
    ["[]", '{"nbformat": 3}', '{"nbformat": 4, "cells": [1]}', "\x00", "[" * 100_000],
)
def test_anything_else_is_refused_with_the_name_of_the_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(content)
    with pytest.raises(NotebookError, match=r"x\.ipynb is not a notebook"):
        read(path)


def test_a_data_file_that_the_student_changed_is_kept(student: Student) -> None:
    student.release("Hello")
    data = student.released / LESSON / "data.csv"
    data.write_text("1")
    student.refresh()
    (student.work / LESSON / "data.csv").write_text("mine")
    data.write_text("2")
    (sentence,) = student.refresh()
    assert sentence.endswith("data.csv has a new version; yours is kept.")
    assert student.refresh() == []
    assert (student.work / LESSON / "data.csv").read_text() == "mine"


def test_a_lesson_that_is_withdrawn_stays_with_the_student(student: Student) -> None:
    student.release("Hello")
    student.release("Second", "02_next")
    student.refresh()
    (student.released / NOTEBOOK).unlink()
    assert student.refresh() == []
    assert (student.work / NOTEBOOK).exists()


def test_a_lesson_is_finished_when_every_check_has_passed(student: Student) -> None:
    student.release("Hello")
    student.work.mkdir()
    notebook = student.released / NOTEBOOK
    assert not progress.is_finished(student.work, notebook)
    for verdict in ("passed", "failed", "passed"):
        mark: progress.Mark = {"verdict": verdict, "points": 1, "max": 2}
        progress.record(student.work, LESSON, "wall-check", mark)
        done = progress.is_finished(student.work, notebook)
        assert done == (verdict == "passed")
    kept = json.loads((student.work / ".progress.json").read_text())
    assert kept[LESSON]["wall-check"].pop("when") > 0
    assert kept == {LESSON: {"wall-check": {"verdict": "passed", "points": 1, "max": 2}}}


@pytest.mark.parametrize(("verdict", "done"), [("passed", True), ("failed", False)])
def test_a_verdict_that_a_notebook_shows_counts_as_one_from_the_terminal(
    student: Student, verdict: str, done: bool
) -> None:
    student.release("Hello")
    student.refresh()
    notebook = json.loads((student.work / NOTEBOOK).read_text())
    (check,) = [c for c in notebook["cells"] if c["id"] == "wall-check"]
    shown = {"text/plain": ":)", MIMETYPE: {"verdict": verdict}}
    check["outputs"] = [{"output_type": "display_data", "data": shown, "metadata": {}}]
    (student.work / NOTEBOOK).write_text(json.dumps(notebook))
    assert progress.is_finished(student.work, student.released / NOTEBOOK) == done
    failed: progress.Mark = {"verdict": "failed", "points": 0, "max": 2}
    progress.record(student.work, LESSON, "wall-check", failed)
    assert not progress.is_finished(student.work, student.released / NOTEBOOK)


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"a": {"b": {}}}'])
def test_progress_that_cannot_be_read_means_that_nothing_is_checked(
    tmp_path: Path, content: str
) -> None:
    (tmp_path / ".progress.json").write_text(content)
    assert progress.read(tmp_path) == {}
