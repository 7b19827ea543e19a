"""A whole notebook, judged: the student's cells run in a host, the checks where the judge is."""

from __future__ import annotations

import builtins
import contextlib
import functools
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType
from typing import Any

import autograder
from autograder import messages
from autograder.checking import CheckFailed
from autograder.conversation import nobody
from autograder.host.capture import Captured
from autograder.host.wire import Malformed
from autograder.hosts import Host, HostFailed, TimedOut
from autograder.judgement import waited_for, waiting
from autograder.names import free_names
from autograder.session import Session, using
from autograder.verdict import Outcome, Verdict

Notebook = dict[str, Any]
"""A notebook as its file has it: nbformat 4."""


class NotANotebook(Exception):
    """A file that cannot be judged: one sentence that names it and the mend."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One code cell: its source, and nbgrader's `grade_id` and `points` where it is a check.

    `is_shared` says that everybody is handed it as it is: nothing is left out of it for anybody.
    """

    source: str
    grade_id: str = ""
    points: float = 0
    is_check: bool = False
    is_shared: bool = False


def read_notebook(path: Path) -> Notebook:
    """The notebook in that file; NotANotebook where there is none."""
    mend = "bring back a backup, or move it away and begin with a fresh copy"
    try:
        notebook = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise NotANotebook(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise NotANotebook(f"{path}: is a folder; name the .ipynb file in it") from None
    except OSError as error:
        raise NotANotebook(f"{path}: cannot be read ({error.strerror})") from None
    except json.JSONDecodeError as error:
        raise NotANotebook(f"{path}:{error.lineno}: is not JSON ({error.msg}); {mend}") from None
    except (ValueError, RecursionError):
        raise NotANotebook(f"{path}: is not JSON; {mend}") from None
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise NotANotebook(f"{path}: is JSON but not a notebook, it has no list of cells; {mend}")
    if not all(isinstance(cell, dict) for cell in notebook["cells"]):
        raise NotANotebook(f"{path}: has something among its cells that is no cell; {mend}")
    return notebook


def code_cells(notebook: Notebook) -> Iterator[Cell]:
    """The code cells in the notebook's order; what is damaged in one is left out of it."""
    for cell in notebook["cells"]:
        if cell.get("cell_type") != "code":
            continue
        source = cell.get("source", "")
        text = "".join(map(str, source)) if isinstance(source, list) else str(source)
        metadata = cell.get("metadata")
        nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        if not isinstance(nbgrader, dict):
            yield Cell(text, is_shared="### BEGIN " not in text)
            continue
        points = nbgrader.get("points")
        yield Cell(
            text,
            str(nbgrader.get("grade_id", "")),
            float(points) if isinstance(points, int | float) else 0.0,
            nbgrader.get("grade") is True and nbgrader.get("solution") is not True,
        )


def judge(
    notebook: Notebook,
    master: Notebook | None = None,
    *,
    host: Callable[[], Host],
    chance: random.Random | None = None,
    tell: Callable[[str, Verdict], None] | None = None,
) -> dict[str, Verdict]:
    """Judge every check of `master` (or of the notebook itself) on the notebook's answers.

    The cells run in the notebook's order in a host that `host` makes, each check in its place, so
    that no later cell can change an earlier verdict; a check's text, points and existence are the
    master's. Which check stands first makes no difference to one that needs another. When a host
    times out or dies, that check says so, a new host runs the cells before it again, and the later
    checks go on. `chance` makes the fresh values; without it they cannot be repeated. `tell` hears
    each `grade_id` with its verdict as soon as there is one. Returns the verdicts by `grade_id`, in
    the master's order.
    """
    cells = [*code_cells(master or notebook)]
    checks = {cell.grade_id: cell for cell in cells if cell.is_check}
    verdicts: dict[str, Verdict] = {}
    shared = [cell.source for cell in cells if master and cell.is_shared]
    run = Run(host, chance or random.SystemRandom(), shared)

    def ask(check: Cell) -> None:
        verdicts[check.grade_id] = run.check(check)
        if tell:
            tell(check.grade_id, verdicts[check.grade_id])

    # What an answer prints is for whoever wrote it, and not for whoever asks for verdicts.
    with contextlib.closing(run), contextlib.redirect_stdout(Captured()):
        for cell in code_cells(notebook):
            if not cell.is_check:
                run.cell(cell.source)
            elif cell.grade_id in checks and cell.grade_id not in verdicts:
                ask(checks[cell.grade_id])
        for grade_id, missing in checks.items():
            if grade_id not in verdicts:  # its cell was deleted: it is asked at the end
                ask(missing)
        for grade_id in checks:
            if late := run.skipped(verdicts[grade_id]):
                verdicts[grade_id] = late
                if tell:
                    tell(grade_id, late)
    return {grade_id: verdicts[grade_id] for grade_id in checks}


class Run:
    """One notebook on its way through: the host of the moment, and the cells it has run."""

    def __init__(
        self, host: Callable[[], Host], chance: random.Random, shared: Sequence[str] = ()
    ) -> None:
        self._make, self._chance, self._shared = host, chance, shared
        self._hung, self._raised = False, ""
        self._host: Host | None = None
        self._done: list[str] = []
        self.outcomes: dict[str, Outcome] = {}

    def cell(self, source: str) -> None:
        """Run a cell of the student's. What it raises is its own affair: the checks will tell.

        A cell that hangs or ends its process is not run a second time.
        """
        if self._run(self._living(), source):
            self._done.append(source)

    def _run(self, host: Host, source: str) -> bool:
        """Whether the host was still there afterwards."""
        try:
            result = host.ask({"do": "cell", "source": source}, nobody)
            if "raised" in result:
                self._raised = messages.raised(result).told
        except (HostFailed, Malformed) as failure:
            self._hung = self._hung or isinstance(failure, TimedOut)
            return False
        return True

    def _living(self) -> Host:
        """A host that has run all cells so far."""
        while self._host is None or not self._host.alive:
            self.close()
            self._host = self._make()
            self._host.learn(self._shared)
            self._done = [source for source in self._done if self._run(self._host, source)]
        return self._host

    def check(self, cell: Cell) -> Verdict:
        """Run a check against the host, in the judge's own process."""
        host = self._living()
        heard: list[Verdict] = []
        try:
            free, code = _compiled(cell.source, f"<check {cell.grade_id}>")
        except SyntaxError as error:
            return _errored(cell, f"{error.msg} in its line {error.lineno}; restore the cell")
        names = {
            "__name__": "__check__",
            "__builtins__": builtins,
            **{name: getattr(autograder, name) for name in autograder.__all__},
            **host.names(free - set(autograder.__all__)),
        }
        with using(Session(host, heard.append, self._chance, outcomes=self.outcomes)):
            try:
                exec(code, names)
            except CheckFailed:
                pass  # its verdict has been heard
            except Exception as fault:  # noqa: BLE001  any fault of the check's is reported as ours
                return _errored(cell, f"{type(fault).__name__}: {fault}")
        if len(heard) != 1:
            return _errored(cell, f"it gave {len(heard)} verdicts instead of one")
        verdict = heard[0]
        if self._hung and verdict.outcome is Outcome.NOT_ATTEMPTED:
            late = f"A cell before this check did not end; {verdict.message}"
            verdict = replace(verdict, outcome=Outcome.TIMED_OUT, message=late)
        elif self._raised and verdict.outcome is Outcome.NOT_ATTEMPTED:
            before = f"{verdict.message} A cell before this check raised {self._raised}."
            verdict = replace(verdict, message=before)
        self.outcomes[verdict.check] = verdict.outcome
        earned = cell.points if verdict.passed else min(verdict.points, cell.points)
        return replace(verdict, maximum=cell.points, points=earned)

    def skipped(self, verdict: Verdict) -> Verdict | None:
        """The verdict of a check that ran too early, before the one that it needs; else None.

        In whatever order the cells stand, it earns nothing where that one has not passed.
        """
        came = waited_for(verdict.needs, self.outcomes)
        if not came or verdict.outcome in (Outcome.SKIPPED, Outcome.ERRORED):
            return None
        self.outcomes[verdict.check] = Outcome.SKIPPED
        return waiting(verdict.check, verdict.maximum, verdict.needs, came, verdict.ran)

    def close(self) -> None:
        """Let go of the host."""
        if self._host is not None:
            self._host.close()


@functools.lru_cache(maxsize=1024)
def _compiled(source: str, where: str) -> tuple[set[str], CodeType]:
    """The names that a check uses, and its code: once for a whole class."""
    code = compile(source, where, "exec", dont_inherit=True)
    return set(free_names(source)), code


def _errored(cell: Cell, fault: str) -> Verdict:
    message = f"The check {cell.grade_id} itself went wrong: {fault}"
    return Verdict(cell.grade_id, Outcome.ERRORED, maximum=cell.points, message=message)
