"""Who does the jobs: processes on this machine, or a cluster; each is asked for a future."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Protocol

from autograder.grading.errors import GradingError
from autograder.grading.job import Job, Options, Result


class Executor(Protocol):
    """What jobs are handed to."""

    def submit(self, job: Job) -> Future[Result]:
        """Have a job done; its future has the result, and never an exception of the job's."""

    def close(self) -> None:
        """Give up what has not been done, and end everything that was started."""


def named(text: str, workers: int, options: Options) -> Executor:
    """The executor that a command line names: `local`, or `dask:ADDRESS`.

    Raises GradingError for any other name and for a cluster that does not answer, and NoZygote
    where this system has no sandbox.
    """
    kind, _, address = text.partition(":")
    if text == "local":
        return local(workers, options)
    if kind == "dask" and address:
        from autograder.grading.dask import cluster  # an optional extra

        return cluster(address)
    raise GradingError(f"--executor {text}: there is no such executor; say local or dask:ADDRESS")


def local(workers: int, options: Options) -> Executor:
    """Processes of this machine: so many, or with 0 one for each processor.

    Raises NoZygote where this system has no sandbox.
    """
    from autograder.grading.local import Local  # its workers need what a cluster's do not

    return Local(workers, options)
