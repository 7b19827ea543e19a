"""A student with a desk: two small lessons, handed out as nbgrader hands them out."""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course.compiler import dump, released, solved
from course.lesson import read
from course.student import work
from course.student.desk import Desk
from tests.course import lesson_samples

FIRST, SECOND = "01_sample", "02_second"
CHECKS = ["which-one-check", "wall-check", "wall-check-edges"]
"""The checks of each: a question of 1 point, an exercise with two checks of 2 and 1."""

RIGHT = {
    "which-one": 'def which_one():\n    return "b"\n',
    "wall": "def Wall(get_response):\n    return get_response\n",
}
FORGOT = "def Wall(get_response):\n    return lambda request: None\n"

Cell = dict[str, Any]


@functools.cache
def handed_out() -> bytes:
    """The sample lesson's released notebook, made once for all tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = lesson_samples.write(Path(folder))
        return dump(released(solved(read(path)))).encode()


class Student:
    """A desk with two lessons on it, and what a student does there."""

    def __init__(self, root: Path) -> None:
        self.desk = Desk(root / "notebooks", root / "work")
        for lesson in (FIRST, SECOND):
            path = self.desk.handed_out(lesson)
            path.parent.mkdir(parents=True)
            path.write_bytes(handed_out())

    def begins(self) -> None:
        """Have the lessons brought to `work/`, as `lab` does."""
        work.refresh(self.desk)

    def answers(self, lesson: str = FIRST, **answers: str) -> Path:
        """Write answers by slug, with `_` for `-`, and save the notebook."""
        named = {slug.replace("_", "-"): source for slug, source in answers.items()}

        def write(cells: list[Cell]) -> None:
            for cell in cells:
                cell["source"] = named.pop(cell["id"], cell["source"])

        self.edits(write, lesson)
        assert not named
        return self.desk.mine(lesson)

    def solves(self, lesson: str = FIRST) -> Path:
        """Answer everything rightly."""
        return self.answers(lesson, **{slug.replace("-", "_"): to for slug, to in RIGHT.items()})

    def edits(self, change: Callable[[list[Cell]], object], lesson: str = FIRST) -> None:
        """Change the cells of a notebook in place, and save it."""
        path = self.desk.mine(lesson)
        notebook = json.loads(path.read_text(encoding="utf-8"))
        change(notebook["cells"])
        path.write_text(json.dumps(notebook), encoding="utf-8")


def cell(cells: list[Cell], name: str) -> Cell:
    """The cell with that id."""
    return next(one for one in cells if one["id"] == name)


def doubled(cells: list[Cell]) -> None:
    """Copy the cell of the exercise, as copy and paste in JupyterLab does."""
    at = cells.index(cell(cells, "wall"))
    cells.insert(at + 1, {**cells[at], "id": "c0ffee"})


def stripped(cells: list[Cell]) -> None:
    """Take nbgrader's metadata from the cell of the exercise, as some editors do."""
    del cell(cells, "wall")["metadata"]["nbgrader"]
