"""The same jobs on a cluster of `dask.distributed`'s: the only file that knows Dask.

    --executor dask:tcp://10.0.0.7:8786

A cluster's worker has this package installed. It does a job as a local executor does, in a process
of its own, so that whatever dies over an answer is not the worker: Dask would run that job again.
What crosses is text. A job has its own time limits, since one that runs cannot be cancelled.
"""

from __future__ import annotations

import json
import queue
import tempfile
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from autograder.grading.errors import GradingError
from autograder.grading.job import Job, Options, Result
from autograder.grading.local import DIED
from autograder.grading.workers import WorkerProcess
from autograder.zygote import NoZygote

PATIENCE = 10
"""How long a scheduler may take to answer, in seconds."""

LOST = "the cluster lost it ({}); grade it again"


def cluster(address: str) -> Cluster:
    """The executor at that address; GradingError where there is none, or Dask is not installed."""
    try:
        from distributed import Client
    except ImportError:
        raise GradingError(
            "--executor dask: dask.distributed is not installed; "
            "install it with `python -m pip install inside-the-onion[dask]`"
        ) from None
    try:
        return Cluster(Client(address, timeout=PATIENCE, set_as_default=False))
    except (OSError, ValueError) as error:
        raise GradingError(
            f"--executor dask:{address}: no scheduler answers there ({error}); "
            "name the address that `dask scheduler` prints"
        ) from None


class Cluster:
    """Hands jobs to the scheduler that a `distributed.Client` is connected to."""

    def __init__(self, client: Any) -> None:
        self._client = client
        # Dask takes equal calls for one unless told otherwise, and tries again what failed.
        self._executor = client.get_executor(pure=False, retries=0)

    def submit(self, job: Job) -> Future[Result]:
        """As `Executor.submit`."""
        ours: Future[Result] = Future()
        theirs = self._executor.submit(done_there, json.dumps(job.to_json()))

        def settle(done: Future[str]) -> None:
            if not ours.set_running_or_notify_cancel():
                return
            error = "it was given up" if done.cancelled() else done.exception()
            if error is not None:
                ours.set_result(Result(job.key(), fault=LOST.format(error), ours=True))
            else:
                result = Result.from_json(json.loads(done.result()))
                ours.set_result(replace(result, key=job.key()))

        theirs.add_done_callback(settle)
        return ours

    def close(self) -> None:
        """As `Executor.close`; the cluster itself goes on."""
        self._executor.shutdown(wait=False)
        self._client.close()


_idle: queue.LifoQueue[tuple[Options, WorkerProcess]] = queue.LifoQueue()
"""The processes of a cluster's worker that have nothing to do."""


def done_there(text: str) -> str:
    """Do a job, in a cluster's worker: a job's text in, a result's text out."""
    job = Job.from_json(json.loads(text))
    try:
        worker = _worker(job.options)
    except NoZygote as fault:
        return json.dumps(Result("", fault=str(fault), ours=True).to_json())
    result = worker.done(job) or worker.again().done(job) or Result("", fault=DIED, ours=True)
    _idle.put((job.options, worker))
    return json.dumps(result.to_json())


def _worker(options: Options) -> WorkerProcess:
    """A process for such jobs: an idle one, or a new one for a thread that has none."""
    while not _idle.empty():
        try:
            known, worker = _idle.get_nowait()
        except queue.Empty:
            break
        if known == options:
            return worker
        worker.end()  # of an earlier run, with other options
    worker = WorkerProcess(options, None, tempfile.gettempdir())
    worker.wait_until_ready()
    return worker
