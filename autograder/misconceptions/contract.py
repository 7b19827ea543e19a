"""Mistakes against what a layer must be: how it is built, called, and what it must give back."""

from __future__ import annotations

from autograder.evidence import Evidence, Raised
from autograder.misconceptions.case import (
    Case,
    Misconception,
    fell_over,
    raised_by_layers,
    ran_in_a_hook,
    tokens,
)


def _returned_something_else(case: Case) -> bool:
    """A token says so that is no status, no `!Type` raised, and not the None of its own entry."""
    gave = {token.rstrip("*") for token in tokens(case.told)} - {"None"}
    return any(not token.startswith("!") and not token.isdigit() for token in gave)


def _view_ran_twice(case: Case) -> bool:
    # Where a walk is foretold, nobody has called anybody.
    foretold = case.told.foreseen is not None
    return case.told.view_ran > 1 and not ran_in_a_hook(case.told) and not foretold


def _never_entered(case: Case) -> bool:
    """Whether the view ran, and one of the layers round it was not entered in any exchange."""
    entered = {event.who for exchange in case.asked for event in exchange.events}
    missing = set(case.told.students) - case.told.unreached - entered
    return bool(missing) and case.told.view_ran > 0


def _wrong_arguments(raised: Raised) -> bool:
    """Whether Python says that something was called with other arguments than it takes."""
    said = ("positional argument", "takes no arguments", "required keyword-only argument")
    return raised.type == "TypeError" and any(words in raised.message for words in said)


def _called_wrongly(case: Case) -> bool:
    layers = raised_by_layers(case.told)
    return any(_wrong_arguments(raised) and not raised.where for raised in layers)


def _built_wrongly(evidence: Evidence) -> bool:
    unbuilt = evidence.unbuilt
    return unbuilt is not None and _wrong_arguments(unbuilt) and not unbuilt.where


# Where such a call stands on a line of the student's, it is not the framework that made it.
def _calls_wrongly(case: Case) -> bool:
    return any(_wrong_arguments(raised) and raised.where for raised in fell_over(case.told))


def _calls_wrongly_at_the_start(evidence: Evidence) -> bool:
    unbuilt = evidence.unbuilt
    return unbuilt is not None and _wrong_arguments(unbuilt) and bool(unbuilt.where)


def _factory_gave_nothing(evidence: Evidence) -> bool:
    return evidence.unbuilt is not None and evidence.unbuilt.type == "ImproperlyConfigured"


def _not_kept(case: Case) -> bool:
    return any(
        r.type in ("AttributeError", "NameError") and "get_response" in r.message
        for r in raised_by_layers(case.told)
    )


def _not_callable(case: Case) -> bool:
    """Whether the framework was to call a layer that has no `__call__`; no line of a student's."""
    seen = [*raised_by_layers(case.told), *([case.told.raised] if case.told.raised else [])]
    return any(
        r.type == "TypeError" and "is not callable" in r.message and not r.where for r in seen
    )


def _raised_no_exception(case: Case) -> bool:
    said = "exceptions must derive from BaseException"
    return any(r.type == "TypeError" and said in r.message for r in fell_over(case.told))


def _read_what_is_not_there(case: Case) -> bool:
    return any("builtins.KeyError" in r.lineage for r in fell_over(case.told))


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

ENTRIES = (
    Misconception(
        "not-a-response",
        "That is not a response",
        "Whoever answers a request, a layer or a view, must return an HttpResponse. Nothing else, "
        "be it a text, a number, a class or a function, can be sent as an answer.",
        "What stands after `return`? It must be a response: your own, or get_response's.",
        _returned_something_else,
        hints=_INSTEAD_OF_A_RESPONSE,
    ),
    Misconception(
        "forgot-return",
        "Nothing was returned",
        "Python returns None where a function ends without `return`, or with nothing behind it. "
        "Whoever called it, the layer outside for instance, is then handed None.",
        "Does every way out of your function end in `return`, with its result behind it?",
        lambda case: "None" in tokens(case.told),
        lambda evidence: evidence.gave_nothing,
        in_any_style=True,
    ),
    Misconception(
        "wrong-signature",
        "It takes other arguments than it is given",
        "A layer is called twice over: once with get_response, when the onion is built, and then "
        "once for each request, with the request. Each time with that one argument, besides self.",
        "Which of the two calls does your `def` expect, and what does it name in its brackets?",
        _called_wrongly,
        _built_wrongly,
    ),
    Misconception(
        "wrong-arguments",
        "A call hands over other arguments than are taken",
        "A line of yours calls something with too few or too many arguments in its brackets. "
        "get_response, and the layer that a factory makes, take one: the request.",
        "Look at the call on the line that is named above. What should stand in its brackets? "
        "And should it be called there at all, or only returned?",
        _calls_wrongly,
        _calls_wrongly_at_the_start,
    ),
    Misconception(
        "factory-returned-nothing",
        "The factory gave nothing back",
        "A factory is called once, and what it returns is the layer: a function that takes a "
        "request. One that only defines that function, and ends, returns None.",
        "Does the outer function end in `return`, with the name of the inner one behind it?",
        unasked=_factory_gave_nothing,
    ),
    Misconception(
        "get-response-not-kept",
        "get_response is not there when it is needed",
        "get_response is handed over once, when the layer is built. Whoever wants to call it later "
        "has to keep it, as `self.get_response`, or as the argument of a factory.",
        "What does `__init__` do with what it is given, and by which name does `__call__` ask?",
        _not_kept,
    ),
    Misconception(
        "not-callable",
        "What was built cannot be called",
        "For each request the onion calls the layer itself, as it would call a function. An object "
        "can be called if its class has a method `__call__`.",
        "Has your class a method `__call__`, spelt with two underscores on either side?",
        _not_callable,
    ),
    Misconception(
        "raised-no-exception",
        "What is raised is no exception",
        "Python raises exceptions, such as PermissionDenied, and nothing else. A response is no "
        "exception: it is returned.",
        "Say `return` before a response; or raise an exception that stands for the status.",
        _raised_no_exception,
    ),
    Misconception(
        "reads-what-is-not-there",
        "It falls over where a key is missing",
        "Square brackets raise KeyError where there is nothing under that name. Headers, cookies "
        "and parameters come from strangers, who may leave them out.",
        "Ask with `.get(name)`, which gives None where there is nothing.",
        _read_what_is_not_there,
        in_any_style=True,
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
)
