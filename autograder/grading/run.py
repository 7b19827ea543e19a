"""A grading run: from submissions to jobs, from results to the gradebook and the folders.

Only so many submissions are in memory at a time, however many the class has.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace

from autograder.grading import submitted
from autograder.grading.cache import Cache
from autograder.grading.course import Course
from autograder.grading.executors import Executor
from autograder.grading.gradebook import Gradebook
from autograder.grading.job import Job, Options, Result
from autograder.grading.placing import Pending, Placing
from autograder.grading.shared import shared_cells
from autograder.grading.submitted import Files, Submission, Unreadable
from autograder.grading.tally import Report

WINDOW = 32
"""How many submissions are being graded at a time."""

BATCH, AT_LATEST = 20, 2.0
"""How many submissions the gradebook is told of in one go, or after how many seconds."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be graded: `only` these students (all, if none are named); with `force`, what is
    graded already too.
    """

    assignment: str
    options: Options
    only: Collection[str] = ()
    force: bool = False


class Run:
    """One assignment of a course, to be graded by an executor into a gradebook.

    `tick` is called for each submission that is done with. Raises GradingError where there is
    nothing to grade.
    """

    def __init__(
        self,
        course: Course,
        wanted: Wanted,
        gradebook: Gradebook,
        tick: Callable[[], object] = int,
    ) -> None:
        self._course, self._wanted, self._gradebook = course, wanted, gradebook
        self.tick = tick
        released = course.folder("release", ".", wanted.assignment)
        self._masters = {
            name: replace(master, shared=shared_cells(released / f"{name}.ipynb"))
            for name, master in gradebook.masters(wanted.assignment).items()
        }
        self._folders = submitted.folders(course, wanted.assignment, wanted.only)
        self._shipped = submitted.beside_the_master(course, wanted.assignment)
        self._cache = Cache(course, wanted.assignment)
        self._keys: set[str] = set()
        self._done: list[Pending] = []
        self.report = Report(len(self._folders))
        self._placing = Placing(course, wanted.assignment, gradebook, self._cache, self.report)

    def grade(self, executor: Callable[[], Executor]) -> Report:
        """Grade all that is wanted; what is done is kept, whatever ends this.

        `executor` is called when there is a first job to be done.

        Raises GradingError where the gradebook or a folder cannot be written.
        """
        written = time.monotonic()
        try:
            for pending in self._finished(functools.cache(executor)):
                self._done.append(pending)
                if len(self._done) >= BATCH or time.monotonic() - written > AT_LATEST:
                    self._write()
                    written = time.monotonic()
        except KeyboardInterrupt:
            self._write()
            raise
        self._write()
        if not self._wanted.only:
            self._cache.drop_but(self._keys)
        return self.report

    def _finished(self, executor: Callable[[], Executor]) -> Iterator[Pending]:
        """The submissions, each as soon as all its jobs are done."""
        waiting: list[Pending] = []
        for pending in self._begun(executor):
            waiting.append(pending)
            if len(waiting) >= WINDOW:
                yield from _settled(waiting)
        while waiting:
            yield from _settled(waiting)

    def _begun(self, executor: Callable[[], Executor]) -> Iterator[Pending]:
        """The submissions that are not in their place yet, their jobs handed to the executor."""
        dates = self._placing.dates()
        for student, folder in self._folders.items():
            try:
                read = submitted.read(self._course, student, folder, self._masters)
            except Unreadable as error:
                self.report.trouble(student, str(error))
                self.tick()
                continue
            files = tuple({**dict(read.files), **dict(self._shipped)}.items())
            jobs = {name: self._job(student, name, read, files) for name in read.notebooks}
            keys = {name: job.key() for name, job in jobs.items()}
            self._keys.update(keys.values())
            state = {
                "jobs": keys,
                "dates": [str(read.timestamp), dates[""], dates.get(student, "None")],
                "database": self._gradebook.address,
            }
            if (
                not self._wanted.force
                and student in dates
                and self._placing.in_place(student, state)
            ):
                self.report.unchanged += 1
                self.tick()
                continue
            self._cache.forget(student)
            futures = {name: self._future(executor, jobs[name], keys[name]) for name in jobs}
            yield Pending(read, files, state, futures)

    def _job(self, student: str, name: str, read: Submission, files: Files) -> Job:
        master, options = self._masters[name], self._wanted.options
        text = read.notebooks[name]
        return Job(student, self._wanted.assignment, name, text, files, master, options)

    def _future(self, executor: Callable[[], Executor], job: Job, key: str) -> Future[Result]:
        kept = None if self._wanted.force else self._cache.result(key)
        if kept is None:
            return executor().submit(job)
        self.report.kept += 1
        future: Future[Result] = Future()
        future.set_result(kept)
        return future

    def _write(self) -> None:
        done, self._done = self._done, []
        if done:
            self._placing.write(done)
        for _ in done:
            self.tick()


def _settled(waiting: list[Pending]) -> Iterator[Pending]:
    """Wait for at least one job, and take out the submissions that are done."""
    open_ones = [one for p in waiting for one in p.futures.values() if not one.done()]
    if open_ones and all(any(not one.done() for one in p.futures.values()) for p in waiting):
        wait(open_ones, return_when=FIRST_COMPLETED)
    for pending in list(waiting):
        if all(future.done() for future in pending.futures.values()):
            waiting.remove(pending)
            yield pending
