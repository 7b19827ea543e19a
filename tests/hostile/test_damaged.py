"""A damaged notebook gets its verdicts, or one sentence that says what is wrong with it."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.hosts import SandboxedHost
from autograder.judge import NotANotebook, judge, read_notebook
from autograder.verdict import Outcome
from autograder.zygote import Zygote
from tests.autograder.answers import CHECK, RIGHT, check_cell, notebook
from tests.autograder.zygotes import a_zygote
from tests.hostile.damage import DAMAGES

MASTER = notebook(
    RIGHT, check_cell(CHECK), check_cell(CHECK.replace("block-list", "b"), "again", 1)
)
SEED = os.environ.get("DAMAGE_SEED", str(random.SystemRandom().randrange(10**6)))
COUNT = int(os.environ.get("DAMAGE_COUNT", "23"))


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with a_zygote() as found:
        yield found


@pytest.mark.parametrize("damage", DAMAGES)
def test_it_gets_verdicts_or_one_sentence(damage, zygote: Zygote, tmp_path: Path) -> None:
    print(f"DAMAGE_SEED={SEED}")
    sentences: list[str] = []
    for number in range(COUNT):
        chance = random.Random(f"{SEED} {number}")
        path = tmp_path / f"{number}.ipynb"
        path.write_bytes(damage(MASTER, chance))
        try:
            handed_in = read_notebook(path)
        except NotANotebook as error:
            sentences.append(str(error))
            continue
        said = judge(handed_in, MASTER, host=lambda: SandboxedHost(zygote, 2.0))
        assert list(said) == ["block-list-check", "again"]
        assert all(v.outcome is not Outcome.ERRORED for v in said.values()), said
        assert [v.maximum for v in said.values()] == [2, 1]
    assert all(s.startswith(str(tmp_path)) and "\n" not in s for s in sentences)
