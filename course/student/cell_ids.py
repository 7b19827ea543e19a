"""Which cell is which: ids that are there once, whatever an editor has done to them.

nbformat 4.5 gives each cell an id, but some editors drop them and copying by hand doubles them.
nbgrader's `grade_id`, and then the text, say which cell it was.
"""

import hashlib
from typing import Any

Cell = dict[str, Any]


def identified(cells: list[Cell], known: list[Cell]) -> list[Cell]:
    """Return the cells, each with an id of its own.

    `known` are cells that these may come from: one with the id of a known cell is that cell, one
    with its `grade_id` too, and one without an id if it has its text. Anything else is new.
    """
    ids = {cell["id"] for cell in known}
    claimed: set[str] = set()
    names: list[str | None] = [None] * len(cells)

    def claim(position: int, name: str | None) -> None:
        if name is not None and names[position] is None and name not in claimed:
            claimed.add(name)
            names[position] = name

    for position, cell in enumerate(cells):
        claim(position, cell.get("id") if cell.get("id") in ids else None)
    graded = {grade_id(cell): cell["id"] for cell in reversed(known) if grade_id(cell)}
    for position, cell in enumerate(cells):
        claim(position, graded.get(grade_id(cell)))
    texts = {text(cell): cell["id"] for cell in reversed(known)}
    for position, cell in enumerate(cells):
        claim(position, cell.get("id") or texts.get(text(cell)))
    return [
        {**cell, "id": name or unused_id(cell["source"], claimed)}
        for cell, name in zip(cells, names, strict=True)
    ]


def marks(cell: Cell) -> dict[str, Any]:
    """Return nbgrader's metadata of a cell: `grade`, `solution`, `locked`, `grade_id`, `points`."""
    found = cell["metadata"].get("nbgrader")
    return found if isinstance(found, dict) else {}


def grade_id(cell: Cell) -> str | None:
    """Return nbgrader's name of a cell, if it has one."""
    name = marks(cell).get("grade_id")
    return name if isinstance(name, str) else None


def text(cell: Cell) -> tuple[str, str]:
    """Return what a cell says, to compare it by."""
    return cell["cell_type"], cell["source"]


def unused_id(source: str, taken: set[str]) -> str:
    """Return an id made from a cell's text that is not among the taken ones, and add it to them."""
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    name, count = f"own-{digest}", 1
    while name in taken:
        count += 1
        name = f"own-{digest}-{count}"
    taken.add(name)
    return name
