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

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import takewhile

from autograder.evidence import Evidence, Exchange


@dataclass(frozen=True, slots=True)
class Case:
    """Evidence as a recogniser looks at it.

    `told` is the exchange that the card tells, of all that were `asked`, in order; `stop` are
    those that the student's layers should stop, `through` those that should go through.
    """

    told: Exchange
    asked: list[Exchange]
    stop: list[Exchange]
    through: list[Exchange]


@dataclass(frozen=True, slots=True)
class Misconception:
    """A mistake with a name.

    `title` says it in a few words, `explanation` in two sentences, `hint` what to look at;
    `recognise` says whether a case shows it. `hints` stand in for `hint` where a layer gave back
    something of a type that is among the key's words.
    """

    name: str
    title: str
    explanation: str
    hint: str
    recognise: Callable[[Case], bool]
    hints: dict[str, str] = field(default_factory=dict)


def diagnose(evidence: Evidence) -> Misconception | None:
    """The misconception that explains what is told, with its hint; None rather than a guess."""
    told, _ = evidence.first_broken() or (None, None)
    if told is None:
        return None
    asked = evidence.exchanges
    stop, through = filter(_to_be_stopped, asked), (x for x in asked if x.through)
    case = Case(told, asked, list(stop), list(through))
    found = next((m for m in REGISTRY.values() if m.recognise(case)), None)
    if found is None:
        return None
    gave = _tokens(told)
    hints = (hint for key, hint in found.hints.items() if any(t in key.split() for t in gave))
    return replace(found, hint=next(hints, found.hint))


def _tokens(exchange: Exchange) -> list[str]:
    """What the student's layers gave back."""
    return [token for who in exchange.students for token in exchange.trace.left(who)]


def _to_be_stopped(exchange: Exchange) -> bool:
    """Whether the student's layers must answer: nobody else in the stack could do it for them."""
    return exchange.blocks and len(exchange.students) == len(exchange.scenario.layers)


def _stopped(exchange: Exchange) -> bool:
    """Whether it was answered before the view, and by decision: a 500 looks like falling over."""
    return exchange.view_ran == 0 and exchange.status not in (None, 500)


def _refused(exchange: Exchange) -> bool:
    return _stopped(exchange) and (exchange.status or 0) >= 300


def _let_in(exchange: Exchange) -> bool:
    return exchange.view_ran == 1


def _untouched(exchange: Exchange) -> bool:
    """Whether the view ran once, and what it answered is what came out."""
    return _let_in(exchange) and exchange.came_back and not exchange.altered


def _answered_over(exchange: Exchange) -> bool:
    """Whether the view ran and answered, and what came out is a layer's decision."""
    answered = _let_in(exchange) and exchange.view_status is not None
    return answered and not _untouched(exchange) and exchange.status not in (None, 500)


def _ran_in_a_hook(exchange: Exchange) -> bool:
    """Whether the view was entered while a hook of one of the student's layers was running."""
    inside = 0
    for event in exchange.events:
        if event.hook and event.who in exchange.students:
            inside += 1 if event.entered else -1
        elif event.who == exchange.scenario.view and event.entered and inside:
            return True
    return False


def _all(exchanges: list[Exchange], holds: Callable[[Exchange], bool]) -> bool:
    """Whether it holds for all of them, and there are some."""
    return bool(exchanges) and all(map(holds, exchanges))


def _may_be_kept(case: Case) -> bool:
    """Whether what came without the view may be an answer of the view's from an earlier time."""
    before = takewhile(lambda exchange: exchange is not case.told, case.asked)
    return case.told.status in {exchange.view_status for exchange in before}


def _returned_something_else(case: Case) -> bool:
    """A token says so that is no status, no `!Type` raised, and not the None of its own entry."""
    gave = {token.rstrip("*") for token in _tokens(case.told)} - {"None"}
    return any(not token.startswith("!") and not token.isdigit() for token in gave)


def _view_ran_twice(case: Case) -> bool:
    return case.told.view_ran > 1 and not _ran_in_a_hook(case.told)


def _never_entered(case: Case) -> bool:
    """Whether the view ran, and one of the layers round it was not entered in any exchange."""
    entered = {event.who for exchange in case.asked for event in exchange.events}
    missing = set(case.told.students) - case.told.unreached - entered
    return bool(missing) and case.told.view_ran > 0


