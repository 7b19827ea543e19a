"""The same grading behind `nbgrader autograde` and formgrader's button.

`nbgrader_config.py` names two of these classes among `c.Autograde.autograde_preprocessors`: `Judge`
stands in for nbgrader's Execute, and `SaveMarks` for its SaveAutoGrades. With that line taken out,
stock nbgrader runs the notebooks itself.
"""

from __future__ import annotations

import contextlib
import json
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Bool, Float

from autograder.grading.gradebook import Gradebook
from autograder.grading.master import Master
from autograder.grading.running import Files, Limits, run
from autograder.grading.submitted import files_of
from autograder.hosts import Host
from autograder.judge_command import hosts
from autograder.outputs import VERDICT
from autograder.verdict import Outcome

FOR_EVER = 86_400.0
"""What nbgrader's "no time limit" means here, in seconds."""

Resources = dict[str, Any]
Processed = tuple[Any, Resources]


class Judge(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs a notebook in a sandbox and judges its checks."""

    timeout = Float(help="How long one cell may take, in seconds.").tag(config=True)
    sandbox = Bool(True, help="Whether answers run locked in; without it, as you.").tag(config=True)

    def _timeout_default(self) -> float:
        """As long as nbgrader lets it take."""
        seconds = self.config.Execute.get("timeout", 30)
        return float(seconds or FOR_EVER)

    def preprocess(self, nb: Any, resources: Resources) -> Processed:
        """Give every code cell its outputs."""
        plain = json.loads(json.dumps(nb))
        folder = Path(resources["metadata"]["path"])
        make = _hosts(self.parent, self.timeout, self.sandbox)
        run(plain, _master(resources["nbgrader"]), make, Limits(), _files(folder))
        for cell, done in zip(nb.cells, plain["cells"], strict=True):
            if cell.cell_type == "code":
                cell.outputs = [from_dict(output) for output in done["outputs"]]
                cell.execution_count = done["execution_count"]
        return nb, resources


class SaveMarks(SaveAutoGrades):  # type: ignore[misc]
    """Saves marks as nbgrader does; a check that itself went wrong gives none, and never a zero."""

    def _add_score(self, cell: Any, resources: Resources) -> None:
        super()._add_score(cell, resources)
        shown = [output.get("data", {}).get(VERDICT, {}) for output in cell.get("outputs", ())]
        if any(verdict.get("verdict") == Outcome.ERRORED for verdict in shown):
            place = (self.notebook_id, self.assignment_id, self.student_id)
            grade = self.gradebook.find_grade(cell.metadata.nbgrader.grade_id, *place)
            grade.auto_score, grade.needs_manual_grade = None, True
            self.gradebook.db.commit()


_kept: weakref.WeakKeyDictionary[Any, Callable[[], Host]] = weakref.WeakKeyDictionary()


def _hosts(exporter: Any, timeout: float, sandbox: bool) -> Callable[[], Host]:
    """What makes hosts: one zygote for as long as there is that exporter, which is a whole run."""
    if exporter not in _kept:
        with contextlib.ExitStack() as stack:
            _kept[exporter] = stack.enter_context(hosts(deadline=timeout, sandbox=sandbox))
            weakref.finalize(exporter, stack.pop_all().close)
    return _kept[exporter]


def _master(what: dict[str, str]) -> Master:
    with contextlib.closing(Gradebook(what["db_url"])) as gradebook:
        return gradebook.masters(what["assignment"])[what["notebook"]]


def _files(folder: Path) -> Files:
    """What lies beside the notebook, as nbgrader has copied it."""
    beside = (path for path in files_of(folder, []) if path.suffix != ".ipynb")
    return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in beside)
