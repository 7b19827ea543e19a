"""Ways in which a notebook is damaged: on its way, by an editor, by hand."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

ODD: list[Any] = [
    None,
    True,
    -1,
    1e308,
    "",
    "x" * 100_000,
    [],
    {},
    [[]],
    {"a": {"b": []}},
    ["\ud800"],
]
"""What may stand where something else should."""

Damage = Callable[[Any, random.Random], bytes]


def _written(notebook: Any) -> bytes:
    return json.dumps(notebook).encode("utf-8", "surrogatepass")


def some_bytes(notebook: Any, chance: random.Random) -> bytes:
    """Bytes are changed, lost or doubled."""
    data = bytearray(_written(notebook))
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    return bytes(data)


def cut_short(notebook: Any, chance: random.Random) -> bytes:
    """The end is missing, as after a full disk."""
    data = _written(notebook)
    return data[: chance.randrange(len(data))]


def another_encoding(notebook: Any, chance: random.Random) -> bytes:
    """An editor saved it in its own way."""
    codec = chance.choice(["utf-16", "utf-8-sig", "utf-32", "latin-1"])
    return json.dumps(notebook).encode(codec)


def conflict(notebook: Any, chance: random.Random) -> bytes:
    """A merge left its marks."""
    lines = json.dumps(notebook, indent=1).splitlines()
    lines.insert(chance.randrange(len(lines)), "<<<<<<< HEAD")
    return "\n".join(lines).encode()


def a_type(notebook: Any, chance: random.Random) -> bytes:
    """Something is of another type, anywhere."""
    changed = copy.deepcopy(notebook)
    for _ in range(chance.randint(1, 4)):
        places = list(_places(changed))
        inside, key = chance.choice(places)
        inside[key] = copy.deepcopy(chance.choice(ODD))
    return _written(changed)


def a_key(notebook: Any, chance: random.Random) -> bytes:
    """Something is not there, anywhere."""
    changed = copy.deepcopy(notebook)
    for _ in range(chance.randint(1, 4)):
        inside, key = chance.choice(list(_places(changed)))
        del inside[key]
    return _written(changed)


def the_cells(notebook: Any, chance: random.Random) -> bytes:
    """Cells are doubled, lost, put elsewhere, given each other's ids."""
    changed = copy.deepcopy(notebook)
    cells = changed["cells"]
    for _ in range(chance.randint(1, 5)):
        one, other = chance.choice(cells), chance.choice(cells)
        match chance.choice(["doubled", "shuffled", "lost", "marks", "id"]):
            case "doubled":
                cells.append(copy.deepcopy(one))
            case "shuffled":
                chance.shuffle(cells)
            case "lost" if len(cells) > 1:
                cells.remove(one)
            case "marks":
                other["metadata"].update(copy.deepcopy(one["metadata"]))
            case "id":
                other["id"] = "same"
    return _written(changed)


def the_schema(notebook: Any, chance: random.Random) -> bytes:
    """It says of itself what is not so."""
    changed = copy.deepcopy(notebook)
    changed.update(nbformat=chance.choice([2, 3, 5, "4", None]), nbformat_minor=-1)
    for cell in changed["cells"]:
        cell["metadata"].get("nbgrader", {}).update(
            schema_version=chance.choice([1, 2, 99, "3"]),
            points=chance.choice([-5, "2", None, 1e9]),
        )
    return _written(changed)


def not_a_notebook(notebook: Any, chance: random.Random) -> bytes:
    """Another file was handed in under its name."""
    return chance.choice([b"", b"null", b"[]", b"{}", b"%PDF-1.7\n", b"PK\x03\x04", b"[" * 100_000])


DAMAGES: list[Damage] = [
    *(some_bytes, cut_short, another_encoding, conflict),
    *(a_type, a_key, the_cells, the_schema, not_a_notebook),
]


def _places(thing: Any) -> Any:
    pairs = thing.items() if isinstance(thing, dict) else enumerate(thing)
    for key, value in list(pairs):
        yield thing, key
        if isinstance(value, dict | list) and value:
            yield from _places(value)