def _acted_too_late(case: Case) -> bool:
    # Who lets nobody through untouched does not refuse late: it makes every answer anew.
    late = _to_be_stopped(case.told) and _answered_over(case.told)
    return late and any(map(_untouched, case.through))


def _inverted(case: Case) -> bool:
    mine = case.told.through or _to_be_stopped(case.told)
    return mine and _all(case.stop, _untouched) and _all(case.through, _stopped)


def _blocks_everything(case: Case) -> bool:
    mine = case.told.through and _all(case.stop, _stopped)
    return mine and _all(case.through, _refused)


def _answers_itself(case: Case) -> bool:
    answered = _stopped(case.told) and not _refused(case.told)
    return case.told.through and answered and not _may_be_kept(case)


def _never_stops(case: Case) -> bool:
    return _to_be_stopped(case.told) and _all(case.stop, _untouched) and _all(case.through, _let_in)


def _too_narrow(case: Case) -> bool:
    mine = _to_be_stopped(case.told) and _untouched(case.told) and any(map(_stopped, case.stop))
    rest = all(_stopped(x) or _untouched(x) for x in case.stop)
    return mine and rest and _all(case.through, _let_in)


def _too_wide(case: Case) -> bool:
    # A layer that remembers on `self` that it has refused once, and goes on refusing, leaves the
    # same evidence as `"admin" in request.path`: the texts of this entry are true of both.
    mine = case.told.through and _refused(case.told) and not _may_be_kept(case)
    return mine and any(map(_let_in, case.through)) and _all(case.stop, _stopped)


def _wrong_status(case: Case) -> bool:
    mine = _to_be_stopped(case.told) and _stopped(case.told) and not case.told.as_wanted
    return mine and all(map(_let_in, case.through))


_INSTEAD_OF_A_RESPONSE = {
    "type": "That is a class itself. Brackets behind the name of a response's class make a "
    "response; an exception's class is raised, not returned.",
    "coroutine": "What is defined with `async def` gives a coroutine when it is called, and "
    "nobody awaits it here. Say `def`.",
    "function method": "That is a function itself, not what it gives: call it, with the request "
    "in brackets.",
    "PermissionDenied Http404 BadRequest SuspiciousOperation": "An exception does its work when "
    "it is raised: say `raise` where it says `return`.",
    "generator async_generator": "A generator is what `yield` makes of a function: say `return` "
    "where it says `yield`.",
    "WSGIRequest": "That is the request: hand it to get_response, and return what comes back.",
}

_ENTRIES = (
    Misconception(
        "not-a-response",
        "That is not a response",
        "A layer must give the layer outside it an HttpResponse. Nothing else, be it a text, a "
        "number, a class or a function, can be sent as an answer.",
        "What stands after `return`? It must be a response: your own, or get_response's.",
        _returned_something_else,
        _INSTEAD_OF_A_RESPONSE,
    ),
    Misconception(
        "forgot-return",
        "Nothing was returned",
        "Python returns None where a function ends without `return`, or with nothing behind it. "
        "The layer outside is then handed None instead of a response.",
        "Does every way out of your function end in `return`, with a response behind it?",
        lambda case: "None" in _tokens(case.told),
    ),
    Misconception(
        "called-next-twice",
        "The inside of the onion ran twice",
        "Each call of get_response sends the request through every layer further in, and through "
        "the view. A second call does it all again: two orders, two payments, two mails.",
        "Call get_response once, and keep what it gives. MiddlewareMixin does that for you.",
        _view_ran_twice,
    ),
    Misconception(
        "layer-never-entered",
        "Your layer is not in the onion",
        "The view ran, and your layer was not entered at all: it was left out when the onion was "
        "built. That is what a layer asks for by raising MiddlewareNotUsed.",
        "What is raised while your layer is built, in `__init__` or in its factory?",
        _never_entered,
    ),
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
        "A whole section of a site is everything that begins with its path.",
        "What do this request and the one that was stopped share? Ask for that, and no more.",
        _too_narrow,
    ),
    Misconception(
        "condition-too-wide",
        "Some of what should pass is stopped",
        "Your layer stops more than the rule names: somebody whom it does not mean is turned away.",
        "Follow this request through your conditions: which of them stops it? They may ask only "
        "what the rule asks, and only about this request: what is left on `self` outlives it.",
        _too_wide,
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

REGISTRY: dict[str, Misconception] = {entry.name: entry for entry in _ENTRIES}
"""Every misconception by its name, in the order in which they are tried."""
