"""None of them earns what it did not deserve, loses what it did, reads, writes or outlives."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.conversation import nobody
from autograder.hosts import SandboxedHost
from autograder.judge import judge
from autograder.verdict import Outcome, Verdict
from autograder.zygote import Zygote
from tests.autograder.answers import CHECK, HEAD, RIGHT, WRONGS, check_cell, notebook
from tests.autograder.zygotes import a_zygote
from tests.hostile.burglars import GRAB, HARMS, READS
from tests.hostile.cheats import CANNED, CHEATS
from tests.hostile.nuisances import DEADLY, HANGING_ANSWERS, NOISES, SELF_INFLICTED

ROOT = Path(__file__).resolve().parents[2]
WRONG = WRONGS["never-short-circuits"]
DEADLINE = 1.0
CANARY = "the canary sings: 7f3a9"


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARKS", CANARY)
        with a_zygote() as found:
            yield found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Somebody's folder: a secret, a gradebook."""
    (tmp_path / "canary").write_text(CANARY)
    (tmp_path / "gradebook.db").write_text(CANARY)
    return tmp_path


def verdict(zygote: Zygote, *cells: str) -> Verdict:
    handed_in = notebook(*cells, check_cell(CHECK))
    judged = judge(handed_in, host=lambda: SandboxedHost(zygote, DEADLINE))
    return judged["block-list-check"]


def run(zygote: Zygote, *cells: str) -> tuple[str, str]:
    """What the last of these cells raised, and what is in `loot` afterwards."""
    host = SandboxedHost(zygote, 20)
    try:
        for cell in cells:
            result = host.ask({"do": "cell", "source": cell}, nobody)
        loot = host.ask({"do": "value", "of": {"name": "loot", "attributes": []}}, nobody)
    finally:
        host.close()
    return result.get("raised", {}).get("type", ""), str(loot.get("value"))


def nobody_is_left(zygote: Zygote) -> bool:
    """Whether the zygote has no child, and no folder of a host is left."""
    children = Path(f"/proc/{zygote.pid}/task/{zygote.pid}/children").read_text()
    return not children.strip() and not list(zygote.scratch.glob("onion-*"))


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_earns_nothing_and_is_nobody_else_s_fault(zygote: Zygote, name: str) -> None:
    said = verdict(zygote, CHEATS[name], WRONG)
    assert said.points == 0
    assert said.outcome in (Outcome.FAILED, Outcome.NOT_ATTEMPTED, Outcome.TIMED_OUT)
    assert verdict(zygote, RIGHT).passed
    assert nobody_is_left(zygote)


@pytest.mark.parametrize("name", CANNED)
def test_a_canned_answer_earns_nothing(zygote: Zygote, name: str) -> None:
    assert verdict(zygote, CANNED[name]).outcome is Outcome.FAILED


@pytest.mark.parametrize("name", READS)
def test_a_burglar_finds_nothing(zygote: Zygote, home: Path, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        words = {"home": str(home), "root": str(ROOT), "canary": CANARY}
        source = READS[name].format(**words, port=server.getsockname()[1])
        neighbour = SandboxedHost(zygote, 20)
        neighbour.ask({"do": "cell", "source": f"open('canary', 'w').write({CANARY!r})"}, nobody)
        _, loot = run(zygote, GRAB, source)
        neighbour.close()
    assert CANARY not in loot
    assert "BEGIN SOLUTION" not in loot
    assert "root:" not in loot
    assert nobody_is_left(zygote)


@pytest.mark.parametrize("name", HARMS)
def test_a_vandal_is_refused(zygote: Zygote, home: Path, name: str) -> None:
    before = {path.name: (path.read_text(), path.stat()) for path in home.iterdir()}
    source = HARMS[name].format(home=str(home))
    raised, _ = run(zygote, "import os\nloot = ''", source)
    assert raised in ("PermissionError", "OSError", "ValueError")
    assert {path.name: (path.read_text(), path.stat()) for path in home.iterdir()} == before
    assert not Path("/tmp/canary-of-a-host").exists()
    assert verdict(zygote, RIGHT).passed
    assert nobody_is_left(zygote)


@pytest.mark.parametrize("name", NOISES)
def test_noise_costs_a_right_answer_nothing(zygote: Zygote, name: str) -> None:
    assert verdict(zygote, NOISES[name], RIGHT).passed
    assert verdict(zygote, NOISES[name], WRONG).outcome is Outcome.FAILED
    assert nobody_is_left(zygote)


@pytest.mark.parametrize("name", DEADLY)
def test_a_cell_that_dies_takes_only_itself_along(zygote: Zygote, name: str) -> None:
    assert verdict(zygote, DEADLY[name], RIGHT).passed
    assert nobody_is_left(zygote)


@pytest.mark.parametrize("name", SELF_INFLICTED)
def test_who_ruins_a_process_ruins_nobody_else_s(zygote: Zygote, name: str) -> None:
    said = verdict(zygote, SELF_INFLICTED[name], WRONG)
    assert (said.points, said.outcome is Outcome.ERRORED) == (0, False)
    assert verdict(zygote, RIGHT).passed
    assert nobody_is_left(zygote)


@pytest.mark.parametrize("name", HANGING_ANSWERS)
def test_an_answer_that_cannot_be_used_is_a_failure_and_no_fault_of_the_judge(
    zygote: Zygote, name: str
) -> None:
    said = verdict(zygote, f"{HEAD}\n        {HANGING_ANSWERS[name].lstrip()}\n")
    assert said.points == 0
    assert said.outcome in (Outcome.FAILED, Outcome.TIMED_OUT)
    assert verdict(zygote, RIGHT).passed
    assert nobody_is_left(zygote)


def test_there_are_at_least_fifty() -> None:
    assert sum(map(len, (CHEATS, CANNED, READS, HARMS, NOISES, DEADLY, HANGING_ANSWERS))) >= 90
