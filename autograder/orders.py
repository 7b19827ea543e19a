"""Orders that a student writes down: of layers in a list, of a walk that is foretold."""

from __future__ import annotations

import re
from typing import Any

from autograder.evidence import Claim, ClaimBroken, Exchange
from autograder.model import Event, Scenario, Trace, Walk
from autograder.plans import called
from autograder.questions import call, claim
from autograder.scripted import play, scene
from autograder.session import session

_STEP = re.compile(r"(?P<who>.+) (?P<way>[<>])")


class NotInOrder(ClaimBroken):
    """What should be a list of layers is none; the claim that says so is in the evidence."""


def arranged(names: Any, *layers: Any) -> list[Any]:
    """These layers in the order of these names: each must be named once, and nobody else.

    `names` is what a student's function returned. A name may be dotted, as in a setting: what
    counts is its end. Raises NotInOrder where it is no such list.
    """
    known = {called(layer): layer for layer in layers}
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        claim(False, "a list of names", f"it is {names!r}")
        raise NotInOrder("a list of names was expected")
    given = tuple(name.rpartition(".")[2] for name in names)
    evidence = session().evidence
    if evidence is not None:
        evidence.arranged = given, tuple(known)
    if sorted(given) != sorted(known):
        claim(
            False, f"each of {', '.join(known)} once", f"the list is {', '.join(given) or 'empty'}"
        )
        raise NotInOrder(f"the list is {', '.join(given) or 'empty'}")
    return [known[name] for name in given]


def predicts(function: Any, *layers: str, **does: str) -> None:
    """Claim that a student's function foretells who is entered and left in a stack.

    It is called with the list of these names, outermost first, and is to return steps such as
    `"Timing >"` and `"Timing <"`, those of the view, which is called `view`, among them. What
    really happens is found by asking a real onion. `does` says what a layer does other than pass
    on, in the words of `autograder.scripted`, and is then handed over as well.
    """
    scenario = scene(*layers, **does)
    arguments = [list(layers), *([does] if does else [])]
    foretold = call(function, *arguments)
    seen = play(scenario)
    wanted, asked = _told(seen.walk), f"{called(function)}({', '.join(map(repr, arguments))})"
    steps = _steps(foretold)
    if steps is None:
        claim(False, f"a list of steps such as {wanted}", f"{asked} is {foretold!r}")
        return
    exchange = _exchange(scenario, seen, steps, asked)
    held, told = exchange.trace.walk == seen.walk, _told(steps) or "nothing"
    exchange.claims.append(Claim(held, wanted, told))
    evidence = session().evidence
    if evidence is not None:
        evidence.exchanges.append(exchange)
    elif not held:
        raise ClaimBroken(f"{asked}: expected {wanted}; {told}")


def _exchange(scenario: Scenario, seen: Trace, steps: Walk, asked: str) -> Exchange:
    """What was foretold, as if it had been seen; what came out of whom is taken from the truth."""
    came = {event.who: event.token for event in seen.events if not event.entered}
    exchange = Exchange(scenario, seen.request, foreseen=seen, called=asked, status=seen.status)
    exchange.events = [
        Event(who, way, "" if way == ">" else came.get(who, "200")) for who, way in steps
    ]
    return exchange


def _steps(foretold: Any) -> Walk | None:
    """The steps that a list of texts says; None where it says none."""
    if not isinstance(foretold, list | tuple) or not all(isinstance(s, str) for s in foretold):
        return None
    found = [_STEP.fullmatch(step.strip()) for step in foretold]
    steps = tuple((step["who"], step["way"]) for step in found if step)
    return steps if len(steps) == len(found) else None


def _told(walk: Walk) -> str:
    return ", ".join(f"{who} {way}" for who, way in walk)
