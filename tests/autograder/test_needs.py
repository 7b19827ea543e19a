"""A check that needs another one waits for it, wherever it is run."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder import CheckFailed, check
from autograder.hosts import Host, LocalHost, PipeHost
from autograder.judge import judge
from autograder.session import Session, using
from autograder.verdict import Outcome, Verdict
from course.student.judging import to_mend
from tests.autograder.answers import check_cell, notebook

RIGHT = """
from minidjango.http import HttpResponse
class Wall:
    def __init__(self, get_response):
        self.get_response = get_response
    def __call__(self, request):
        if request.path.startswith("/admin/"):
            return HttpResponse(status=403)
        return self.get_response(request)
"""
STUB = "def Wall(get_response):\n    raise NotImplementedError()\n"
LETS_ALL_IN = RIGHT.replace("/admin/", "/nowhere/")
HANGS = RIGHT.replace("        if", "        while True: pass\n        if")

HEAD = "from autograder import *\n"
FIRST = f"""{HEAD}@check("wall", points=1)
def _check():
    onion(Wall).get("/admin/", status=403)
"""
SECOND = f"""{HEAD}@check("wall", "others", points=2, needs="wall")
def _check():
    onion(Wall).get(fresh("/{{}}/"))
"""
THIRD = f"""{HEAD}with check("wall", "again", points=4, needs="wall-others"):
    onion(Wall).get(fresh("/{{}}/{{}}/"))
"""
CELLS = [
    check_cell(FIRST, "wall-check", 1),
    check_cell(SECOND, "wall-check-others", 2),
    check_cell(THIRD, "wall-check-again", 4),
]
HOSTS: dict[str, Callable[[], Host]] = {
    "local": lambda: LocalHost("minidjango"),
    "pipe": lambda: PipeHost(deadline=1),
    "local, Django": lambda: LocalHost("django"),
}
every_host = pytest.mark.parametrize("host", HOSTS)


def judged(answer: str, host: str = "local", cells: list[Any] = CELLS) -> list[Verdict]:
    master = notebook(answer, *CELLS)
    return list(judge(notebook(answer, *cells), master, host=HOSTS[host]).values())


def outcomes(verdicts: list[Verdict]) -> list[str]:
    return [str(verdict.outcome) for verdict in verdicts]


@every_host
def test_a_check_runs_once_what_it_needs_has_passed(host: str) -> None:
    verdicts = judged(RIGHT, host)
    assert outcomes(verdicts) == ["passed", "passed", "passed"]
    assert [verdict.points for verdict in verdicts] == [1, 2, 4]


@every_host
@pytest.mark.parametrize(
    ("answer", "first", "why"),
    [
        (LETS_ALL_IN, "failed", "has failed"),
        (STUB, "not attempted", "is not attempted yet"),
        ("pass", "not attempted", "is not attempted yet"),
    ],
)
def test_a_check_is_skipped_with_its_reason_where_what_it_needs_has_not_passed(
    host: str, answer: str, first: str, why: str
) -> None:
    verdicts = judged(answer, host)
    assert outcomes(verdicts) == [first, "skipped", "skipped"]
    assert sum(verdict.points for verdict in verdicts) == 0
    wall, others, again = (verdict.message for verdict in verdicts)
    assert others == f"This waits for the check wall, which {why}. That one comes first."
    assert "the check wall-others, which was skipped itself" in again
    assert wall not in others


def test_nobody_waits_a_second_time_for_an_answer_that_does_not_end() -> None:
    verdicts = judged(HANGS, "pipe")
    assert outcomes(verdicts) == ["timed out", "skipped", "skipped"]
    assert "wall, which has timed out" in verdicts[1].message
    assert verdicts[1].ran["host"] == "pipe"


@pytest.mark.parametrize("order", [(2, 1, 0), (1, 0, 2), (2, 1), ()])
def test_the_order_in_which_cells_were_handed_in_earns_nothing(order: tuple[int, ...]) -> None:
    cells = [CELLS[number] for number in order]
    assert outcomes(judged(LETS_ALL_IN, cells=cells)) == ["failed", "skipped", "skipped"]
    assert outcomes(judged(RIGHT, cells=cells)) == ["passed", "passed", "passed"]


def test_what_is_heard_last_of_a_check_is_what_counts() -> None:
    told: list[tuple[str, str]] = []
    judge(
        notebook(LETS_ALL_IN, *reversed(CELLS)),
        notebook(LETS_ALL_IN, *CELLS),
        host=HOSTS["local"],
        tell=lambda name, verdict: told.append((name, str(verdict.outcome))),
    )
    assert dict(told) == {
        "wall-check": "failed",
        "wall-check-others": "skipped",
        "wall-check-again": "skipped",
    }


def test_a_check_that_went_wrong_itself_keeps_nobody_waiting() -> None:
    broken = check_cell(FIRST.replace("onion(Wall).get", "1 / 0\n    onion"), "wall-check", 1)
    verdicts = judge(notebook(RIGHT, broken, *CELLS[1:]), host=HOSTS["local"])
    assert outcomes(list(verdicts.values())) == ["errored", "passed", "passed"]


# -- in a notebook, where checks are run in any order, and again ---------------------------------


@contextlib.contextmanager
def kernel() -> Iterator[Callable[[str], Outcome]]:
    """Cells run one by one in the session of whoever wrote them; the last outcome is returned."""
    heard: list[Verdict] = []
    names: dict[str, Any] = {"__name__": "__main__"}

    def cell(source: str) -> Outcome:
        with contextlib.suppress(CheckFailed):
            exec(source, names)
        return heard[-1].outcome if heard else Outcome.NOT_ATTEMPTED

    with using(Session(LocalHost("minidjango", names), heard.append, own=True)):
        yield cell


def test_a_notebook_remembers_the_last_verdict_of_each_check() -> None:
    with kernel() as cell:
        cell(LETS_ALL_IN)
        assert cell(SECOND) is Outcome.PASSED  # what it needs has not been run yet
        assert cell(FIRST) is Outcome.FAILED
        assert cell(SECOND) is Outcome.SKIPPED
        cell(RIGHT)
        assert cell(SECOND) is Outcome.SKIPPED
        assert cell(FIRST) is Outcome.PASSED
        assert cell(SECOND) is Outcome.PASSED


def test_the_body_of_a_check_that_waits_is_never_entered() -> None:
    with kernel() as cell:
        cell(LETS_ALL_IN)
        cell(FIRST)
        with pytest.raises(CheckFailed) as told, check("wall", "others", needs="wall"):
            raise AssertionError("it was entered")
    assert "wall-others: skipped. This waits for the check wall, which has failed." in str(
        told.value
    )


def test_a_check_that_stands_in_an_answer_makes_nobody_wait() -> None:
    own = f"""
{RIGHT}
from autograder import check, onion
def test_wall(Layer):
    try:
        with check("wall"):
            onion(Layer).get("/admin/", status=403)
    except AssertionError:
        return
"""
    tried = f"""{HEAD}@check("wall", "tests", points=1)
def _check():
    catches(test_wall, right=["def open_to_all(get_response): return get_response"],
            wrong=["def open_to_all(get_response): return get_response"])
"""
    with kernel() as cell:
        cell(own)
        cell(tried)
        assert cell(SECOND) is Outcome.PASSED


def test_what_to_mend_next_is_never_a_check_that_waits_for_another() -> None:
    for answer, first in ((STUB, "not attempted"), (LETS_ALL_IN, "failed")):
        verdicts = dict(zip("abc", judged(answer), strict=True))
        assert verdicts["a"].outcome == first
        assert to_mend(verdicts) == "a"
