"""A question that asks for a walk: its options are what happens, and what beliefs foretell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.model import Asked, Scenario
from autograder.scripted import play
from course.lesson import Lesson, LessonError, Quiz, read
from course.proof import questions
from tests.course.lesson_samples import SAMPLE, write

WRITTEN = """
# - [ ] this
#   [inside-out] Not this.
# - [x] that
#   That, because
#   it is.
"""

FORETOLD = """
# ```scenario
# Log
# Wall: answers 403 to /admin/
# Session
# view: vault
# GET /admin/users/
# ```
#
# - [ ] view-runs-anyway
#   `Wall` never calls on.
# - [x] happens
#   `Wall` answers, and `Log` gets its answer.
# - [ ] everyone-is-left
#   `Session` was never entered.
"""


def asked(root: Path, *change: str) -> Quiz:
    """The question of a lesson in which that is foretold, with a thing changed."""
    text = FORETOLD.replace(*change) if change else FORETOLD
    assert not change or text != FORETOLD
    (quiz,) = read(write(root, SAMPLE.replace(WRITTEN, text))).quizzes
    return quiz


def problem(root: Path, *change: str) -> str:
    with pytest.raises(LessonError) as caught:
        asked(root, *change)
    (found,) = caught.value.problems
    return found.text


def test_the_key_is_what_happens_and_the_other_options_are_what_beliefs_foretell(
    tmp_path: Path,
) -> None:
    quiz = asked(tmp_path)
    assert quiz.answer == "b"
    assert [(option.text, option.misconception) for option in quiz.options] == [
        (
            "in `Log`, `Wall`, `Session`, `vault` → out `vault`, `Session`, `Wall`, `Log`",
            "view-runs-anyway",
        ),
        ("in `Log`, `Wall` → out `Wall`, `Log`", ""),
        ("in `Log`, `Wall` → out `Session`, `Wall`, `Log`", "everyone-is-left"),
    ]


def test_another_scenario_makes_another_key(tmp_path: Path) -> None:
    further = asked(tmp_path, "# Log\n", "# Stamp\n# Log\n").options[1]
    assert further.text == "in `Stamp`, `Log`, `Wall` → out `Wall`, `Log`, `Stamp`"


def test_the_fence_becomes_what_a_reader_is_told(tmp_path: Path) -> None:
    quiz = asked(tmp_path)
    assert "scenario" not in quiz.question
    assert 'MIDDLEWARE = ["site.Log", "site.Wall", "site.Session"]' in quiz.question
    assert "`Wall` answers 403 itself where the path begins with `/admin/`" in quiz.question
    assert "`GET /admin/users/` comes in" in quiz.question


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("- [ ] everyone-is-left", "- [ ] everyone"), "there is no belief `everyone`"),
        (("- [ ] everyone-is-left", "- [ ] same-order"), "there is no belief `same-order`"),
        (
            ("- [ ] everyone-is-left", "- [ ] twice-is-once"),
            "`twice-is-once` foretells here what really happens",
        ),
        (
            ("- [ ] everyone-is-left", "- [ ] view-runs-anyway"),
            "this option stands here twice",
        ),
        (("# GET /admin/users/\n", ""), "this scenario asks 0 times"),
        (("answers 403 to", "says 403 to"), "this scenario cannot be played"),
        (("# Session\n", "# the session\n"), "`the session` says nothing in a scenario"),
        (("users/\n# ```\n", "users/\n"), "this scenario does not end"),
    ],
)
def test_what_cannot_be_foretold_is_said_with_its_mend(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    assert problem(tmp_path, *change).startswith(told)


@pytest.mark.parametrize(
    "does",
    [
        {},
        {"Wall": "answers 403"},
        {"Wall": "answers 404 to /a"},
        {"Wall": "answers 404 to /b"},
        {"Log": "calls on twice"},
        {"Wall": "calls on, then answers 503", "Log": "calls on twice"},
    ],
)
def test_what_happens_is_what_happens_on_django(does: dict[str, str]) -> None:
    scenario = Scenario(("Log", "Wall", "Inner"), "view", requests=(Asked("GET", "/a"),), does=does)
    assert play(scenario).to_json() == play(scenario, "django").to_json()


# -- all questions together ------------------------------------------------------------------


def lesson_with(root: Path, name: str, question: str) -> Lesson:
    text = SAMPLE.replace(WRITTEN, FORETOLD).replace("# Which one?", f"# {question}")
    return read(write(root, text, name))


def test_no_two_questions_ask_in_the_same_words_or_play_the_same_scenario(tmp_path: Path) -> None:
    one = lesson_with(tmp_path, "01_one", "Who is left?")
    same = lesson_with(tmp_path, "02_two", "who is left")
    told = [problem.text for problem in questions.problems([one, same])]
    assert [text.partition(" ")[2].partition(";")[0] for text in told] == [
        "asks in the same words",
        "plays the same scenario",
    ]
    text = FORETOLD.replace("Log", "Stamp")
    renamed = read(write(tmp_path, SAMPLE.replace(WRITTEN, text), "03_three"))
    (problem,) = questions.problems([one, renamed])
    assert "plays the same scenario" in problem.text


def test_no_letter_gives_the_key_away(tmp_path: Path) -> None:
    one = lesson_with(tmp_path, "01_one", "Who is left?")
    same = [replace(one.quizzes[0], question=f"{n}?", scenario=None) for n in range(6)]
    (problem,) = questions.problems([replace(one, quizzes=tuple(same))])
    assert "b is right in 6 of 6 questions" in problem.text
