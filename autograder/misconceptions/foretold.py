"""What a walk that a student's function foretold shows of what its writer believes."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable

from autograder.beliefs import BELIEFS
from autograder.evidence import Exchange
from autograder.misconceptions.case import Case
from autograder.model import Scenario, Walk


def foretold(name: str) -> Callable[[Case], bool]:
    """Whether what was foretold is what somebody with this belief foretells, and nobody else."""
    return lambda case: _beliefs(case) == [name]


def _beliefs(case: Case) -> list[str]:
    """The beliefs that foretell what is told; of several, those that foretell all the rest too."""
    if case.told.foreseen is None or case.told.trace.walk == case.told.foreseen.walk:
        return []
    found = [name for name in BELIEFS if _foretells(name, case.told)]
    if len(found) < 2:
        return found
    rest = [exchange for exchange in case.asked if exchange.foreseen]
    return [name for name in found if all(_foretells(name, exchange) for exchange in rest)]


def _foretells(name: str, exchange: Exchange) -> bool:
    scenario = json.dumps(exchange.scenario.to_json())
    return _walk(name, scenario) == exchange.trace.walk


@functools.lru_cache(maxsize=1024)
def _walk(belief: str, scenario: str) -> Walk:
    """What a belief foretells: it plays the scenario, and is asked of it by entry after entry."""
    return BELIEFS[belief](Scenario.from_json(json.loads(scenario)))


def left_as_entered(case: Case) -> bool:
    """Whether everybody, the view among them, is foretold to leave in the order of entering."""
    if case.told.foreseen is None:
        return False
    walk, true = case.told.trace.walk, case.told.foreseen.walk
    entered = [who for who, way in true if way == ">"]
    return len(entered) > 1 and walk == tuple((who, way) for way in "><" for who in entered)


def without_the_view(case: Case) -> bool:
    """Whether the true walk is foretold, but for the view, which stands in no other walk either."""
    foreseen, view = case.told.foreseen, case.told.scenario.view
    if foreseen is None or not foreseen.reached(view):
        return False
    walks = [exchange.trace.walk for exchange in case.asked if exchange.foreseen]
    mentioned = any(who == view for walk in walks for who, _ in walk)
    true = tuple(step for step in foreseen.walk if step[0] != view)
    return case.told.trace.walk == true and not mentioned
