"""What makes a host cheap, a shared processor and cells known before, changes no answer."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from autograder import processor
from autograder.host.cells import Cells
from autograder.hosts import Host, SandboxedHost
from autograder.judge import code_cells, judge
from autograder.processor import Processor
from autograder.zygote import Zygote
from tests.autograder.answers import RIGHT, check_cell, code, notebook
from tests.autograder.zygotes import a_zygote

linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="binds threads to processors; run it on Linux"
)

MINE = os.sched_getaffinity(0) if sys.platform.startswith("linux") else set()


@pytest.fixture(scope="module", autouse=True)
def no_other_judge() -> Iterator[None]:
    """Whoever else judges on this machine claims processors under another name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processor, "NAME", f"\0test-{os.getpid()}-{{}}")
        yield


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with a_zygote() as found:
        yield found


@contextlib.contextmanager
def new_host(zygote: Zygote) -> Iterator[Host]:
    with contextlib.closing(SandboxedHost(zygote)) as host:
        yield host


def value(host: Host, source: str, name: str) -> object:
    ran = host.ask({"do": "cell", "source": source}, dict)
    assert "raised" not in ran, ran
    return host.ask({"do": "value", "of": {"name": name, "attributes": []}}, dict)["value"]


def everybodys(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": {}}


# -- one processor ---------------------------------------------------------------------------


@linux
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs two processors; run it on more")
def test_a_judge_and_its_host_share_a_processor_until_the_host_is_closed(zygote: Zygote) -> None:
    assert os.sched_getaffinity(0) == MINE
    with new_host(zygote) as host:
        together = os.sched_getaffinity(0)
        theirs = value(host, "import os\ncpus = list(os.sched_getaffinity(0))", "cpus")
    assert len(together) == 1
    assert theirs == list(together)
    assert os.sched_getaffinity(0) == MINE


@linux
def test_a_judge_with_two_hosts_gets_its_processors_back_in_whatever_order_they_are_closed(
    zygote: Zygote,
) -> None:
    mine = os.sched_getaffinity(0)
    first, second = SandboxedHost(zygote), SandboxedHost(zygote)
    first.close()
    second.close()
    assert os.sched_getaffinity(0) == mine


@linux
def test_no_two_judges_claim_one_processor_and_where_all_are_taken_nobody_is_bound() -> None:
    mine = os.sched_getaffinity(0)
    judges = [Processor() for _ in range(len(mine) + 1)]
    claimed = [one.number for one in judges if one.number is not None]
    assert len(claimed) == len(set(claimed))
    assert judges[-1].number is None
    with judges[-1].shared():
        assert os.sched_getaffinity(0) == mine
    for one in judges:
        one.release()


@linux
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="needs two processors; run it on more")
def test_what_was_claimed_is_free_again_when_its_judge_has_gone() -> None:
    judges = [Processor() for _ in os.sched_getaffinity(0)]
    taken = [one.number for one in judges]
    for one in judges:
        one.release()
    again = [Processor() for _ in taken]
    assert sorted(str(one.number) for one in again) == sorted(map(str, taken))
    for one in again:
        one.release()


# -- cells that everybody has ----------------------------------------------------------------

CELLS = [
    "a = 6 * 7",
    "from __future__ import annotations\ndef f(x: nowhere): ...\na = f.__annotations__['x']",
    "%config Application.verbose_crash = True\na = 3",
    "def f():\n    raise ValueError('why')\ntry:\n    f()\nexcept ValueError:\n"
    "    import traceback\n    a = traceback.format_exc()",
    "a = '\\d'",
]


@pytest.mark.parametrize("source", CELLS)
def test_a_cell_that_was_compiled_beforehand_runs_as_any_other(zygote: Zygote, source: str) -> None:
    with new_host(zygote) as host:
        usual = value(host, source, "a")
    zygote.learn([source])
    with new_host(zygote) as host:
        assert value(host, source, "a") == usual
        later = "def f(x: int): ...\nb = str(f.__annotations__['x'])"
        assert value(host, later, "b") == ("int" if "annotations\n" in source else str(int))


def test_a_cell_is_compiled_beforehand_once() -> None:
    cells = Cells({"__name__": "__main__"})
    cells.learn("a = 1")
    known = dict(cells._known)
    assert len(known) == 1
    assert cells._plain_python("a = 1") is next(iter(known.values()))
    assert cells.run("a = 1") is None
    cells.run("from __future__ import annotations")
    assert cells._plain_python("a = 1") is not next(iter(known.values()))


@pytest.mark.parametrize("source", ["1 +", "from __future__ import annotations", "'\\d'"])
def test_what_would_be_compiled_differently_another_time_is_not_kept(source: str) -> None:
    cells = Cells({"__name__": "__main__"})
    cells.learn(source)
    assert not cells._known


def test_a_cell_that_is_too_long_for_a_word_is_left_to_the_hosts(zygote: Zygote) -> None:
    source = f"a = 1  # {'x' * 100_000}"
    zygote.learn([source])
    with new_host(zygote) as host:
        assert value(host, source, "a") == 1


def test_only_what_everybody_is_handed_is_shared_never_an_answer_nor_a_check() -> None:
    secret = everybodys("### BEGIN SOLUTION\nx = 1\n### END SOLUTION")
    graded = check_cell("assert x", "x")
    answer = code("x = 2")
    answer["metadata"]["nbgrader"] = {"grade_id": "x-answer", "solution": True, "grade": False}
    cells = [*code_cells(notebook(everybodys("a = 1"), answer, graded, secret))]
    assert len(cells) == 4
    assert [cell.source for cell in cells if cell.is_shared] == ["a = 1"]


def test_a_judge_shares_the_masters_cells_and_never_a_students(zygote: Zygote) -> None:
    heard: list[str] = []

    def make() -> Host:
        host: Host = SandboxedHost(zygote)
        host.learn = heard.extend  # type: ignore[method-assign]
        return host

    master = notebook(everybodys("a = 'master'"), RIGHT)
    judge(notebook(everybodys("a = 'student'"), RIGHT), master, host=make)
    assert heard == ["a = 'master'"]


# -- the channel -----------------------------------------------------------------------------


def test_a_message_that_comes_in_pieces_is_one_message(zygote: Zygote) -> None:
    with new_host(zygote) as host:
        assert value(host, f"a = {'x' * 300_000!r}", "a") == "x" * 300_000
