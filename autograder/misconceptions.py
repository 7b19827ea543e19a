"""The registry of misconceptions: mistakes that people make, recognised by what they do.

A recogniser sees the evidence of one check: requests, claims, traces. It never sees source text.
The first entry that recognises the evidence gives the failure its name, so the order of the
registry is the rule for evidence that fits two: a broken contract (what a layer returns, how often
it calls on) stands before a wrong condition, for it makes every condition look wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from autograder.evidence import Evidence, Exchange


@dataclass(frozen=True, slots=True)
class Misconception:
    """A mistake with a name.

    `title` says it in a few words, `explanation` in two sentences, `hint` what to look at;
    `recognise` says whether evidence shows it.
    """

    name: str
    title: str
    explanation: str
    hint: str
    recognise: Callable[[Evidence], bool]


def diagnose(evidence: Evidence) -> Misconception | None:
    """The misconception that explains the evidence; None rather than a guess."""
    return next((m for m in REGISTRY.values() if m.recognise(evidence)), None)


def _tokens(exchange: Exchange) -> list[str]:
    """What the student's layers gave back, in order."""
    return [
        event.token
        for event in exchange.events
        if event.who in exchange.students and not event.hook and not event.entered
    ]


def _returned_none(evidence: Evidence) -> bool:
    return any("None" in _tokens(x) for x in evidence.exchanges)


def _returned_something_else(evidence: Evidence) -> bool:
    tokens = (token for x in evidence.exchanges for token in _tokens(x))
    return any(t != "None" and not t.startswith("!") and not t.strip("*").isdigit() for t in tokens)


def _view_ran_twice(evidence: Evidence) -> bool:
    return any(x.view_ran > 1 for x in evidence.exchanges)


def _wanted(evidence: Evidence) -> tuple[list[Exchange], list[Exchange]]:
    """The exchanges that should be stopped, and those that should go through."""
    stop = [x for x in evidence.exchanges if x.blocks]
    through = [x for x in evidence.exchanges if x.through]
    return stop, through


def _all(exchanges: Iterable[Exchange], holds: Callable[[Exchange], bool]) -> bool:
    """Whether it holds for all of them, and there are some."""
    found = [holds(x) for x in exchanges]
    return bool(found) and all(found)


def _stopped(exchange: Exchange) -> bool:
    """Whether it was answered before the view, and by decision: not by falling over."""
    fell = exchange.status == 500 and any(token.startswith("!") for token in _tokens(exchange))
    return exchange.view_ran == 0 and exchange.status is not None and not fell


def _let_in(exchange: Exchange) -> bool:
    return exchange.view_ran == 1


def _as_wanted(exchange: Exchange) -> bool:
    return exchange.status == exchange.wanted_status


def _acted_too_late(evidence: Evidence) -> bool:
    stop, through = _wanted(evidence)
    return _all(stop, lambda x: _let_in(x) and _as_wanted(x)) and _all(through, _let_in)


def _inverted(evidence: Evidence) -> bool:
    stop, through = _wanted(evidence)
    return _all(stop, _let_in) and _all(through, _stopped)


def _blocks_everything(evidence: Evidence) -> bool:
    stop, through = _wanted(evidence)
    refusals = {x.wanted_status for x in stop}
    return _all(stop, _stopped) and _all(through, lambda x: _stopped(x) and x.status in refusals)


def _answers_itself(evidence: Evidence) -> bool:
    stop, through = _wanted(evidence)
    refusals = {x.wanted_status for x in stop}
    own = _all(through, lambda x: _stopped(x) and x.status not in refusals)
    return own and all(_stopped(x) for x in stop)


def _never_stops(evidence: Evidence) -> bool:
    stop, through = _wanted(evidence)
    return _all(stop, lambda x: _let_in(x) and not _as_wanted(x)) and _all(through, _let_in)


