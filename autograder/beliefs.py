"""What people believe about the way of a request, and what each belief would foretell.

A belief is a wrong model of the onion. Each function takes a scenario and returns the walk that
somebody who holds the belief expects; where the belief makes no difference, that is the true one.
The wrong options of a predict-the-order question are made by them, and a foretold walk that is
wrong is recognised by them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from autograder.model import Scenario, Walk
from autograder.scripted import TWICE, play

ANSWERS = "answers "
"""How the words begin in which a layer answers itself."""

Belief = Callable[[Scenario], Walk]


def true(scenario: Scenario) -> Walk:
    """What really happens."""
    return play(scenario).walk


def inside_out(scenario: Scenario) -> Walk:
    """The first layer of the list stands next to the view, and the last one outermost."""
    return true(replace(scenario, layers=scenario.layers[::-1]))


def same_order_out(scenario: Scenario) -> Walk:
    """The layers are left in the order in which they were entered."""
    walk = true(scenario)
    left = [who for who, way in walk if way == "<"]
    centre = left[:1] if left[:1] == [scenario.view] else []
    others = [who for who in left if who not in centre]
    return (*_in(walk), *_all("<", centre), *_all("<", others[::-1]))


def one_at_a_time(scenario: Scenario) -> Walk:
    """The layers stand in a row: each is left before the next is entered."""
    return tuple((who, way) for who, _ in _in(true(scenario)) for way in "><")


def only_on_the_way_in(scenario: Scenario) -> Walk:
    """Layers see requests, and the answer goes from where it is made straight to the visitor."""
    walk = true(scenario)
    made_it = next(who for who, way in walk if way == "<")
    return (*_in(walk), (made_it, "<"))


def only_on_the_way_out(scenario: Scenario) -> Walk:
    """The view comes first, and its answer then goes through the layers."""
    layers, view = scenario.layers, scenario.view
    return ((view, ">"), (view, "<"), *((who, way) for who in layers[::-1] for way in "><"))


def view_runs_anyway(scenario: Scenario) -> Walk:
    """A layer that answers only puts its answer in the place of the view's, which still runs."""
    kept = {who: does for who, does in scenario.does.items() if not does.startswith(ANSWERS)}
    return true(replace(scenario, does=kept))


def everyone_is_left(scenario: Scenario) -> Walk:
    """The answer of a layer goes through the layers inside it as well, on its way out."""
    walk = true(scenario)
    entered = [who for who, _ in _in(walk)]
    if scenario.view in entered:
        return walk
    return (*_in(walk), *_all("<", scenario.layers[::-1]))


def only_who_answers(scenario: Scenario) -> Walk:
    """The framework goes straight to the layer that answers, past those that stand outside it."""
    walk = true(scenario)
    made_it = next(who for who, way in walk if way == "<")
    return walk if made_it == scenario.view else ((made_it, ">"), (made_it, "<"))


def twice_is_once(scenario: Scenario) -> Walk:
    """A second call of get_response gives the answer of the first again."""
    kept = {who: does for who, does in scenario.does.items() if does != TWICE}
    return true(replace(scenario, does=kept))


def late_is_in_time(scenario: Scenario) -> Walk:
    """Who answers after calling on has still kept the request from the view."""
    return true(_changed(scenario, "calls on, then ", ""))


def answers_always(scenario: Scenario) -> Walk:
    """A layer that can answer does so, whatever it is asked."""
    return true(_changed(scenario, " to /.*", ""))


def passes_always(scenario: Scenario) -> Walk:
    """A path is compared whole: what only begins with it is not meant."""
    path = scenario.requests[0].path
    kept = {
        who: does
        for who, does in scenario.does.items()
        if not does.startswith(ANSWERS) or does.partition(" to ")[2] in ("", path)
    }
    return true(replace(scenario, does=kept))


BELIEFS: dict[str, Belief] = {
    belief.__name__.replace("_", "-"): belief
    for belief in (
        inside_out,
        same_order_out,
        one_at_a_time,
        only_on_the_way_in,
        only_on_the_way_out,
        view_runs_anyway,
        everyone_is_left,
        only_who_answers,
        twice_is_once,
        late_is_in_time,
        answers_always,
        passes_always,
    )
}
"""Every belief that foretells something, by its name."""


def _in(walk: Walk) -> Walk:
    return tuple(step for step in walk if step[1] == ">")


def _all(way: str, whos: list[str] | tuple[str, ...]) -> Walk:
    return tuple((who, way) for who in whos)


def _changed(scenario: Scenario, pattern: str, by: str) -> Scenario:
    does = {who: re.sub(pattern, by, words) for who, words in scenario.does.items()}
    return replace(scenario, does=does)
