"""The registry of misconceptions: mistakes that people make, recognised by what they do.

A recogniser sees the evidence of one check: requests, claims, traces. It never sees source text.
Three rules keep a name true, for a wrong name costs more than none:

- A name explains the exchange that is told, whose claim is the first that does not hold. Who stops
  one path of two, and that one with the wrong status, hears of the status first.
- What the evidence cannot tell apart gets a name only where its text is true of all of it.
- Of several names, it is the first. A broken contract (what a layer returns, how often it calls
  on) stands before a wrong condition, for it makes every condition look wrong.
"""

from __future__ import annotations

from dataclasses import replace

from autograder.evidence import Evidence
from autograder.misconceptions import answers, beliefs, conditions, contract, order
from autograder.misconceptions.case import Case, Misconception, case_of, tokens

__all__ = ["REGISTRY", "Case", "Misconception", "diagnose"]

_ROOMS = (contract, order, conditions, answers, beliefs)

REGISTRY: dict[str, Misconception] = {
    entry.name: entry for room in _ROOMS for entry in room.ENTRIES
}
"""Every misconception by its name, in the order in which they are tried."""


def diagnose(evidence: Evidence) -> Misconception | None:
    """The misconception that explains what is told, with its hint; None rather than a guess."""
    if evidence.believed:
        return REGISTRY.get(evidence.believed)
    told, _ = evidence.first_broken() or (None, None)
    if told is None:
        return next((m for m in REGISTRY.values() if m.unasked(evidence)), None)
    case = case_of(evidence, told)
    found = next((m for m in REGISTRY.values() if m.recognise(case)), None)
    if found is None:
        return None
    gave = tokens(told)
    hints = (hint for key, hint in found.hints.items() if any(t in key.split() for t in gave))
    return replace(found, hint=next(hints, found.hint))
