"""The same jobs on a real scheduler and real workers: none is lost, and none has two results."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.grading.errors import GradingError
from autograder.grading.executors import Executor, named
from autograder.grading.job import carry_out
from autograder.hosts import PipeHost
from tests.autograder.grading.test_jobs import OPTIONS, a_job, unnamed
from tests.autograder.grading.test_running import RIGHT

has_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None,
    reason="needs the extra: python -m pip install inside-the-onion[dask]",
)

STARTED = re.compile(r"Scheduler at: +(tcp://\S+)")


class Cluster:
    """A scheduler and two workers on 127.0.0.1, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self._said("scheduler")
        for number in range(2):
            self.add_worker(number)

    def add_worker(self, number: int) -> None:
        words = ["--nthreads", "1", "--no-dashboard", "--no-nanny", "--host", "127.0.0.1"]
        self._start("worker", self.address, *words, log=f"worker{number}")

    def _start(self, kind: str, *words: str, log: str = "") -> None:
        command = [sys.executable, "-m", "distributed.cli.dask_" + kind, *words]
        with (self.folder / (log or kind)).open("wb") as said:
            self.processes.append(
                subprocess.Popen(command, cwd=self.folder, stdout=said, stderr=said)
            )

    def _said(self, log: str) -> str:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            found = STARTED.search((self.folder / log).read_text())
            if found:
                return found[1]
            time.sleep(0.05)
        raise AssertionError((self.folder / log).read_text())

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    made.close()


@pytest.fixture
def executor(cluster: Cluster) -> Iterator[Executor]:
    made = named(f"dask:{cluster.address}", 0, OPTIONS)
    yield made
    made.close()


@has_dask
def test_a_cluster_comes_to_what_this_process_comes_to(executor: Executor) -> None:
    job = a_job(RIGHT)
    there, here = executor.submit(job).result(60), carry_out(job, PipeHost)
    same = {"seconds": 0.0, "notebook": ""}
    assert replace(there, **same) == replace(here, **same)
    assert unnamed(there.notebook) == unnamed(here.notebook)


@has_dask
def test_a_worker_that_is_killed_loses_no_job(cluster: Cluster, executor: Executor) -> None:
    sources = [f"{RIGHT}\n# {number}" for number in range(6)]
    futures = [executor.submit(a_job(source)) for source in sources]
    futures[0].result(60)
    cluster.processes[1].kill()
    results = [future.result(60) for future in futures]
    assert [result.fault for result in results] == [""] * len(sources)
    shown = [json.loads(result.notebook)["cells"][0]["source"] for result in results]
    assert shown == sources, "each has its own"


@has_dask
def test_an_answer_that_ends_its_process_leaves_the_cluster_alone(executor: Executor) -> None:
    result = executor.submit(a_job("import os; os._exit(1)", RIGHT)).result(60)
    assert [score.auto for score in result.scores] == [2, 1]


@has_dask
def test_a_cluster_that_does_not_answer_is_an_error_that_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from autograder.grading import dask

    monkeypatch.setattr(dask, "PATIENCE", 0.5)
    with pytest.raises(GradingError, match="no scheduler answers there"):
        named("dask:tcp://127.0.0.1:9", 0, OPTIONS)


def test_without_dask_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(GradingError, match=r"pip install inside-the-onion\[dask\]"):
        named("dask:tcp://127.0.0.1:9", 0, OPTIONS)
