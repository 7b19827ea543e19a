"""One notebook with its cells restored, run in a host and judged: outputs for every code cell."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from autograder import messages, outputs
from autograder.grading.master import Master, MasterCell
from autograder.grading.ours import is_ours
from autograder.grading.showing import outputs_of
from autograder.host.capture import Captured
from autograder.host.wire import Malformed
from autograder.hosts import Host, HostFailed, RemoteHost, TimedOut
from autograder.judge import Cell, Run
from autograder.outputs import Output
from autograder.verdict import Verdict

Files = tuple[tuple[str, bytes], ...]
"""What was handed in beside the notebook: each file's path in the folder, and its contents."""

SKIP = "skip-execution"
"""The tag of a cell that a notebook's reader does not want run."""


LATE = "it took too long, and was interrupted"
"""What is said of such a cell, under the name that nbgrader has for it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one cell may do: `characters` is how much it may put out."""

    characters: int = 100_000


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to: the verdicts by `grade_id`, in the notebook's order.

    `judged` is how many graded cells were judged, and `ran` how many were only run, because their
    checks are not of our kind.
    """

    verdicts: dict[str, Verdict]
    judged: int
    ran: int


def run(
    notebook: dict[str, Any],
    master: Master,
    host: Callable[[], Host],
    limits: Limits | None = None,
    files: Files = (),
) -> Ran:
    """Run every code cell of a restored notebook, and write its outputs into it.

    A check of ours is judged: its text and points are the master's, and its outputs are the
    verdict's. Everything else is run in a host that `host` makes, with `files` in its folder. One
    cell may take as long as that host's deadline: it is interrupted then, and the later cells go
    on; where it does not heed that, its process is ended, and a new one runs the cells before it
    again.
    """
    checks = {cell.grade_id: cell for cell in master.cells if _is_test(cell)}
    limit = (limits or Limits()).characters
    through = _Through(_with_files(host, files), limit, master.shared)
    judged: dict[str, tuple[Output, Verdict]] = {}
    plain = 0
    with contextlib.closing(through), contextlib.redirect_stdout(Captured()):
        for cell in notebook["cells"]:
            source = str(cell.get("source", ""))
            if cell.get("cell_type") != "code" or not source.strip():
                continue
            check = checks.pop(_grade_id(cell), None)
            if check is not None and is_ours(check.source):
                judged[check.grade_id] = (cell, through.judge(cell, check))
            elif check is not None or SKIP not in cell["metadata"].get("tags", ()):
                plain += check is not None
                through.show(cell, source)
        verdicts = {name: through.settled(*one) for name, one in judged.items()}
    return Ran(verdicts, len(verdicts), plain)


class _Through(Run):
    """A notebook on its way through: cell by cell, the outputs are written down."""

    def __init__(self, host: Callable[[], Host], limit: int, shared: Sequence[str]) -> None:
        super().__init__(host, random.SystemRandom(), shared)
        self._limit, self._count, self._broke_off = limit, 0, ""

    def show(self, cell: Output, source: str) -> None:
        """Run one cell in the host."""
        self._count += 1
        found = self._shown(self._living(), source)
        errors = [output["ename"] for output in found if output["output_type"] == "error"]
        self._broke_off = errors[-1] if errors and errors[-1] != "CheckFailed" else ""
        cell.update(execution_count=self._count, outputs=found)

    def judge(self, cell: Output, check: MasterCell) -> Verdict:
        """Judge one check."""
        self._count += 1
        verdict = self.check(Cell(check.source, check.grade_id, check.points or 0, True))
        shown = outputs_of(verdict, self._count, self._broke_off)
        cell.update(execution_count=self._count, outputs=shown)
        self._broke_off = ""
        return verdict

    def settled(self, cell: Output, verdict: Verdict) -> Verdict:
        """The verdict, now that all have run: a check may wait for one that stands after it."""
        late = self.skipped(verdict)
        if late is not None:
            cell["outputs"] = outputs_of(late, cell["execution_count"])
        return late or verdict

    def _shown(self, host: Host, source: str) -> list[Output]:
        command = {"do": "show", "source": source, "count": self._count, "limit": self._limit}
        try:
            said = host.show(command)
            found = outputs.outputs(messages.result(said), self._count, self._limit)
            if "raised" in said:
                self._raised = messages.raised(said).told
        except (HostFailed, Malformed) as failure:
            host.close()
            self._hung = self._hung or isinstance(failure, TimedOut)
            return [outputs.error(type(failure).__name__, _sentence(failure))]
        if "late" in said:
            self._hung = True
            return [*found, outputs.error("CellTimeoutError", LATE, [f"CellTimeoutError: {LATE}"])]
        self._done.append(source)
        return found


def _sentence(failure: HostFailed | Malformed) -> str:
    if isinstance(failure, Malformed):
        return f"What came out of this cell is {failure}, so its process was ended."
    return f"{str(failure).capitalize()}; the cells after this one ran in a new process."


def _is_test(cell: MasterCell) -> bool:
    return cell.grade and not cell.solution and cell.cell_type == "code"


def _grade_id(cell: dict[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _with_files(host: Callable[[], Host], files: Files) -> Callable[[], Host]:
    """What makes hosts with these files in their folders."""

    def make() -> Host:
        new = host()
        if isinstance(new, RemoteHost):
            for name, content in files:
                path = PurePosixPath(name)
                if path.is_absolute() or ".." in path.parts:
                    continue
                place = new.folder / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
        return new

    return make
