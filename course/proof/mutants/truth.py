"""Which names a mutant may fail under: those whose text is true of what was changed.

Silence is always honest. A change under a name that does not stand here was guessed at.
"""

from __future__ import annotations

_MEANT = {
    *("condition-inverted", "condition-too-wide", "condition-too-narrow", "stops-the-wrong-ones"),
    *("never-short-circuits", "blocks-everything", "never-called-next"),
    *("header-missing", "header-sometimes-missing", "header-unwanted"),
}
"""What a wrong condition may do: to requests, or to the header that hangs on it."""

_NO_HEADER = {"header-missing", "header-sometimes-missing"}
_CLOCK = {"wrong-unit", "clock-stopped-early", "clock-started-early", "wrong-header-value"}
_ORDER = {"wrong-order", "inside-out"}
_FORETOLD = {"same-order-out", "one-at-a-time", "only-on-the-way-in", "only-on-the-way-out"}

TRUE_OF: dict[str, set[str]] = {
    # flow
    "its own answer is not returned": {"never-short-circuits", "forgot-return"},
    "the answer is not returned": {"forgot-return", "called-next-twice"},
    "the layer is not returned": {"factory-returned-nothing"},
    "the result is not returned": {"forgot-return"},
    "a text is returned": {"not-a-response"},
    "the request is returned": {"not-a-response"},
    "it yields": {"not-a-response"},
    "it is a coroutine": {"not-a-response"},
    "a response is raised": {"raised-no-exception"},
    "the class of a response is given": {"not-a-response"},
    "the factory calls its layer": {"wrong-arguments"},
    "the factory returns get_response": {*_NO_HEADER, "layer-never-entered"},
    "a copy of the answer is returned": {"response-replaced", *_NO_HEADER},
    "get_response is not called": {"never-called-next", "condition-too-wide"},
    "get_response is not called, but refused": {
        *("never-called-next", "blocks-everything", "condition-too-wide"),
    },
    "get_response is given back": {"not-a-response", "never-called-next"},
    "get_response is handed nothing": {"wrong-arguments"},
    "get_response is handed too much": {"wrong-arguments"},
    "get_response is left out": {"not-a-response", "never-called-next"},
    "get_response is called twice": {"called-next-twice"},
    "get_response is not kept": {"get-response-not-kept"},
    "self is left out": {"get-response-not-kept"},
    "the request is taken for the answer": {"not-a-response", "never-called-next"},
    "it only passes on": {"never-short-circuits", *_NO_HEADER},
    "it returns too early": _NO_HEADER,
    "a condition is left out": _MEANT,
    "a header is not set": _NO_HEADER,
    "the decision comes too late": {"short-circuit-too-late"},
    "what stands before and after get_response changes places": {
        *("short-circuit-too-late", "never-short-circuits", "clock-stopped-early", *_NO_HEADER),
    },
    "two statements change places": _NO_HEADER,
    "it takes fewer arguments": {"wrong-signature"},
    "it takes more arguments": {"wrong-signature"},
    "__init__ has another name": {"wrong-signature"},
    "__call__ has another name": {"not-callable"},
    # conditions
    "a condition is negated": _MEANT,
    "a condition always holds": _MEANT,
    "a condition never holds": _MEANT,
    "and for or": _MEANT,
    "a part of a condition is left out": _MEANT,
    "a part of a condition is negated": _MEANT,
    "a comparison is turned round": _MEANT,
    "a comparison at its edge": _MEANT,
    "another comparison": _MEANT,
    "only the first is meant": _MEANT,
    "another path is asked": _MEANT,
    "another text is compared": _MEANT,
    "another header is read": _MEANT,
    "another truth": _MEANT,
    # values
    "another header is set": _NO_HEADER,
    "a header has another value": {"wrong-header-value"},
    "a header is not overwritten": {"wrong-header-value"},
    "a header is set on the request": _NO_HEADER,
    "a header is set on another response": _NO_HEADER,
    "a header is set sometimes": _NO_HEADER,
    "another content": {"wrong-content"},
    "the content is left out": {"wrong-content"},
    "another status": {"wrong-status"},
    "status= is left out": {"wrong-status"},
    "headers= is left out": _NO_HEADER,
    "square brackets for get": {"reads-what-is-not-there"},
    "an argument is left out": {"wrong-arguments"},
    "another number": {"wrong-unit", "clock-stopped-early", "wrong-header-value"},
    "another operation": _CLOCK,
    "one side of an operation is left out": _CLOCK,
    "two sides change places": {"clock-stopped-early", *_FORETOLD},
    "a function is not called": _FORETOLD,
    "another name in a list": {"layer-left-out", "view-left-out"},
    "one is left out of a list": {"layer-left-out", "view-left-out"},
    "one stands in a list twice": {"layer-listed-twice"},
    "two in a list change places": {*_ORDER, *_FORETOLD},
    "a list is turned round": {*_ORDER, *_FORETOLD},
    # state
    "the first answer is kept": {"kept-an-old-answer"},
    "a decision is remembered": {"condition-too-wide", "blocks-everything", *_NO_HEADER},
    "only the first time counts": {"condition-too-narrow", "header-unwanted"},
    "something is done once, at the start": {"clock-started-early"},
    "a local name is kept on self": {"kept-an-old-answer", "clock-stopped-early"},
}


def is_true(name: str, changes: tuple[str, ...]) -> bool:
    """Whether a name is true of a mutant to which any of these changes leads."""
    return any(name in TRUE_OF.get(change, ()) for change in changes)
