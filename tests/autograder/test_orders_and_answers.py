"""What a check claims of headers, contents and orders, in both hosts: each mistake by its name."""

from __future__ import annotations

import pytest

from autograder.beliefs import BELIEFS
from autograder.checking import in_an_exam
from autograder.misconceptions import REGISTRY
from autograder.model import Walk
from autograder.scripted import scene
from autograder.verdict import Outcome, Verdict
from tests.autograder.answers import HOSTS, verdict_on

STAMP = """
class Stamp:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        BODY
        return response
"""

STAMPED = """
from autograder import check, fresh, onion
from minidjango.http import HttpResponse

with check("stamp", points=1):
    app = onion(Stamp, view=lambda request: HttpResponse(status=404 if "gone" in request.path else 200))
    app.get(fresh("/{}/"))
    CLAIM
    app.get(fresh("/gone/{}/"))
    CLAIM
"""  # noqa: E501

ANSWERS = [
    ('response["X-Stamp"] = "seen"', 'app.trace.header("X-Stamp", "seen")', ""),
    ('response["x-stamp"] = "seen"', 'app.trace.header("X-Stamp")', ""),
    ('request.stamp = "seen"', 'app.trace.header("X-Stamp", "seen")', "header-missing"),
    ('response["X-Stamp"] = "Seen"', 'app.trace.header("X-Stamp", "seen")', "wrong-header-value"),
    (
        'if response.status_code == 200: response["X-Stamp"] = "seen"',
        'app.trace.header("X-Stamp", "seen")',
        "header-sometimes-missing",
    ),
    ('response["X-Stamp"] = "seen"', 'app.trace.no_header("X-Stamp")', "header-unwanted"),
    ("pass", 'app.trace.no_header("X-Stamp")', ""),
    ('response["X-Ms"] = "20"', 'app.trace.header("X-Ms", at_least=15, at_most=25)', ""),
    (
        'response["X-Ms"] = "0.02"',
        'app.trace.header("X-Ms", at_least=15, at_most=25)',
        "wrong-unit",
    ),
    (
        'response["X-Ms"] = "3"',
        'app.trace.header("X-Ms", at_least=15, at_most=25)',
        "clock-stopped-early",
    ),
    (  # right in seconds for one answer, and in no unit for the other
        'response["X-Ms"] = "0.02" if response.status_code == 200 else "7"',
        'app.trace.header("X-Ms", at_least=15, at_most=25)',
        "clock-stopped-early",
    ),
    (  # it goes on from one request to the next
        'self.ms = getattr(self, "ms", 0) + 90; response["X-Ms"] = str(self.ms)',
        'app.trace.header("X-Ms", at_least=15, at_most=25)',
        "clock-started-early",
    ),
    (  # it does not: too much, but no clock of earlier requests
        'response["X-Ms"] = "90"',
        'app.trace.header("X-Ms", at_least=15, at_most=25)',
        "wrong-header-value",
    ),
    (
        'response["X-Ms"] = "long"',
        'app.trace.header("X-Ms", at_least=15, at_most=25)',
        "wrong-header-value",
    ),
    ("response.content = b'mine'", 'app.trace.content("")', "response-replaced"),
]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(("body", "claim", "name"), ANSWERS)
def test_what_an_answer_carries_is_claimed_and_named(
    host: str, body: str, claim: str, name: str
) -> None:
    verdict = verdict_on(STAMP.replace("BODY", body), STAMPED.replace("CLAIM", claim), host)
    assert verdict.misconception == name
    assert verdict.passed is (name == "")


ARRANGED = """
from autograder import arranged, call, check, onion

with check("order", points=1):
    app = onion(*arranged(call(middleware), Outer, Middle, Inner))
    app.get("/")
    app.trace.outside(Outer, Middle)
    app.trace.outside(Middle, Inner)
"""

LAYERS = """
class Outer:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

class Middle(Outer): pass
class Inner(Outer): pass

def middleware():
    return NAMES
"""

ORDERS = [
    ('["site.Outer", "site.Middle", "site.Inner"]', ""),
    ('["Outer", "Middle", "Inner"]', ""),
    ('["Inner", "Middle", "Outer"]', "inside-out"),
    ('["Middle", "Outer", "Inner"]', "wrong-order"),
    ('["Outer", "Inner"]', "layer-left-out"),
    ('["Outer", "Middle", "Inner", "Middle"]', "layer-listed-twice"),
    ("[Outer, Middle, Inner]", ""),
    ("None", "forgot-return"),
]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(("names", "name"), ORDERS)
def test_a_list_of_layers_is_built_in_the_order_in_which_it_is_written(
    host: str, names: str, name: str
) -> None:
    verdict = verdict_on(LAYERS.replace("NAMES", names), ARRANGED, host)
    assert verdict.misconception == name
    assert verdict.passed is ("site." in names or names == '["Outer", "Middle", "Inner"]')


