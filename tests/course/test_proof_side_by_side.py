"""Jobs in processes of their own: told in order, and never lost in silence."""

from __future__ import annotations

import io
import os
import time

import pytest
from rich.console import Console

from course.errors import CourseError
from course.proof.side_by_side import Job, workers


def _later(number: int) -> int:
    time.sleep(0.2 if number == 0 else 0)
    return number * 10


def _fails(number: int) -> int:
    raise CourseError(f"no {number}")


def test_results_are_told_in_the_order_of_the_jobs_and_each_title_once() -> None:
    said, told = io.StringIO(), []
    jobs = [Job("even" if n % 2 == 0 else "odd", _later, (n,), told.append) for n in range(5)]
    with workers(Console(file=said, width=80)) as hands:
        hands.do(jobs)
        hands.do([])
    assert told == [0, 10, 20, 30, 40]
    assert sorted(line.split(",")[0] for line in said.getvalue().splitlines()) == ["even", "odd"]


def test_what_a_job_raises_is_raised_and_one_that_ends_its_process_is_told() -> None:
    silent = Console(file=io.StringIO())
    with workers(silent) as hands, pytest.raises(CourseError, match=r"^no 7$"):
        hands.do([Job("a", _fails, (7,), print)])
    with workers(silent) as hands, pytest.raises(CourseError, match=r"^b: the process that did"):
        hands.do([Job("b", os._exit, (0,), print)])
