"""Mutants: a solution changed in one place, in every way that is known, the same each time."""

from __future__ import annotations

import ast
import functools
import tomllib
from pathlib import Path

import pytest

from autograder.misconceptions import REGISTRY
from course.lesson import all_lessons, read
from course.proof.mutants import survivors
from course.proof.mutants.making import Mutant, mutants
from course.proof.mutants.truth import TRUE_OF
from course.shelves import Shelves
from course.source.parts import Answer, Check, Exercise

LAYER = """
from minidjango.http import HttpResponse


class Layer:
    '''A docstring.'''

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        BODY
"""
STOPS = """
        if request.path.startswith("/no/") and request.method != "HEAD":
            return HttpResponse("No.", status=403)
        return self.get_response(request)
"""
STAMPS = """
        name = "X-Kind"
        response = self.get_response(request)
        response.headers["X-Kind"] = "tea"
        return response
"""
CHECK = Check("layer", "", 1, "app = onion(Layer)", 1, 2)


def layer(body: str) -> str:
    return LAYER.replace("        BODY\n", body.lstrip("\n"))


@functools.cache
def made(body: str, rights: tuple[str, ...] = (), wrongs: tuple[str, ...] = ()) -> list[Mutant]:
    exercise = Exercise(
        "layer",
        layer(body),
        1,
        2,
        (CHECK,),
        rights=tuple(Answer("layer", layer(one), 1, 2) for one in rights),
        wrongs=tuple(Answer("layer", layer(one), 1, 2, "x") for one in wrongs),
    )
    return mutants(exercise)


MADE = [
    (STOPS, "its own answer is not returned", "+ HttpResponse('No.', status=403)"),
    (STOPS, "the answer is not returned", "+ return None"),
    (STOPS, "get_response is called twice", "+ self.get_response(request)"),
    (STOPS, "get_response is not called", "+ return HttpResponse('its own')"),
    (STOPS, "exceptions from inside are swallowed", "+ except Exception:"),
    (STOPS, "the decision comes too late", "+ response = self.get_response(request)"),
    (STOPS, "a condition is negated", "+ if not (request.path.startswith('/no/')"),
    (STOPS, "and for or", "startswith('/no/') or request.method"),
    (STOPS, "another comparison", "'/no/' in request.path"),
    (STOPS, "another comparison", "request.path == '/no/'"),
    (STOPS, "another text is compared", "startswith('/no')"),
    (STOPS, "another text is compared", "startswith('/no//')"),
    (STOPS, "another text is compared", "startswith('no/')"),
    (STOPS, "another status", "status=503"),
    (STOPS, "status= is left out", "+ return HttpResponse('No.')"),
    (STOPS, "a decision is remembered", "getattr(self, 'met', False) or"),
    (STOPS, "it takes fewer arguments", "+ def __call__(self):"),
    (STOPS, "it is a coroutine", "+ async def __call__"),
    (STAMPS, "what stands before and after get_response changes places", "..."),
    (STAMPS, "another header is set", "response.headers['X-Kindx'] = 'tea'"),
    (STAMPS, "a header has another value", "response.headers['X-Kind'] = 'te'"),
    (STAMPS, "a header is not set", "- response.headers['X-Kind'] = 'tea'"),
    (STAMPS, "a local name is kept on self", "self.response = self.get_response(request)"),
    (STAMPS, "something is done once, at the start", "self.name = 'X-Kind'"),
    (STAMPS, "the first answer is kept", "if not hasattr(self, 'kept'):"),
    (STAMPS, "get_response is not kept", "- self.get_response = get_response"),
]


@pytest.mark.parametrize(("body", "change", "line"), MADE)
def test_a_solution_is_changed_in_every_way_that_is_known(
    body: str, change: str, line: str
) -> None:
    assert any(change in one.changes and line in one.diff for one in made(body)), change


def test_the_mutants_are_the_same_ones_in_the_same_order_each_time() -> None:
    assert made(STAMPS) == made.__wrapped__(STAMPS)


def test_every_mutant_is_python_and_no_two_are_the_same() -> None:
    found = made(STOPS)
    trees = [ast.dump(ast.parse(mutant.source)) for mutant in found]
    assert len(found) > 50
    assert len(set(trees)) == len(trees)
    assert all(mutant.diff for mutant in found)
    assert ast.dump(ast.parse(layer(STOPS))) not in trees


def test_what_the_bank_calls_right_is_no_mutant_and_what_it_calls_wrong_is_known() -> None:
    right, wrong = STAMPS.replace('"tea"', '"te"'), STAMPS.replace('"tea"', '"teax"')
    of_bank = made(STAMPS, (right,), (wrong.replace(" response", " answer"),))
    (gone,) = {one.diff for one in made(STAMPS)} - {one.diff for one in of_bank}
    assert gone.endswith("+ response.headers['X-Kind'] = 'te'")
    (known,) = [one.diff for one in of_bank if one.in_bank]
    assert known.endswith("+ response.headers['X-Kind'] = 'teax'")


def test_a_response_that_a_change_brings_in_is_imported() -> None:
    other = "        return self.get_response(request)\n"
    source = layer(other).replace("from minidjango.http import HttpResponse\n", "")
    for mutant in mutants(Exercise("layer", source, 1, 2, (CHECK,))):
        assert ("HttpResponse" in mutant.source) is ("import HttpResponse" in mutant.source)


def test_what_may_be_said_of_a_mutant_are_names_of_the_registry() -> None:
    assert set().union(*TRUE_OF.values()) <= set(REGISTRY)


def test_every_survivor_of_the_course_is_a_mutant_that_is_still_made() -> None:
    place = Shelves.of_the_course()
    entries, problems = survivors.read(survivors.path_of(place))
    assert not problems
    wanted = {slug for entry in entries for slug in entry.exercises}
    lessons = [read(path) for path in all_lessons(place.lessons)]
    there = [one for lesson in lessons for one in lesson.exercises if one.slug in wanted]
    found = [mutant for exercise in there for mutant in mutants(exercise)]
    for entry in entries:
        for slug in entry.exercises:
            assert any(m.slug == slug and entry.names(m) for m in found), (slug, entry.change)


def test_a_file_of_survivors_that_says_too_little_or_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "survivors.toml"
    assert survivors.read(path) == ([], [])
    path.write_text('[[survivor]]\nexercises = ["wall"]\nchange = "- a"\n', encoding="utf-8")
    none, (problem,) = survivors.read(path)
    assert "survivor 1 is not whole; give it change, exercises, reason" in str(problem)
    assert none == []
    path.write_text("survivor = [", encoding="utf-8")
    assert "this is not TOML" in str(survivors.read(path)[1][0])


def test_what_is_to_be_written_into_the_file_is_read_from_it_again(tmp_path: Path) -> None:
    mutant = made(STAMPS)[0]
    path = tmp_path / "survivors.toml"
    text = survivors.entry_for(mutant).replace('reason = ""', 'reason = "It is well."')
    path.write_text(text, encoding="utf-8")
    assert tomllib.loads(text)
    (entry,), problems = survivors.read(path)
    assert not problems
    assert entry.names(mutant)
