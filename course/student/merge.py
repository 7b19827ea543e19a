"""Bring a changed lesson into a student's notebook: a three-way merge by cell id.

`base` is the lesson as it was when the student got it, `mine` the student's notebook, `new` the
lesson as it is now; all are nbformat 4 dictionaries in which a source is one string. The order of
cells is the new lesson's, and what the student added stays behind the cell that it stood behind.
nbgrader's metadata says which cells are answers (`solution`) and which are locked.
"""

from typing import Any

from course.student.cell_ids import identified, marks, unused_id

Cell = dict[str, Any]
Notebook = dict[str, Any]


def merge(base: Notebook, mine: Notebook, new: Notebook) -> Notebook:
    """Return the new lesson with everything in it that the student wrote.

    One thing of the student's is not kept: what was typed into a locked cell, which nbgrader
    restores before it grades anyway. Merging the result again changes nothing.
    """
    news = identified(new["cells"], [])
    bases = identified(base["cells"], [])
    mines = identified(mine["cells"], bases + news)
    base_of = {cell["id"]: cell for cell in bases}
    mine_of = {cell["id"]: cell for cell in mines}
    behind = own_cells(mines, base_of, {cell["id"] for cell in news})
    taken = set(mine_of) | {cell["id"] for cell in news}
    cells = behind[""]
    for cell in news:
        name = cell["id"]
        cells += merged(base_of.get(name), mine_of.get(name), cell, taken)
        cells += behind.get(name, [])
    return {**new, "cells": cells}


def is_answer(cell: Cell) -> bool:
    """Tell whether a cell is one for the student to fill in (nbgrader's `solution`)."""
    return bool(marks(cell).get("solution"))


def is_locked(cell: Cell) -> bool:
    """Tell whether nbgrader restores a cell before it grades: a test, or one marked `locked`."""
    found = marks(cell)
    return bool(found.get("grade") or found.get("locked")) and not is_answer(cell)


def is_edited(base: Cell | None, mine: Cell) -> bool:
    """Tell whether the student changed what a cell says, or made the cell."""
    return base is None or any(base[key] != mine[key] for key in ("source", "cell_type"))


def own_cells(
    mines: list[Cell], base_of: dict[str, Cell], lesson: set[str]
) -> dict[str, list[Cell]]:
    """Return the cells that are the student's alone, by the id of the lesson's cell before them.

    Those before the first of the lesson's have the id "". A cell that the lesson has dropped is
    the student's if the student has edited it.
    """
    behind: dict[str, list[Cell]] = {"": []}
    before = ""
    for cell in mines:
        base = base_of.get(cell["id"])
        if cell["id"] in lesson:
            before = cell["id"]
        elif is_edited(base, cell) and not (base and is_locked(base)):
            behind.setdefault(before, []).append(without_marks(cell))
    return behind


def without_marks(cell: Cell) -> Cell:
    """Return a cell that nbgrader takes no interest in, and that may be deleted."""
    dropped = ("nbgrader", "deletable", "editable")
    metadata = {key: value for key, value in cell["metadata"].items() if key not in dropped}
    return {**cell, "metadata": metadata}


def merged(base: Cell | None, mine: Cell | None, new: Cell, taken: set[str]) -> list[Cell]:
    """Return what becomes of a cell of the new lesson.

    That is one cell, or none if the student threw it away, or two if what used to be free to edit
    is locked now: then the student's text follows as a cell of its own, whose id joins `taken`.
    """
    if mine is None:
        return [] if was_thrown_away(base, new) else [new]
    if is_locked(new):
        if new["source"] == mine["source"] or is_locked(base or mine):
            return [with_outputs(base, mine, new)]
        own = without_marks({**mine, "id": unused_id(mine["source"], taken)})
        return [new, own] if is_edited(base, mine) else [new]
    if not is_edited(base, mine) or mine["source"] == new["source"]:
        return [with_outputs(base, mine, new)]
    if is_answer(new) and mine["cell_type"] != new["cell_type"]:
        return [{**new, "source": mine["source"]}]
    return [{**mine, "metadata": new["metadata"]}]


def was_thrown_away(base: Cell | None, new: Cell) -> bool:
    """Tell whether a cell that the student does not have is one that the student does not want.

    An answer or a locked cell always comes back: without it, the exercise cannot be graded.
    """
    if base is None or is_answer(new) or is_locked(new):
        return False
    return not is_edited(base, new)


def with_outputs(base: Cell | None, mine: Cell, new: Cell) -> Cell:
    """Return the new cell, with what it showed when the student ran it if it is still the same."""
    ran = mine.get("outputs"), mine.get("execution_count")
    never_run = base is not None and ran == (base.get("outputs"), base.get("execution_count"))
    same = all(new[key] == mine[key] for key in ("source", "cell_type"))
    if never_run or not same or new["cell_type"] != "code":
        return new
    return {**new, "outputs": ran[0], "execution_count": ran[1]}
