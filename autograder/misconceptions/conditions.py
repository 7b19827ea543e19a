"""Mistakes in the decision which requests are answered, and when."""

from __future__ import annotations

from autograder.misconceptions.case import (
    Case,
    Misconception,
    all_of,
    answered_over,
    let_in,
    may_be_kept,
    refused,
    stopped,
    to_be_stopped,
    untouched,
)


def _acted_too_late(case: Case) -> bool:
    # Who lets nobody through untouched does not refuse late: it makes every answer anew.
    late = to_be_stopped(case.told) and answered_over(case.told)
    return late and any(map(untouched, case.through))


def _inverted(case: Case) -> bool:
    mine = case.told.through or to_be_stopped(case.told)
    return mine and all_of(case.stop, untouched) and all_of(case.through, stopped)


def _blocks_everything(case: Case) -> bool:
    mine = case.told.through and all_of(case.stop, stopped)
    return mine and all_of(case.through, refused)


def _answers_itself(case: Case) -> bool:
    answered = stopped(case.told) and not refused(case.told)
    return case.told.through and answered and not may_be_kept(case)


def _never_stops(case: Case) -> bool:
    return (
        to_be_stopped(case.told) and all_of(case.stop, untouched) and all_of(case.through, let_in)
    )


def _too_narrow(case: Case) -> bool:
    mine = to_be_stopped(case.told) and untouched(case.told) and any(map(stopped, case.stop))
    rest = all(stopped(x) or untouched(x) for x in case.stop)
    return mine and rest and all_of(case.through, let_in)


def _too_wide(case: Case) -> bool:
    # A layer that remembers on `self` that it has refused once, and goes on refusing, leaves the
    # same evidence as `"admin" in request.path`: the texts of this entry are true of both.
    mine = case.told.through and stopped(case.told) and not may_be_kept(case)
    return mine and any(map(let_in, case.through)) and all_of(case.stop, stopped)


def _stops_others(case: Case) -> bool:
    closed = case.told.through and stopped(case.told) and not may_be_kept(case)
    mine = closed or to_be_stopped(case.told)
    return mine and all_of(case.stop, untouched) and any(map(stopped, case.through))


def _wrong_status(case: Case) -> bool:
    mine = to_be_stopped(case.told) and stopped(case.told) and not case.told.as_wanted
    return mine and all(map(let_in, case.through))


ENTRIES = (
    Misconception(
        "short-circuit-too-late",
        "Your layer answers, but the view had already run",
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
        "condition-too-wide",
        "Some of what should pass is stopped",
        "Your layer stops more than the rule names: a request that it does not mean is answered "
        "before the view.",
        "Follow this request through your conditions: which of them stops it? They may ask only "
        "what the rule asks, and only about this request: what is left on `self` outlives it.",
        _too_wide,
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
        "Does the condition ever come true, and does its branch return a response of your own?",
        _never_stops,
    ),
    Misconception(
        "condition-too-narrow",
        "Some of what should be stopped slips through",
        "One request is stopped, and another that belongs to the same rule is not. "
        "A rule is tried on more than one request: at its edges, and a step beyond them.",
        "What do this request and the one that was stopped share? Ask for that, and no more.",
        _too_narrow,
    ),
    Misconception(
        "stops-the-wrong-ones",
        "The wrong requests are stopped",
        "What should be stopped goes through, and something that should pass is stopped. The "
        "condition asks for something else than the rule does.",
        "Read your `if` aloud, letter by letter, with this request in it, and then with one that "
        "should take the other way.",
        _stops_others,
    ),
    Misconception(
        "wrong-status",
        "Stopped, but with the wrong status",
        "The view is spared, as it should be, but the answer says something else than was asked. "
        "Programs read the status, not the text.",
        "Which response class, exception or status= stands for the status that was asked?",
        _wrong_status,
    ),
)
