"""Whatever a client sends is read or refused as Django does. For longer: ``FUZZ_INPUTS=100000``."""

import os
import random
from unittest import mock

import pytest

from tests.minidjango.fuzzing import REFUSALS, Tally, fuzz

MANY = os.environ.get("FUZZ_INPUTS")


def test_what_is_always_drawn_gives_the_same_and_is_refused_in_every_documented_way():
    tally = fuzz(inputs=300, seed=4)
    assert tally.inputs >= 300
    assert tally.raised.keys() >= REFUSALS


def test_what_is_drawn_anew_each_time_gives_the_same():
    seed = random.randrange(10**6)
    print(f"tests.minidjango.fuzzing.fuzz({MANY or 100}, seed={seed})")
    tally = fuzz(int(MANY or 100), seed)
    print(tally.inputs, "inputs", sorted(tally.raised.items()))


def test_a_difference_is_seen():
    harmless = bytes(160)
    Tally().add(harmless)
    cookies = "minidjango.core.handlers.wsgi.parse_cookie"
    with mock.patch(cookies, return_value={"a": "b"}), pytest.raises(AssertionError):
        Tally().add(harmless)
