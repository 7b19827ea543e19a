"""A submission whose cells are the master's again, wherever they must be.

What nbgrader's ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells and
CheckCellMetadata do, one after the other, on plain data. Where they give up, and the whole run with
them (a copied cell, metadata of an old schema, flags that were changed), the cell's metadata is
made anew from the master. Only a file that is no notebook is given back, with a sentence.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any

import fastjsonschema

from autograder.grading.master import Master, MasterCell
from autograder.grading.reading import Cell, Damaged, Notebook, check, folder_of, read

__all__ = ["SCHEMA_VERSION", "Damaged", "checksum", "flagged", "restore"]

SCHEMA_VERSION = 3
"""Of nbgrader's metadata."""


class _Unlike(Exception):
    """A cell that nbgrader would not restore."""


def restore(submitted: bytes, master: Master) -> Notebook:
    """The notebook in those bytes, its cells restored from the master, as nbformat 4.

    Raises Damaged where the bytes are no valid notebook.
    """
    try:
        notebook = read(submitted)
        if master.kernelspec:
            notebook["metadata"]["kernelspec"] = master.kernelspec
        check(notebook)
    except RecursionError:
        raise Damaged("it is nested deeper than any notebook") from None
    cells: list[Cell] = notebook["cells"]
    known = {cell.grade_id: cell for cell in master.cells}
    _forget_copies(cells)
    for cell in cells:
        if "nbgrader" in cell["metadata"]:
            _overwrite(cell, known)
    _forget_copies(cells)  # one may have got its flags back
    return notebook


def flagged(cell: Cell, *flags: str) -> bool:
    """Whether nbgrader's metadata sets one of those flags."""
    nbgrader = cell["metadata"].get("nbgrader")
    if not isinstance(nbgrader, dict):
        return False
    return any(nbgrader.get(flag) for flag in flags)


def checksum(cell: Cell) -> str:
    """nbgrader's checksum of a cell that has its metadata."""
    nbgrader = cell["metadata"]["nbgrader"]
    grade, solution = nbgrader.get("grade", False), nbgrader.get("solution", False)
    parts = [cell["source"], cell["cell_type"]]
    parts += [str(grade), str(solution), str(_is_locked(nbgrader)), nbgrader["grade_id"]]
    if grade:
        parts.append(str(float(nbgrader["points"])))
    return hashlib.md5("".join(parts).encode()).hexdigest()


def _is_locked(nbgrader: dict[str, Any]) -> Any:
    if nbgrader.get("solution", False):
        return False
    return True if nbgrader.get("grade", False) else nbgrader.get("locked", False)


def _forget_copies(cells: list[Cell]) -> None:
    """Of cells with one grade_id, only the last is nbgrader's."""
    seen: list[Any] = []
    for cell in reversed(cells):
        if not flagged(cell, "grade", "solution", "locked"):
            continue
        grade_id = cell["metadata"]["nbgrader"].get("grade_id")
        if grade_id in seen:
            del cell["metadata"]["nbgrader"]
        seen.append(grade_id)


def _overwrite(cell: Cell, known: dict[str, MasterCell]) -> None:
    """Restore one cell that says it is nbgrader's; one that is not is so no longer."""
    nbgrader = cell["metadata"]["nbgrader"]
    grade_id = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    source = known.get(grade_id) if isinstance(grade_id, str) else None
    if source is not None:
        _become(cell, source.cell_type)
        try:
            _as_nbgrader_does(cell, source)
            _check_metadata(cell)
        except (_Unlike, KeyError, TypeError, ValueError):
            _anew(cell, source)
        return
    if isinstance(nbgrader, dict):
        nbgrader.pop("grade_id", None)
    try:
        _check_metadata(cell)
    except _Unlike:
        del cell["metadata"]["nbgrader"]


def _become(cell: Cell, kind: str) -> None:
    """Make a code cell of a markdown one, or the reverse."""
    if cell["cell_type"] == kind:
        return
    cell["cell_type"] = kind
    for field in ("outputs", "execution_count", "attachments"):
        cell.pop(field, None)
    if kind == "code":
        cell["outputs"], cell["execution_count"] = [], None


def _as_nbgrader_does(cell: Cell, source: MasterCell) -> None:
    """OverwriteCells: what is locked gets its text back, what is graded its points."""
    nbgrader = cell["metadata"]["nbgrader"]
    if _is_locked(nbgrader) != source.locked:
        nbgrader["locked"] = source.locked
    if nbgrader.get("grade", False):
        if source.points is None:
            raise _Unlike
        if float(nbgrader["points"]) != source.points:
            nbgrader["points"] = source.points
    nbgrader["checksum"] = source.checksum
    if source.locked and checksum(cell) != source.checksum:
        cell["source"] = source.source
        if checksum(cell) != source.checksum:
            raise _Unlike


def _anew(cell: Cell, source: MasterCell) -> None:
    """Give a cell the metadata of the master's, and its text where that is locked."""
    if source.locked:
        cell["source"] = source.source
    cell["metadata"]["nbgrader"] = {
        "cell_type": source.cell_type,
        "checksum": source.checksum,
        "grade": source.grade,
        "grade_id": source.grade_id,
        "locked": source.locked,
        **({"points": source.points} if source.points is not None else {}),
        "schema_version": SCHEMA_VERSION,
        "solution": source.solution,
        "task": source.task,
    }


def _check_metadata(cell: Cell) -> None:
    """CheckCellMetadata: raise _Unlike unless this is metadata of nbgrader's newest schema."""
    nbgrader = cell["metadata"]["nbgrader"]
    try:
        _metadata_schema()(nbgrader)
    except fastjsonschema.JsonSchemaValueException:
        raise _Unlike from None
    grade, solution = nbgrader["grade"], nbgrader["solution"]
    prose = cell["cell_type"] == "markdown"
    if (grade or solution or nbgrader["locked"]) and not nbgrader.get("grade_id"):
        raise _Unlike
    if grade and "points" not in nbgrader:
        raise _Unlike
    if not prose if nbgrader.get("task", False) else prose and grade != solution:
        raise _Unlike


@functools.cache
def _metadata_schema() -> Callable[[Any], Any]:
    file = folder_of("nbgrader") / "nbgraderformat" / f"v{SCHEMA_VERSION}.json"
    schema = json.loads(file.read_bytes())
    compiled: Callable[[Any], Any] = fastjsonschema.compile(schema, use_default=False)
    return compiled
