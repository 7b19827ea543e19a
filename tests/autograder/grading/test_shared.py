"""What everybody was handed is paid for once; no mark depends on it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from autograder.grading.job import Job
from autograder.grading.master import Master
from autograder.grading.shared import shared_cells
from tests.autograder.grading.test_jobs import a_job, cell, handed_in


def test_the_cells_of_a_released_notebook_are_shared_each_once(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    path.write_bytes(handed_in(cell("x = 1"), cell("x"), cell("x = 1")))
    assert shared_cells(path) == ("x = 1", "x")


def test_a_released_notebook_that_is_gone_or_damaged_shares_nothing(tmp_path: Path) -> None:
    (tmp_path / "n.ipynb").write_text("{")
    assert shared_cells(tmp_path / "n.ipynb") == ()
    assert shared_cells(tmp_path / "gone.ipynb") == ()


def test_what_is_shared_crosses_to_a_worker_and_is_no_part_of_a_key() -> None:
    job = a_job("x = 1")
    sharing = replace(job, master=replace(job.master, shared=("x = 1",)))
    assert sharing.key() == job.key()
    crossed = Job.from_json(json.loads(json.dumps(sharing.to_json())))
    assert crossed.master.shared == ("x = 1",)
    assert Master.from_json(sharing.master.to_json()) == sharing.master
