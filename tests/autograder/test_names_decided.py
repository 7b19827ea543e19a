"""Which name a failure gets where several fit, and where none may be given."""

from __future__ import annotations

from pathlib import Path

import pytest

import autograder
from autograder.misconceptions import REGISTRY, answers, beliefs, conditions, contract, order
from autograder.seal import seal
from tests.autograder.recognised.made import LAYER, THREE
from tests.autograder.recognised.naming import told
from tests.autograder.recognised.row import but
from tests.autograder.test_recognisers import CASES

ROOMS = (contract, order, conditions, answers, beliefs)


def room_of(name: str) -> int:
    return next(n for n, room in enumerate(ROOMS) if name in {e.name for e in room.ENTRIES})


# -- two mistakes in one answer ------------------------------------------------------------------

UNUSED = "from minidjango.core.exceptions import MiddlewareNotUsed\n" + but(
    THREE,
    "class Middle(Outer): pass",
    "class Middle(Outer):\n    def __init__(self, _):\n        raise MiddlewareNotUsed",
)
SHUT = """
vault = returns("the vault")
app = onion(Layer, Inner, view=vault)
app.get(fresh("/{}/"))
app.get("/admin/", status=403)
app.trace.never_reached(vault)
"""
LATE = (
    LAYER
    + """
        response = self.get_response(request)
        return HttpResponseForbidden() if blocked else response
"""
)
ABSENT = "class Inner:\n    def __init__(self, _):\n        raise MiddlewareNotUsed\n"
PASSED = LAYER + "        return self.get_response(request)\n"
ARRANGED = """
app = onion(*arranged(call(middleware), Outer, Middle, Inner))
app.get("/")
app.trace.outside(Outer, Inner)
"""
BOTH_LATE = (
    LATE
    + """
class Inner:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

def middleware():
    return ["Inner", "Layer"]
"""
)
LATE_AND_WRONG = """
vault = returns("the vault")
app = onion(*arranged(call(middleware), Layer, Inner), view=vault)
app.get(fresh("/{}/"))
app.get("/admin/", status=403)
app.trace.outside(Layer, Inner)
app.trace.never_reached(vault)
"""
STAMPED = """
vault = returns("the vault")
app = onion(Layer, view=vault)
app.get(fresh("/{}/"))
app.get("/admin/", status=403)
app.trace.header("X-Why", "closed")
app.trace.never_reached(vault)
"""
STAMPED_PAIR = """
app = onion(Layer, Inner)
app.get(fresh("/{}/"))
app.trace.header("X-Kind", "tea")
"""
INNERMOST = 'predicts(walk, "Outer", "Wall", Wall="calls on, then answers 403")\n'
WALKS = 'def walk(names, does):\n    return ["Outer >", "Wall >", "Wall <", "Outer <"]\n'

PAIRS = {
    "contract, order": (
        but(UNUSED, '["Outer", "Middle", "Inner"]', '["Inner", "Outer", "Middle"]'),
        ARRANGED,
        ("layer-never-entered", "wrong-order"),
    ),
    "contract, conditions": (
        PASSED + ABSENT,
        SHUT,
        ("layer-never-entered", "never-short-circuits"),
    ),
    "contract, answers": (PASSED + ABSENT, STAMPED_PAIR, ("layer-never-entered", "header-missing")),
    "order, conditions": (BOTH_LATE, LATE_AND_WRONG, ("wrong-order", "short-circuit-too-late")),
    "order, beliefs": (WALKS, INNERMOST, ("view-left-out", "late-is-in-time")),
    "conditions, answers": (LATE, STAMPED, ("short-circuit-too-late", "header-missing")),
}
"""Answers that make a mistake of each of two rooms, where both can be seen in one exchange."""


@pytest.mark.parametrize("rooms", PAIRS)
def test_of_two_mistakes_in_one_exchange_the_room_that_stands_first_names_it(rooms: str) -> None:
    answer, check, names = PAIRS[rooms]
    found = told(answer, check)
    assert set(names) <= set(found.fit), found.message
    assert room_of(names[0]) < room_of(names[1])
    assert found.name == names[0]


BARE_STAMP = """
app = onion(*arranged(call(middleware), Layer, Inner))
app.get("/")
CLAIMS
"""
CLAIMS = ("app.trace.outside(Layer, Inner)\n", 'app.trace.header("X-Kind", "tea")\n')


def test_of_an_order_and_a_header_the_claim_that_comes_first_is_told_and_named() -> None:
    both_wrong = BOTH_LATE.replace("if blocked", "if False")
    for claims, name in ((CLAIMS, "wrong-order"), (CLAIMS[::-1], "header-missing")):
        found = told(both_wrong, BARE_STAMP.replace("CLAIMS", "".join(claims)))
        assert (found.name, found.fit) == (name, [name])


MIXED = '"Middle", "Inner", "Outer"'
QUIZ = seal("a", {"a": "So it is.", "b": "No."}, {"b": "values-add-up"})
SEEN = {
    "contract": (SHUT, LAYER + "        self.get_response(request)\n", "forgot-return"),
    "order": (ARRANGED, but(THREE, '"Outer", "Middle", "Inner"', MIXED), "wrong-order"),
    "conditions": (SHUT, PASSED, "never-short-circuits"),
    "answers": (STAMPED_PAIR, PASSED, "header-missing"),
}


@pytest.mark.parametrize("room", SEEN)
def test_what_was_seen_is_named_before_what_somebody_said(room: str) -> None:
    check, answer, name = SEEN[room]
    if "Inner" not in answer:
        answer += "\nclass Inner(Layer):\n    def __call__(self, request):\n"
        answer += "        return self.get_response(request)\n"
    answer += "\ndef choice():\n    return 'b'\n"
    question = f"quiz(choice, {QUIZ!r})\n"
    for claims in (question + check, check + question):
        assert told(answer, claims).name == name
    assert told(answer, question).name == "values-add-up"


def test_the_first_that_fits_is_given_in_whatever_order_they_are_asked() -> None:
    place = {name: number for number, name in enumerate(REGISTRY)}
    several = 0
    for case in CASES:
        found = told(case.answer, case.check)
        assert found.fit == sorted(found.fit, key=place.__getitem__), case.title
        assert found.name == (found.fit or [found.name])[0], case.title
        several += len(found.fit) > 1
    assert several > 10


# -- what cannot be told apart -------------------------------------------------------------------

INNERMOST_ONLY = 'def walk(names, does):\n    return ["Wall >", "Wall <"]\n'
BEHIND = 'predicts(walk, "Outer", "Wall", Wall="answers 403")\n'
IN_FRONT = 'predicts(walk, "Wall", "Inner", Wall="answers 403")\n'


def test_a_walk_that_two_beliefs_foretell_has_no_name_until_another_tells_them_apart() -> None:
    one_walk = told(INNERMOST_ONLY, BEHIND)
    assert (one_walk.name, one_walk.fit) == ("failed", [])
    assert told(INNERMOST_ONLY, BEHIND + IN_FRONT).name == "only-who-answers"


def test_the_rule_stands_in_the_readme_with_the_rooms_in_their_order() -> None:
    text = (Path(autograder.__file__).parent / "README.md").read_text(encoding="utf-8")
    section = text[text.index("## Misconceptions") :]
    places = [section.index(f"`{room.__name__.rpartition('.')[2]}`") for room in ROOMS]
    assert places == sorted(places)
    assert [name for room in ROOMS for name in (e.name for e in room.ENTRIES)] == list(REGISTRY)
