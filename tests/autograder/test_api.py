"""Each call of the checking API, as a lesson would use it, means the same wherever it is asked."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator

import pytest

from autograder import card
from autograder.hosts import Host, LocalHost, PipeHost, SandboxedHost
from autograder.judge import judge
from autograder.verdict import Verdict
from autograder.zygote import NoZygote, Zygote
from course.source.python import indented
from tests.autograder.answers import check_cell, code, notebook
from tests.autograder.exercises import ALL


@contextlib.contextmanager
def elsewhere() -> Iterator[Callable[[], Host]]:
    """Hosts that share nothing with this process: locked in, where this system can do that."""
    try:
        zygote = Zygote()
    except NoZygote:
        yield PipeHost
        return
    with contextlib.closing(zygote):
        yield lambda: SandboxedHost(zygote)


HOSTS: dict[str, Callable[[], contextlib.AbstractContextManager[Callable[[], Host]]]] = {
    "local": lambda: contextlib.nullcontext(lambda: LocalHost("minidjango")),
    "elsewhere": elsewhere,
    "local, Django": lambda: contextlib.nullcontext(lambda: LocalHost("django")),
}
HEAD = "from autograder import *\n@check('c', points=2)\ndef _check():\n"


@functools.cache
def verdicts(host: str) -> dict[str, Verdict]:
    """All of them in one notebook, each check behind its answer."""
    cells = []
    for name, small in ALL.items():
        cells += [code(small.answer), check_cell(HEAD + indented(small.check), name)]
    with HOSTS[host]() as make:
        return judge(notebook(*cells), host=make)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("name", ALL)
def test_an_answer_gets_the_same_verdict_in_every_host(name: str, host: str) -> None:
    small, verdict = ALL[name], verdicts(host)[name]
    told = card.text(verdict)
    if small.outcome == "old":
        assert verdict.outcome == ("skipped" if "Django" in host else "passed"), told
        return
    assert verdict.outcome == small.outcome, told
    assert verdict.points == small.points, told
    assert small.says in told.replace("\n             ", " ") + verdict.message, told
    if small.outcome == "passed":
        assert verdict.controlled, told
