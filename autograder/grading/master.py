"""The master of a notebook: what nbgrader keeps of each cell that it grades, locks or reads."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class MasterCell:
    """A source cell of the gradebook, with what its grade, solution or task cell says of it.

    `points` is None where there are none to be had.
    """

    grade_id: str
    cell_type: str
    source: str
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None
    checksum: str


@dataclass(frozen=True, slots=True)
class Master:
    """One notebook of an assignment, as the gradebook keeps it.

    `shared` are cells that everybody was handed; what comes of a job does not depend on them.
    """

    assignment: str
    notebook: str
    cells: tuple[MasterCell, ...]
    kernelspec: dict[str, Any] = field(hash=False)
    shared: tuple[str, ...] = field(default=(), compare=False)

    def digest(self) -> str:
        """A hash of all that it says: another one means that all must be graded again."""
        return _digest(self)

    def to_json(self) -> dict[str, Any]:
        """The master as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Master:
        """The master that `to_json` wrote."""
        cells = tuple(MasterCell(**cell) for cell in data["cells"])
        shared = tuple(data["shared"])
        return cls(data["assignment"], data["notebook"], cells, data["kernelspec"], shared)


@functools.lru_cache(maxsize=256)
def _digest(master: Master) -> str:
    """Once for a whole class."""
    text = json.dumps({**master.to_json(), "shared": []}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
