"""`course test`: every step is run, and the failed ones are named with the command for each."""

import argparse

import pytest

from course import testing


def test_a_failed_step_does_not_keep_the_others_from_running(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    steps = [("course", "no-such-verb"), ("platform",), ("pytest",)]
    monkeypatch.setattr(testing, "STEPS", steps)
    assert testing.run(argparse.Namespace(pytest=["--version"])) == 1
    out, err = capfd.readouterr()
    assert "[1/3] course no-such-verb: failed in" in out
    assert "[2/3] platform: passed in" in out
    assert "[3/3] pytest --version\n" in out
    assert out.endswith("To run one alone:\n  python3 -m course no-such-verb\n")
    assert "There is no verb" in err


def test_when_all_is_well_pytest_has_the_last_word(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(testing, "STEPS", [("pytest",)])
    assert testing.run(argparse.Namespace(pytest=["--version"])) == 0
    assert capfd.readouterr().out.splitlines()[-1].startswith("pytest ")


def test_pytest_is_last_and_the_lesson_checks_are_among_the_steps() -> None:
    assert testing.STEPS[-1] == ("pytest",)
    assert {("course", "build", "--check"), ("course", "verify")} <= set(testing.STEPS)


def test_what_follows_two_dashes_is_pytests() -> None:
    parser = argparse.ArgumentParser()
    testing.add_arguments(parser)
    assert parser.parse_args(["--", "-k", "onion"]).pytest == ["-k", "onion"]
    assert parser.parse_args([]).pytest == []
