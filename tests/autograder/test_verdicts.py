"""One answer, one verdict: whoever runs it, and whichever framework it runs on."""

from __future__ import annotations

import pytest

from autograder.misconceptions import REGISTRY
from autograder.verdict import Outcome
from tests.autograder.answers import HEAD, HOSTS, RIGHT, RIGHTS, STUB, WRONGS, verdict_on

every_host = pytest.mark.parametrize("host", HOSTS)


@every_host
@pytest.mark.parametrize("name", RIGHTS)
def test_a_right_answer_passes_however_it_is_written(name: str, host: str) -> None:
    verdict = verdict_on(RIGHTS[name], host=host)
    assert verdict.outcome is Outcome.PASSED, verdict.message
    assert (verdict.points, verdict.maximum) == (2, 2)


@every_host
@pytest.mark.parametrize("name", WRONGS)
def test_a_wrong_answer_fails_under_its_own_name(name: str, host: str) -> None:
    verdict = verdict_on(WRONGS[name], host=host)
    assert (verdict.outcome, verdict.misconception) == (Outcome.FAILED, name)
    assert verdict.points == 0
    assert verdict.hint


def test_every_wrong_answer_here_is_known_by_a_name_of_the_registry() -> None:
    assert set(WRONGS) <= set(REGISTRY)


@every_host
def test_a_stub_is_not_attempted_rather_than_failed(host: str) -> None:
    assert verdict_on(STUB, host=host).outcome is Outcome.NOT_ATTEMPTED


@every_host
def test_a_name_that_is_not_there_is_not_attempted(host: str) -> None:
    verdict = verdict_on("pass", host=host)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED
    assert "BlockList is not defined" in verdict.message


@every_host
def test_a_cell_that_does_not_compile_leaves_its_exercise_not_attempted(host: str) -> None:
    assert verdict_on("class BlockList(:", host=host).outcome is Outcome.NOT_ATTEMPTED


@every_host
def test_the_verdict_says_what_really_ran(host: str) -> None:
    ran = verdict_on(RIGHT, host=host).ran
    assert ran["host"] == host.split(",")[0]
    assert ran["framework"].startswith("Django 5.2." if "Django" in host else "minidjango")


@every_host
def test_an_unknown_failure_gets_no_name_and_an_honest_sentence(host: str) -> None:
    verdict = verdict_on(HEAD + "\n        raise LookupError('lost')\n", host=host)
    assert (verdict.outcome, verdict.misconception) == (Outcome.FAILED, "")
    assert "LookupError: lost" in verdict.message


@every_host
def test_a_layer_that_cannot_be_built_says_what_was_raised(host: str) -> None:
    old_style = "class BlockList:\n    def process_request(self, request):\n        pass\n"
    verdict = verdict_on(old_style, host=host)
    assert verdict.outcome is Outcome.FAILED
    assert "could not be built" in verdict.message
    assert "takes no arguments" in verdict.message


@every_host
def test_a_factory_that_returns_nothing_gets_the_framework_s_own_words(host: str) -> None:
    verdict = verdict_on("def BlockList(get_response):\n    pass\n", host=host)
    assert verdict.outcome is Outcome.FAILED
    assert "returned None" in verdict.message


@every_host
def test_ipython_syntax_runs_as_in_a_notebook(host: str) -> None:
    with_magic = "%time x = 1\n" + RIGHT
    assert verdict_on(with_magic, host=host).passed


@every_host
def test_expected_and_actual_part_where_the_view_was_let_run(host: str) -> None:
    verdict = verdict_on(WRONGS["short-circuit-too-late"], host=host)
    assert verdict.expected is not None
    assert verdict.actual is not None
    assert verdict.expected.lines() == ["BlockList >", "BlockList < 403"]
    assert verdict.actual.lines() == [
        "BlockList >",
        "secret >",
        "secret < 200",
        "BlockList < 403",
    ]


@every_host
def test_what_the_framework_logs_is_on_the_card_and_nowhere_else(
    host: str, capfd: pytest.CaptureFixture[str]
) -> None:
    verdict = verdict_on(RIGHTS["raises"], host=host)
    assert "Forbidden (Permission denied): /admin/" in verdict.captured
    assert capfd.readouterr().err == ""


@every_host
def test_a_layer_that_warns_logs_and_prints_to_stderr_is_still_right(
    host: str, capfd: pytest.CaptureFixture[str]
) -> None:
    noisy = RIGHT.replace(
        "        if blocked:\n",
        "        import logging, sys, warnings\n"
        "        logging.basicConfig()\n"
        "        logging.getLogger('mine').error('logged')\n"
        "        warnings.warn('warned')\n"
        "        print('printed', file=sys.stderr)\n"
        "        if blocked:\n",
    )
    verdict = verdict_on(noisy, host=host)
    assert verdict.passed
    assert all(word in verdict.captured for word in ("logged", "warned", "printed"))
    assert capfd.readouterr().err == ""
