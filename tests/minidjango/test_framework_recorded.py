"""minidjango does what real Django, new and old, was recorded to do; see `recorded/README.md`."""

from unittest import mock

import pytest

from tests.minidjango.recorded.__main__ import main
from tests.minidjango.recorded.cases import LEGACY, MODERN, disagreements, load, scenario
from tests.minidjango.stacks.facts import NEW_STYLE
from tests.minidjango.stacks.old_facts import OLD_STYLE
from tests.minidjango.stacks.reading import Run


@pytest.mark.parametrize("path", [MODERN, LEGACY], ids=["new style", "old style"])
def test_every_recorded_case_agrees(path):
    assert disagreements(load(path), "minidjango") == []


def test_real_django_agrees_with_what_was_recorded_of_it():
    assert disagreements(load(MODERN)[::10], "django") == []


@pytest.mark.parametrize(
    ("path", "facts", "numbers"),
    [(MODERN, NEW_STYLE, range(1, 18)), (LEGACY, OLD_STYLE, range(18, 21))],
    ids=["new style", "old style"],
)
def test_the_recorded_cases_reach_each_fact(path, facts, numbers):
    recorded = [(case, case["expected"]["wsgi"]) for case in load(path)]
    runs = [
        Run(scenario(case), seen["trace"], seen["outcome"], seen["init"], seen["logs"])
        for case, seen in recorded
    ]
    assert {fact.number for fact in facts} == set(numbers)
    assert [fact.claim for fact in facts if not any(map(fact.shown_by, runs))] == []


def test_a_case_that_does_not_agree_is_named_with_its_first_different_line(capsys):
    ask_nobody = mock.Mock(return_value=None)
    hook = "minidjango.core.handlers.base.BaseHandler.process_exception_by_middleware"
    with mock.patch(hook, ask_nobody):
        assert main([str(MODERN), "--only", "basic"]) == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith("m00")
    assert "wsgi trace: line " in first
    assert last == "61 / 71 agree"


def test_only_one_case_can_be_asked_for(capsys):
    assert main([str(LEGACY), "--only", "l0004"]) == 0
    assert capsys.readouterr().out == "1 / 1 agree\n"


def test_no_case_at_all_is_no_agreement():
    assert main([str(LEGACY), "--only", "nobody"]) == 1
