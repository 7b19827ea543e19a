"""Notebooks damaged at random: what students, editors, discs and file systems do to them."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

Notebook = dict[str, Any]

JUNK: list[Any] = [
    None,
    True,
    0,
    -1,
    3.5,
    "",
    "x",
    "\ud800",
    "a\x00b",
    [],
    ["a"],
    {},
    {"a": 1},
    10**40,
]


def damaged(notebook: Notebook, chance: random.Random) -> bytes:
    """That notebook after one to three accidents."""
    broken = copy.deepcopy(notebook)
    for _ in range(chance.choice([1, 1, 2, 3])):
        chance.choice(ACCIDENTS)(broken, chance)
    data = json.dumps(broken).encode()
    if chance.random() < 0.15:
        place = chance.randrange(len(data))
        data = chance.choice([data[:place], data[:place] + b"\xff" + data[place + 1 :], b""])
    return data


def _cell(notebook: Notebook, chance: random.Random) -> Any:
    cells = notebook.get("cells")
    if not isinstance(cells, list) or not cells:
        return {}
    found = chance.choice(cells)
    return found if isinstance(found, dict) else {}


def _marked(notebook: Notebook, chance: random.Random) -> dict[str, Any]:
    """nbgrader's metadata of some cell."""
    for _ in range(20):
        metadata = _cell(notebook, chance).get("metadata")
        found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        if isinstance(found, dict):
            return found
    return {}


def drop_a_cell(notebook: Notebook, chance: random.Random) -> None:
    if isinstance(notebook.get("cells"), list) and notebook["cells"]:
        notebook["cells"].pop(chance.randrange(len(notebook["cells"])))


def copy_a_cell(notebook: Notebook, chance: random.Random) -> None:
    if isinstance(notebook.get("cells"), list) and notebook["cells"]:
        one = copy.deepcopy(chance.choice(notebook["cells"]))
        notebook["cells"].insert(chance.randrange(len(notebook["cells"]) + 1), one)


def shuffle(notebook: Notebook, chance: random.Random) -> None:
    if isinstance(notebook.get("cells"), list):
        chance.shuffle(notebook["cells"])


def flip_a_flag(notebook: Notebook, chance: random.Random) -> None:
    flag = chance.choice(["grade", "locked", "solution", "task"])
    found = _marked(notebook, chance)
    found[flag] = not found.get(flag, False)


def forget_an_entry(notebook: Notebook, chance: random.Random) -> None:
    found = chance.choice([_marked, _cell])(notebook, chance)
    if found:
        found.pop(chance.choice(sorted(found)))


def change_an_entry(notebook: Notebook, chance: random.Random) -> None:
    found = chance.choice([_marked, _marked, _cell])(notebook, chance)
    if found:
        found[chance.choice(sorted(found))] = chance.choice(JUNK)


def add_an_entry(notebook: Notebook, chance: random.Random) -> None:
    chance.choice([_marked, _cell])(notebook, chance)["surprise"] = chance.choice(JUNK)


def change_the_schema(notebook: Notebook, chance: random.Random) -> None:
    version = chance.choice([0, 1, 2, 2, 2, 4, "3"])
    cells = notebook.get("cells")
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, dict) and "nbgrader" in (cell.get("metadata") or {}):
            found = cell["metadata"]["nbgrader"]
            if isinstance(found, dict):
                found["schema_version"] = version


def change_the_points(notebook: Notebook, chance: random.Random) -> None:
    _marked(notebook, chance)["points"] = chance.choice([100, 0, -1, "7", 2.5])


def change_the_text(notebook: Notebook, chance: random.Random) -> None:
    texts = ["pass", ["a\n", "b"], "", "\n" * 50, "é\u2028x", "x" * 100_000]
    _cell(notebook, chance)["source"] = chance.choice(texts)


def change_the_type(notebook: Notebook, chance: random.Random) -> None:
    _cell(notebook, chance)["cell_type"] = chance.choice(["code", "markdown", "raw"])


def change_the_name(notebook: Notebook, chance: random.Random) -> None:
    _marked(notebook, chance)["grade_id"] = chance.choice(["square", "why", "nobody", "a b"])


def change_the_whole(notebook: Notebook, chance: random.Random) -> None:
    key = chance.choice(["cells", "metadata", "nbformat", "nbformat_minor"])
    notebook[key] = chance.choice([*JUNK, 3, 4, 4])


def change_outputs(notebook: Notebook, chance: random.Random) -> None:
    _cell(notebook, chance)["outputs"] = chance.choice(
        [[], [{"output_type": "stream", "name": "stdout", "text": "1"}], [{}], None]
    )


ACCIDENTS: list[Callable[[Notebook, random.Random], None]] = [
    drop_a_cell,
    copy_a_cell,
    shuffle,
    flip_a_flag,
    forget_an_entry,
    change_an_entry,
    add_an_entry,
    change_the_schema,
    change_the_points,
    change_the_text,
    change_the_type,
    change_the_name,
    change_the_whole,
    change_outputs,
]
