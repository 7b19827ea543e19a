"""Jobs done by processes of this machine, shaped like `concurrent.futures`.

One thread for each worker hands it jobs and waits. A worker that dies costs its own job only:
a new one tries that once more, and if it dies too, that is the job's result.
"""

from __future__ import annotations

import os
import queue
import tempfile
import threading
from concurrent.futures import CancelledError, Future

from autograder.grading.job import Job, Options, Result
from autograder.grading.workers import WorkerProcess
from autograder.zygote import NoZygote

DIED = "the process that graded it ended twice, so it was left out; grade it again on its own"


class Local:
    """So many workers, or with 0 one for each processor; each stays on a processor of its own.

    Raises NoZygote where this system has no sandbox.
    """

    def __init__(self, workers: int, options: Options) -> None:
        self._jobs: queue.SimpleQueue[tuple[Job, Future[Result]] | None] = queue.SimpleQueue()
        self._closing = False
        self._scratch = tempfile.TemporaryDirectory(prefix="grading-", ignore_cleanup_errors=True)
        processors = _processors()
        places = [processors[n % len(processors)] for n in range(workers or len(processors))]
        self._workers = [WorkerProcess(options, place, self._scratch.name) for place in places]
        self._threads: list[threading.Thread] = []
        try:
            for worker in self._workers:
                worker.wait_until_ready()
        except NoZygote:
            self.close()
            raise
        for worker in self._workers:
            self._threads.append(threading.Thread(target=self._serve, args=(worker,), daemon=True))
            self._threads[-1].start()

    def submit(self, job: Job) -> Future[Result]:
        """As `Executor.submit`."""
        future: Future[Result] = Future()
        self._jobs.put((job, future))
        return future

    def close(self) -> None:
        """As `Executor.close`."""
        self._closing = True
        for worker in self._workers:
            worker.end()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        self._scratch.cleanup()

    def _serve(self, worker: WorkerProcess) -> None:
        while (taken := self._jobs.get()) is not None:
            job, future = taken
            if self._closing:
                future.cancel()
            if not future.set_running_or_notify_cancel():
                continue
            result = worker.done(job)
            if result is None and not self._closing:
                result = worker.again().done(job)
            if self._closing:
                future.set_exception(CancelledError())
            else:
                future.set_result(result or Result(job.key(), fault=DIED, ours=True))


def _processors() -> list[int]:
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))
