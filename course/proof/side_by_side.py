"""Jobs done side by side, in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from course.errors import CourseError

MOST = 8
"""How many processes are started at most: each takes some 100 MB."""


@dataclass(frozen=True, slots=True)
class Job:
    """One call to be made, and who is told its result; jobs that belong together have one title.

    The function, what it is called with and what it returns must all be such that `pickle` can
    carry them to another process. `tell` stays in this one.
    """

    title: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    tell: Callable[[Any], object]


class Workers:
    """Processes that do jobs; `workers` makes them."""

    def __init__(self, pool: ProcessPoolExecutor, console: Console) -> None:
        self._pool, self._console = pool, console

    def do(self, jobs: Sequence[Job]) -> None:
        """Do all jobs, and tell their results in the order of the jobs.

        Says how far it is: a bar in a terminal, a line for each title elsewhere. Raises what a job
        raises, and CourseError where one ends its process.
        """
        if not jobs:
            return
        submit = self._pool.submit
        with _unheard():  # the first job that is submitted starts the processes
            futures = {submit(_timed, job.function, job.arguments): job for job in jobs}
        progress = _Told(self._console, jobs)
        with progress.bar:
            for future in as_completed(futures):
                progress.tell(futures[future], _result(future, futures[future])[1])
        for future, job in futures.items():
            job.tell(_result(future, job)[0])


@contextmanager
def workers(console: Console) -> Iterator[Workers]:
    """Processes to do jobs with; at the end they are gone, and what was not begun is not done."""
    # A process that is forked from one with threads may wait forever for a lock: this starts anew.
    fresh = multiprocessing.get_context("spawn")
    number = min(os.cpu_count() or 1, MOST)
    pool = ProcessPoolExecutor(number, mp_context=fresh, initializer=_begin)
    try:
        yield Workers(pool, console)
    except BaseException:
        for process in multiprocessing.active_children():
            process.terminate()  # which lets it clear up first: see `_stop`
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _unheard() -> Iterator[None]:
    """Inside, Ctrl-C is not heard, nor by a process that is started, until it says otherwise."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@dataclass(slots=True)
class _State:
    """What a worker is doing."""

    busy: bool = False
    stopped: bool = False


_state = _State()


def _begin() -> None:
    # Ctrl-C reaches every process of a terminal, and must reach what a worker has started.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


def _stop(*_: object) -> None:
    """End the job at hand, which clears up after itself, and begin no other."""
    first, _state.stopped = not _state.stopped, True
    if first and _state.busy:
        raise KeyboardInterrupt


def _timed(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, float]:
    began = time.perf_counter()
    _state.busy = True
    try:
        if _state.stopped:
            raise KeyboardInterrupt
        return function(*arguments), time.perf_counter() - began
    finally:
        _state.busy = False


def _result(future: Future[tuple[Any, float]], job: Job) -> tuple[Any, float]:
    try:
        return future.result()
    except BrokenProcessPool:
        mend = "run verify again, and look for what ends its own process if that changes nothing"
        raise CourseError(f"{job.title}: the process that did this has ended; {mend}.") from None


class _Told:
    """How far the jobs are: a bar in a terminal, and else a line for each title that is done."""

    def __init__(self, console: Console, jobs: Sequence[Job]) -> None:
        self._console = console
        self._left: dict[str, int] = {}
        self._took: dict[str, float] = {}
        for job in jobs:
            self._left[job.title] = self._left.get(job.title, 0) + 1
        columns = (BarColumn(bar_width=20), MofNCompleteColumn(), TimeElapsedColumn())
        text = TextColumn("{task.description}", markup=False)
        self.bar = Progress(
            *columns, text, console=console, transient=True, disable=not console.is_terminal
        )
        self._task = self.bar.add_task("beginning", total=len(jobs))

    def tell(self, job: Job, seconds: float) -> None:
        """This job is done."""
        title = job.title
        self._left[title] -= 1
        self._took[title] = self._took.get(title, 0) + seconds
        self.bar.update(self._task, advance=1, description=title)
        if not self._left[title] and not self._console.is_terminal:
            self._console.print(f"{title}, {self._took[title]:.1f} s")
