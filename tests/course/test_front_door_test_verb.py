"""`course test`: every step is run, and the failed ones are named with the command for each."""

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from course import cli, testing

BARE = argparse.Namespace(pytest=["--version"], all=False)


def test_a_failed_step_does_not_keep_the_others_from_running(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    todo = [("course", "no-such-verb"), ("platform",), ("pytest", "--version")]
    monkeypatch.setattr(testing, "steps", lambda **_: todo)
    assert testing.run(BARE) == 1
    out, err = capfd.readouterr()
    assert "[1/3] course no-such-verb: failed in" in out
    assert "[2/3] platform: passed in" in out
    assert "[3/3] pytest --version\n" in out
    assert out.endswith("To run one alone:\n  python3 -m course no-such-verb\n")
    assert "There is no verb" in err


def test_when_all_is_well_pytest_has_the_last_word(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(testing, "steps", lambda pytest, **_: [("pytest", *pytest)])
    assert testing.run(BARE) == 0
    assert capfd.readouterr().out.splitlines()[-1].startswith("pytest ")


def test_pytest_is_last_and_the_lesson_checks_are_among_the_steps() -> None:
    todo = testing.steps()
    assert todo[-1] == testing.PYTEST
    lessons = {("course", "verify"), ("course", "demo")}  # `verify` compares the built files too
    assert {*lessons, ("course", "verify", "--mutants")} <= set(todo)


def test_nbgrader_grades_one_lesson_drawn_by_a_seed_that_is_told_or_with_all_every_one(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ran: list[testing.Step] = []
    monkeypatch.setattr(testing, "passes", lambda words: ran.append(words) is None)
    monkeypatch.setattr(testing, "begin", lambda words: lambda: testing.passes(words))
    for everything in (False, True):
        testing.run(argparse.Namespace(pytest=[], all=everything))
    fresh, mutants, *_ = (words for words in ran if words[:2] == ("course", "verify"))
    drawn, whole = (words for words in ran if words[:2] == ("course", "demo"))
    assert fresh[2:] == ("--seeds", testing.SEEDS, *drawn[2:])
    assert mutants[2:] == ("--mutants", *drawn[2:])
    assert drawn[:3] == ("course", "demo", "--seed")
    assert drawn[3].isdigit()
    assert f"] course demo --seed {drawn[3]}\n" in capfd.readouterr().out
    assert whole == ("course", "demo")


def test_the_edition_for_students_is_proved_by_pytest_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cli, "offered", lambda: ["lab", "check", "test"])
    assert testing.steps(pytest=["-x"]) == [(*testing.PYTEST, "-x")]


def test_a_verb_is_offered_where_its_module_is(checkout: Path) -> None:
    def course(*words: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "course", *words]
        done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    assert "  verify " in course()[1]
    (checkout / "course" / "verify.py").unlink()
    assert "  verify " not in course()[1]
    status, said = course("verify")
    assert status == 2
    assert said.startswith('There is no verb "verify" in the edition for students: the verbs are ')
    assert "  test " in course()[1]


def test_what_follows_two_dashes_is_pytests() -> None:
    parser = argparse.ArgumentParser()
    testing.add_arguments(parser)
    assert parser.parse_args(["--", "-k", "onion"]).pytest == ["-k", "onion"]
    assert parser.parse_args(["--all", "--", "-k", "onion"]).all
    assert parser.parse_args([]).pytest == []


def test_what_runs_behind_another_step_says_its_words_in_its_own_place(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    demo = (*testing.DEMO, "no-such-lesson")
    monkeypatch.setattr(testing, "steps", lambda **_: [testing.VERIFY, demo])
    monkeypatch.setattr(testing, "passes", lambda words: True)
    assert testing.run(BARE) == 1
    out = capfd.readouterr().out
    assert "[1/2] course verify: passed in" in out
    told = out.partition("[2/2] course demo no-such-lesson\n")[2]
    assert "no lesson `no-such-lesson`" in told.partition("[2/2]")[0]
