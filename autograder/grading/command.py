"""Grade the submissions of an assignment: all that were handed in, or those that changed since.

What was handed in lies in the course's `submitted` folder; marks go into its gradebook and
notebooks into its `autograded` folder, as `nbgrader autograde` would leave them. Each answer runs
in a sandbox. A run that is interrupted goes on where it was.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.grading.arguments import add_course, add_gradebook
from autograder.writing import write_whole

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.grading.executors import Executor
    from autograder.grading.tally import Report

FOR_EVER = 86_400.0
"""What nbgrader's "no time limit" means here, in seconds."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `grade` takes on the command line."""
    parser.add_argument("assignment", metavar="ASSIGNMENT", help="its name in the gradebook")
    add_course(parser)
    parser.add_argument(
        "--student",
        metavar="ID",
        action="append",
        default=[],
        help="grade this student only; may be said more than once",
    )
    parser.add_argument(
        "--workers",
        metavar="N",
        type=int,
        default=0,
        help="processes that grade (default: one for each processor)",
    )
    parser.add_argument(
        "--executor",
        metavar="WHERE",
        default="local",
        help="local, or dask:ADDRESS for a cluster (default: %(default)s)",
    )
    add_gradebook(parser)
    parser.add_argument(
        "--force", action="store_true", help="grade again what has not changed, too"
    )
    parser.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=float,
        help="how long one cell may take (default: what the course says, or 30)",
    )
    parser.add_argument(
        "--no-sandbox",
        action="store_true",
        help="where this system has no sandbox, run the answers all the same, as yourself",
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="write what it came to as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Grade; 0 when all is graded, 1 when some submissions are not, 130 when it was stopped.

    Raises GradingError and NoZygote.
    """
    from rich.console import Console

    from autograder.grading.course import read_course, unheeded
    from autograder.grading.executors import named
    from autograder.grading.gradebook import Gradebook
    from autograder.grading.job import Options
    from autograder.grading.run import Run, Wanted

    console = Console(stderr=True, markup=False, highlight=False)
    began = time.monotonic()
    course = read_course(arguments.course, arguments.db)
    if steps := unheeded(course):
        console.print(f"Only `nbgrader autograde` does what this course adds: {', '.join(steps)}.")
    timeout = arguments.timeout or course.timeout or FOR_EVER
    options = Options(timeout=timeout, sandbox=not arguments.no_sandbox)
    wanted = Wanted(arguments.assignment, options, arguments.student, arguments.force)
    with contextlib.ExitStack() as stack:
        gradebook = stack.enter_context(contextlib.closing(Gradebook(course.db_url, console.print)))
        grading = Run(course, wanted, gradebook)

        def executor() -> Executor:
            made = named(arguments.executor, arguments.workers, options)
            return stack.enter_context(contextlib.closing(made))

        try:
            with _progress(console, grading.report.submissions) as grading.tick:
                report = grading.grade(executor)
        except KeyboardInterrupt:
            _stopped(console, grading.report)
            return 130
    seconds = time.monotonic() - began
    _show(console, arguments.assignment, report, seconds)
    if arguments.json:
        _write(arguments.json, {**asdict(report), "seconds": round(seconds, 1)})
    return 1 if report.troubles else 0


@contextlib.contextmanager
def _progress(console: Console, total: int) -> Iterator[Callable[[], None]]:
    """A bar with the time that is left, where there is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), "left")
    disable = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=disable) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)


def _stopped(console: Console, report: Report) -> None:
    done = report.graded + report.unchanged
    console.print(
        f"Stopped. {done} of {report.submissions} submissions are graded and kept; "
        "the same command goes on from there."
    )


def _show(console: Console, assignment: str, report: Report, seconds: float) -> None:
    """What it came to, and a row for each submission that had trouble."""
    from rich.table import Table

    parts = [f"{report.graded} graded"]
    if report.unchanged:
        parts.append(f"{report.unchanged} unchanged")
    if report.kept:
        parts.append(f"{report.kept} results kept from before")
    cells = f"{report.judged} graded cells judged, {report.ran} only run"
    console.print(f"{assignment}: {', '.join(parts)}; {cells}; {seconds:.1f} s")
    if report.troubles:
        table = Table("student", "not graded, because", box=None)
        for trouble in report.troubles:
            table.add_row(trouble.student, trouble.sentence)
        console.print(table)


def _write(path: Path, data: object) -> None:
    try:
        write_whole(path, f"{json.dumps(data, indent=1)}\n".encode())
    except OSError as error:
        from autograder.grading.errors import GradingError

        raise GradingError(f"{path}: cannot be written ({error.strerror})") from error
