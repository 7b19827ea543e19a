"""The registry of misconceptions: mistakes that people make, recognised by what they do.

A recogniser sees the evidence of one check: requests, claims, traces. It never sees source text.
Three rules keep a name true, for a wrong name costs more than none:

- A name explains the exchange that is told: the first, in the order in which they were asked, with
  a claim that does not hold, and of its claims the first. Who stops one path of two, and that one
  with the wrong status, hears of the status first. Only where every exchange is as it should be are
  a value, a list or the answer to a question told.
- What the evidence cannot tell apart gets a name only where its text is true of all of it.
- Of several names that fit, it is the first of the registry. Its rooms stand in the order in which
  one mistake makes the next look like one: a broken contract (what a layer returns, how often it
  calls on) can spoil everything, a wrong order the decisions, a decision what an answer carries.
  Within a room, what says more stands before what says less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from autograder.evidence import Evidence
from autograder.misconceptions import answers, beliefs, conditions, contract, order
from autograder.misconceptions.case import Case, Misconception, case_of, tokens

__all__ = ["REGISTRY", "Case", "Misconception", "diagnose", "fitting"]

_ROOMS = (contract, order, conditions, answers, beliefs)

REGISTRY: dict[str, Misconception] = {
    entry.name: entry for room in _ROOMS for entry in room.ENTRIES
}
"""Every misconception by its name, in the order in which they are tried."""


def diagnose(evidence: Evidence) -> Misconception | None:
    """The misconception that explains what is told, with its hint; None rather than a guess."""
    found = next(fitting(evidence), None)
    told, _ = evidence.first_broken() or (None, None)
    if found is None or told is None:
        return found
    gave = tokens(told)
    hints = (hint for key, hint in found.hints.items() if any(t in key.split() for t in gave))
    return replace(found, hint=next(hints, found.hint))


def fitting(evidence: Evidence) -> Iterator[Misconception]:
    """Every misconception that fits what is told, in the order of the registry."""
    told, _ = evidence.first_broken() or (None, None)
    if told is not None:
        case = case_of(evidence, told)
        yield from (entry for entry in REGISTRY.values() if entry.fits(case))
    elif evidence.believed:  # an option was chosen, and says itself what it follows from
        yield from [REGISTRY[evidence.believed]] if evidence.believed in REGISTRY else []
    else:
        yield from (entry for entry in REGISTRY.values() if entry.fits_unasked(evidence))
