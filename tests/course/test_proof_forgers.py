"""The stock forgers: they earn nothing, unless a check can be satisfied without the exercise."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.names import defined_names
from course.lesson import Lesson, read
from course.proof import forgery
from course.proof.forgers import forged, forgers
from tests.course.lesson_samples import WHOLE, write

FORGERS = {forger.name: forger for forger in forgers()}
MEMORY = FORGERS["remembers what the visible check asks"]

LAYER = """
from minidjango.http import HttpResponse, HttpResponseForbidden


def secret(request):
    return HttpResponse("the vault")


app = onion(Wall, view=secret)
"""
STUPID = {
    # it asks one thing, and a status is all that it wants
    "answers everything with 403": 'app.get("/admin/", status=403)\n',
    "stops everything": 'app.get("/admin/", status=405)\n',
    "lets every second through, the first too": 'app.get("/")\napp.get("/admin/", status=403)\n',
    "lets every second through, but not the first": (
        'app.get("/admin/", status=403)\napp.get("/")\n'
    ),
    # it wants the view's words, and does not ask where they come from
    "remembers what the visible check asks": (
        'assert app.get("/", status=200).text == "the vault"\n'
        'app.get(fresh("/admin/{}/"), status=403)\n'
    ),
    "echoes what is asked": 'assert "/hello/" in app.get("/hello/", status=200).text\n',
    "takes the view's gate away": 'assert app.get("/", status=200).text == "the vault"\n',
    # it looks at what the host alone says
    "replaces the runner": 'assert app.get("/", status=200).text == "the vault"\n',
    "patches the gates": 'app.get("/", status="*")\napp.trace.returned(Wall, 403)\n',
}


def with_check(root: Path, check: str) -> Lesson:
    """The sample lesson with one check of its exercise, which is this."""
    begin = WHOLE.index('# %% check="wall" points=2')
    end = WHOLE.index('# %% right="wall"')
    cell = f'# %% check="wall" points=3\n{check}\n\n'
    return read(write(root, WHOLE[:begin] + cell + WHOLE[end:]))


@pytest.mark.parametrize("name", STUPID)
def test_a_forger_earns_points_where_a_check_can_be_satisfied_without_the_exercise(
    name: str, tmp_path: Path
) -> None:
    lesson = with_check(tmp_path, LAYER + STUPID[name])
    (problem,) = forgery.problems(lesson, FORGERS[name])
    assert problem.line == lesson.exercises[0].checks[0].at
    assert f"the forger that {name} gets 3 of 3 points here; let its check ask" in problem.text


SHOUT = """
# %% exercise="shout"
def shout(text):
    ### BEGIN SOLUTION
    return text.upper()
    ### END SOLUTION


# %% [markdown] hint="shout"
# In capitals
#
# Ask the text.

# %% check="shout" points=2
CHECK
"""


def with_a_function(root: Path, check: str) -> Lesson:
    """The sample lesson with one more exercise, whose answer is a plain function."""
    begin = WHOLE.index('# %% right="wall"')
    text = WHOLE[:begin] + SHOUT.replace("CHECK", check).lstrip() + "\n" + WHOLE[begin:]
    return read(write(root, text.replace("points: 4", "points: 6")))


def test_what_a_visible_check_calls_a_function_with_is_learnt_by_heart(tmp_path: Path) -> None:
    lesson = with_a_function(tmp_path, 'assert call(shout, "hello") == "HELLO"')
    (problem,) = forgery.problems(lesson, MEMORY)
    assert problem.line == lesson.exercises[1].checks[0].at
    lesson = with_a_function(tmp_path, "word = fresh()\nassert call(shout, word) == word.upper()")
    assert not forgery.problems(lesson, MEMORY)


def test_every_forger_defines_what_the_checks_call_and_is_python(tmp_path: Path) -> None:
    for exercise in with_a_function(tmp_path, "call(shout, fresh())").exercises:
        for forger in forgers():
            assert defined_names(exercise.solution) <= defined_names(forged(forger, exercise))