def test_a_wrong_list_is_not_drawn_as_what_was_expected() -> None:
    wrong = verdict_on(LAYERS.replace("NAMES", '["Middle", "Outer", "Inner"]'), ARRANGED)
    assert wrong.actual is not None
    assert wrong.expected is None


def foretelling(walk: Walk) -> str:
    steps = [f"{who} {way}" for who, way in walk]
    return f"def walk(names, **does):\n    return {steps!r}\n"


FORETOLD = """
from autograder import check, predicts

with check("walk", points=1):
    predicts(walk, "Timing", "Log", "Session")
"""

SIMPLE = ["inside-out", "same-order-out", "one-at-a-time", "only-on-the-way-in"]


@pytest.mark.parametrize("name", [*SIMPLE, "only-on-the-way-out"])
def test_who_foretells_what_a_belief_foretells_is_told_its_name(name: str) -> None:
    walk = BELIEFS[name](scene("Timing", "Log", "Session"))
    verdict = verdict_on(foretelling(walk), FORETOLD)
    assert verdict.misconception == name
    assert verdict.called == "walk(['Timing', 'Log', 'Session'])"
    assert verdict.expected != verdict.actual


def test_who_foretells_what_happens_passes_and_a_walk_of_no_belief_has_no_name() -> None:
    walk = BELIEFS["view-runs-anyway"](scene("Timing", "Log", "Session"))  # here, the truth
    assert verdict_on(foretelling(walk), FORETOLD).passed
    odd = verdict_on(foretelling((*walk[:-1], ("Log", "<"))), FORETOLD)
    assert odd.outcome is Outcome.FAILED
    assert odd.misconception == ""
    without = verdict_on(foretelling(tuple(s for s in walk if s[0] != "view")), FORETOLD)
    assert without.misconception == "view-left-out"


def test_a_view_that_is_foretold_twice_was_not_called_twice() -> None:
    walk = BELIEFS["view-runs-anyway"](scene("Timing", "Log", "Session"))  # here, the truth
    twice = [step for step in walk for _ in range(1 + (step[0] == "view"))]
    assert verdict_on(foretelling(tuple(twice)), FORETOLD).misconception == ""


NO_STEPS = ["None", "[1, 2]", "'Timing >'", "['Timing in']", "{}", "object()"]


@pytest.mark.parametrize("answer", NO_STEPS)
def test_what_is_no_list_of_steps_fails_with_a_sentence(answer: str) -> None:
    verdict = verdict_on(f"def walk(names):\n    return {answer}\n", FORETOLD)
    assert verdict.outcome is Outcome.FAILED
    assert verdict.message


def test_a_stub_that_is_called_is_not_attempted() -> None:
    stub = "def walk(names):\n    raise NotImplementedError()\n"
    assert verdict_on(stub, FORETOLD).outcome is Outcome.NOT_ATTEMPTED


def test_every_belief_has_its_name_in_the_registry() -> None:
    assert set(BELIEFS) <= set(REGISTRY)


# -- hidden parts and exams ------------------------------------------------------------------

VISIBLE = """
import autograder

@autograder.check("walk", points=1, hidden=True EXAM)
def _check():
    autograder.predicts(walk, "Timing", "Log")
    HIDDEN
"""
WALK = """
def walk(names):
    return [f"{n} >" for n in [*names, "view"]] + [f"{n} <" for n in ["view", *names[::-1]]]
"""


def judged(answer: str, hidden: str, exam: str = "") -> Verdict:
    return verdict_on(answer, VISIBLE.replace("HIDDEN", hidden).replace("EXAM", exam))


def test_a_hidden_part_that_is_not_there_is_still_to_come() -> None:
    assert judged(WALK, "").pending
    assert judged(WALK, "").passed
    assert not judged(WALK, "autograder.hidden()").pending


def test_a_card_of_an_exam_neither_names_the_mistake_nor_helps() -> None:
    wrong = judged(WALK.replace("[::-1]", ""), "", ", exam=True")
    assert wrong.outcome is Outcome.FAILED
    assert wrong.message
    helped = judged("def walk(names):\n    return []\n", "")
    plain = in_an_exam(helped)
    assert (plain.misconception, plain.title, plain.explanation, plain.hint) == ("", "", "", "")
    card = judged(WALK, "", ", exam=True")._repr_mimebundle_()["text/plain"]
    assert "visible part passed, hidden part not yet known" in card
    assert "of 1 points" not in card
