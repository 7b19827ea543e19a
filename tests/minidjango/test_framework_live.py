"""What is drawn does the same on both. To go on: `python -m tests.minidjango.live`."""

import random
from unittest import mock

import pytest

from tests.minidjango.live.comparing import Differ, compare
from tests.minidjango.live.searching import search
from tests.minidjango.stacks.words import scene


def test_what_is_always_drawn_does_the_same_and_reaches_every_fact():
    tally = search(examples=350, seed=5)
    assert tally.numbers() == set(range(1, 18)), "\n".join(tally.table())


def test_what_is_drawn_anew_each_time_does_the_same():
    seed = random.randrange(10**6)
    print(f"python -m tests.minidjango.live --seed {seed}")
    search(examples=100, seed=seed)


def test_a_difference_is_seen_and_said():
    scenario = scene("class, process_exception respond", view="raise:ValueError")
    compare(scenario)
    hook = "minidjango.core.handlers.base.BaseHandler.process_exception_by_middleware"
    with (
        mock.patch(hook, return_value=None),
        pytest.raises(Differ, match=r"want 'M0\.process_exception"),
    ):
        compare(scenario)
