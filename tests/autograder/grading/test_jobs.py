"""A job's result is its own: known by its key, never an exception, and lost with no other's."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import job as jobs
from autograder.grading.errors import GradingError
from autograder.grading.executors import local, named
from autograder.grading.job import Job, Options, Result, carry_out
from autograder.grading.local import DIED, Local
from autograder.grading.master import Master, MasterCell
from autograder.grading.restoring import checksum
from autograder.hosts import Host, PipeHost
from tests.autograder.grading.test_running import CHECK, RIGHT, WRONG

OPTIONS = Options(timeout=10, sandbox=False)
"""Without a sandbox, so that these tests run on every system; tests/hostile is about the locks."""


def cell(source: str, grade_id: str = "", **flags: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "id": grade_id or f"c{abs(hash(source))}",
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    if grade_id:
        kept = {"locked": True, "grade": False, "solution": False, "task": False, **flags}
        rest = {"grade_id": grade_id, "cell_type": "code", "schema_version": 3}
        made["metadata"]["nbgrader"] = {**kept, **rest}
        made["metadata"]["nbgrader"]["checksum"] = checksum(made)
    return made


CHECK_CELL = cell(CHECK.replace("app.trace.reached(secret)", "pass"), "check", grade=True, points=2)
PLAIN_CELL = cell("assert BlockList", "plain", grade=True, points=1)


def handed_in(*cells: dict[str, Any]) -> bytes:
    whole = {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole).encode()


def a_job(*sources: str, tests: tuple[dict[str, Any], ...] = (CHECK_CELL, PLAIN_CELL)) -> Job:
    kept = tuple(
        MasterCell(
            m["grade_id"],
            "code",
            one["source"],
            True,
            True,
            False,
            False,
            float(m["points"]),
            m["checksum"],
        )
        for one in tests
        for m in [one["metadata"]["nbgrader"]]
    )
    submitted = handed_in(*map(cell, sources), *tests)
    return Job("ada", "a", "n", submitted, (), Master("a", "n", kept, {}), OPTIONS)


@pytest.fixture(scope="module")
def executor() -> Iterator[Local]:
    made = local(1, OPTIONS)
    assert isinstance(made, Local)
    yield made
    made.close()


def test_a_job_comes_to_a_notebook_scores_and_comments() -> None:
    result = carry_out(a_job(RIGHT), PipeHost)
    assert (result.fault, result.judged, result.ran) == ("", 1, 1)
    assert [(score.grade_id, score.auto) for score in result.scores] == [("check", 2), ("plain", 1)]
    assert [len(one["outputs"]) for one in json.loads(result.notebook)["cells"]] == [0, 1, 0]


def test_a_result_and_a_job_are_the_same_after_a_way_through_json() -> None:
    job = replace(a_job(RIGHT), files=(("x/y.bin", bytes(range(256))),))
    assert Job.from_json(json.loads(json.dumps(job.to_json()))) == job
    result = carry_out(a_job(RIGHT), PipeHost)
    assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result


def test_a_key_is_of_all_that_a_result_depends_on_and_not_of_who_handed_it_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = a_job(RIGHT)
    others = [
        replace(job, submitted=job.submitted + b" "),
        replace(job, files=(("a", b"bc"),)),
        replace(job, files=(("ab", b"c"),)),
        replace(job, master=replace(job.master, cells=job.master.cells[:1])),
        replace(job, master=replace(job.master, kernelspec={"name": "x"})),
        replace(job, options=replace(OPTIONS, timeout=5)),
    ]
    keys = {one.key() for one in (job, *others)}
    assert len(keys) == 1 + len(others)
    assert replace(job, student="bob").key() == job.key()
    monkeypatch.setattr(jobs, "environment", lambda: "another Python")
    assert job.key() not in keys


def test_what_is_no_notebook_is_a_fault_in_one_sentence() -> None:
    result = carry_out(replace(a_job(), submitted=b"not a notebook"), PipeHost)
    assert result.fault.startswith("it is not JSON")
    assert (result.notebook, result.ours) == ("", False)


def test_a_fault_of_ours_is_told_and_not_raised() -> None:
    def broken() -> Host:
        raise OSError("no more processes")

    result = carry_out(a_job(RIGHT), broken)
    assert "OSError: no more processes" in result.fault
    assert result.ours


def test_a_check_that_itself_went_wrong_waits_for_a_person() -> None:
    wrong = cell(WRONG, "check", grade=True, points=2)
    (score,) = carry_out(a_job(RIGHT, tests=(wrong,)), PipeHost).scores
    assert (score.auto, score.needs_manual) == (None, True)


def test_a_local_worker_comes_to_what_this_process_comes_to(executor: Local) -> None:
    job = a_job(RIGHT, "{1, 2}", "print('a')")
    there, here = executor.submit(job).result(60), carry_out(job, PipeHost)
    same = {"seconds": 0.0, "notebook": ""}
    assert replace(there, **same) == replace(here, **same)
    assert unnamed(there.notebook) == unnamed(here.notebook)


def unnamed(notebook: str) -> str:
    """A notebook without what is fresh in each run."""
    found = json.loads(notebook)
    for one in found["cells"]:
        for output in one["outputs"]:
            output.pop("data", None)
    return json.dumps(found)


def test_a_worker_that_is_killed_costs_no_job(executor: Local) -> None:
    futures = [executor.submit(a_job(RIGHT, f"{n}")) for n in range(3)]
    time.sleep(0.3)
    os.kill(executor._workers[0]._process.pid, signal.SIGKILL)
    assert [future.result(60).fault for future in futures] == ["", "", ""]


def test_a_job_over_which_two_workers_end_says_so_and_the_next_one_is_done(
    executor: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = executor._workers[0]
    answer = worker._answer

    def dies(job: Job) -> Any:
        if job.student == "eve":
            worker._process.kill()
        return answer(job)

    monkeypatch.setattr(worker, "_answer", dies)
    ended = executor.submit(replace(a_job(RIGHT), student="eve"))
    assert ended.result(60).fault == DIED
    assert executor.submit(a_job(RIGHT)).result(60).fault == ""


def test_an_executor_that_is_closed_leaves_nothing_behind() -> None:
    made = local(1, OPTIONS)
    assert isinstance(made, Local)
    scratch, process = Path(made._scratch.name), made._workers[0]._process
    waiting = [made.submit(a_job("import time; time.sleep(60)")) for _ in range(2)]
    time.sleep(0.2)
    made.close()
    assert process.poll() is not None
    assert not scratch.exists()
    assert all(future.cancelled() or future.exception() for future in waiting)


def test_an_executor_of_another_name_is_refused() -> None:
    with pytest.raises(GradingError, match=r"^--executor slurm: there is no such executor"):
        named("slurm", 1, OPTIONS)
