"""What is drawn does the same on both. To go on: `python -m tests.minidjango.live`."""

import random
import re
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest

from tests.minidjango.live.comparing import Differ, compare
from tests.minidjango.live.searching import search
from tests.minidjango.stacks.words import scene

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_always_drawn_does_the_same_and_reaches_every_fact():
    # A process of its own: what Hypothesis draws from a seed depends on which modules are loaded.
    command = [sys.executable, "-m", "tests.minidjango.live", "--examples", "350", "--seed", "5"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    shown = re.findall(r"^ *(\d+) +([\d.]+) %", done.stdout, re.MULTILINE)
    reached = {int(number) for number, share in shown if float(share)}
    assert reached == set(range(1, 18)), done.stdout


def test_what_is_drawn_anew_each_time_does_the_same():
    seed = random.randrange(10**6)
    print(f"the seed is {seed}")
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