def _too_narrow(evidence: Evidence) -> bool:
    stop, through = _wanted(evidence)
    some = any(map(_stopped, stop)) and any(map(_let_in, stop))
    return some and all(_stopped(x) or _let_in(x) for x in stop) and _all(through, _let_in)


def _too_wide(evidence: Evidence) -> bool:
    stop, through = _wanted(evidence)
    some = any(map(_stopped, through)) and any(map(_let_in, through))
    return some and _all(stop, _stopped)


def _wrong_status(evidence: Evidence) -> bool:
    stop, through = _wanted(evidence)
    other = _all(stop, lambda x: _stopped(x) and not _as_wanted(x))
    return other and all(_let_in(x) for x in through)


_ENTRIES = (
    Misconception(
        "not-a-response",
        "That is not a response",
        "A layer must give the layer outside it an HttpResponse. Text, a number or a dict has no "
        "status and no headers, and the first one to ask for them fails.",
        "What exactly stands after `return`? Wrap it: HttpResponse(...).",
        _returned_something_else,
    ),
    Misconception(
        "forgot-return",
        "A response that was made and not returned",
        "Python returns None where a function ends without `return`. The layer outside is then "
        "handed None instead of a response.",
        "Follow each way out of your function: does every one of them end in `return`?",
        _returned_none,
    ),
    Misconception(
        "called-next-twice",
        "The inside of the onion ran twice",
        "Each call of get_response sends the request through every layer further in, and through "
        "the view. A second call does it all again: two orders, two payments, two mails.",
        "Call get_response once, keep what it gives in a variable, and return that.",
        _view_ran_twice,
    ),
    Misconception(
        "short-circuit-too-late",
        "The answer is right, but the view had already run",
        "Whatever stands before the call of get_response happens on the way in, whatever stands "
        "after it on the way out. A refusal on the way out comes after the harm is done.",
        "Decide before you call get_response, and return without calling it.",
        _acted_too_late,
    ),
    Misconception(
        "condition-inverted",
        "The right two branches, the wrong way round",
        "What should be stopped goes through, and what should go through is stopped.",
        "Read your `if` aloud, with one of the paths above in it.",
        _inverted,
    ),
    Misconception(
        "blocks-everything",
        "Nobody gets in",
        "Requests that should pass are refused as well. A layer that never calls get_response "
        "closes the whole site.",
        "On which condition does your layer call get_response, and is it ever met?",
        _blocks_everything,
    ),
    Misconception(
        "never-called-next",
        "The layer answers for the view",
        "A request that should pass is answered by the layer itself, and the view never runs. "
        "What the layer cannot answer it has to hand on, by calling get_response.",
        "Where a request is not yours to answer, return self.get_response(request).",
        _answers_itself,
    ),
    Misconception(
        "never-short-circuits",
        "Nothing is ever stopped",
        "Every request reaches the view, also those that should have been answered before it. "
        "A response that is only built stops nothing: it has to be returned.",
        "Does the condition ever come true, and does its branch return?",
        _never_stops,
    ),
    Misconception(
        "condition-too-narrow",
        "Some of what should be stopped slips through",
        "One path is stopped, and others that belong to the same rule are not. "
        "A whole section of a site is everything that begins with its path.",
        "Compare the path that was stopped with the one that was not: what do they share?",
        _too_narrow,
    ),
    Misconception(
        "condition-too-wide",
        "Some of what should pass is stopped",
        "The condition also holds for paths that only look alike. Somebody outside the rule is "
        "turned away.",
        "Where in the path must the forbidden part stand, and where does it end?",
        _too_wide,
    ),
    Misconception(
        "wrong-status",
        "Stopped, but with the wrong status",
        "The view is spared, as it should be, but the answer says something else than was asked. "
        "Programs read the status, not the text.",
        "Which response class stands for this status, or which status= do you pass?",
        _wrong_status,
    ),
)

REGISTRY: dict[str, Misconception] = {entry.name: entry for entry in _ENTRIES}
"""Every misconception by its name, in the order in which they are tried."""
