"""How to observe, judge and grade middleware.

What a check says is here: a check reads like the thing it checks, in WebTest's words.

    with check("block-list", points=2):
        app = onion(BlockList, view=secret)
        app.get(fresh("/public/{}"))
        app.get(fresh("/admin/{}"), status=403)
        app.trace.never_reached(secret)

The rooms, from what everything rests on to what rests on everything:

    model           a Scenario, a Trace: plain data
    host            the student's side: runs what it is told to, and asks at every gate
    hosts           that side in this process, at the other end of a pipe, or locked in
    zygote          what locked-in hosts are forked from, on a `processor` of its judge's
    messages        the boundary: what a host says, checked
    evidence        what a check asked, claimed and saw
    references      a student's name, in the judge; `names` reads which of them a check uses
    plans, onions   what a check wants built, as data; `onion` and its sisters, which build it
    testapp, seen   the judge's side: the application to ask, the claims about its trace; those
                    about its answer are in `contents`
    scripted        scenarios that say themselves what their layers do; `beliefs` foretell them
    orders          an order that a student writes down, of layers or of steps
    catches         a test that a student wrote, tried on layers that it has not seen
    conversation    what it says at the gates while a request is on its way
    misconceptions  the mistakes that we know, recognised by what they do
    checking        a check; from its evidence to a verdict in `judgement`
    parts           a part of a check, with points of its own
    judge           a whole notebook, check by check; `judge_command` for the command line
    writing         files written whole or not at all
    outputs         what a host says that a cell put out, checked
    grading         a class: from what was handed in to nbgrader's gradebook; it has its own map
    picture, card   how traces and verdicts are shown
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.canned import raises, renders, returns, streams
    from autograder.catches import catches
    from autograder.checking import CheckFailed, check, hidden
    from autograder.model import Scenario, Trace
    from autograder.onions import onion, site, wsgi
    from autograder.orders import arranged, predicts
    from autograder.parts import part
    from autograder.questions import call, quiz, request, value
    from autograder.session import fresh

__all__ = [
    "CheckFailed",
    "Scenario",
    "Trace",
    "arranged",
    "call",
    "catches",
    "check",
    "fresh",
    "hidden",
    "onion",
    "part",
    "predicts",
    "quiz",
    "raises",
    "renders",
    "request",
    "returns",
    "site",
    "streams",
    "value",
    "wsgi",
]

_ROOMS = {
    "canned": ("raises", "renders", "returns", "streams"),
    "catches": ("catches",),
    "checking": ("CheckFailed", "check", "hidden"),
    "model": ("Scenario", "Trace"),
    "onions": ("onion", "site", "wsgi"),
    "orders": ("arranged", "predicts"),
    "parts": ("part",),
    "questions": ("call", "quiz", "request", "value"),
    "session": ("fresh",),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """A name of the checking API, from its room, when it is first asked for (PEP 562).

    A host imports this package too, and needs nothing of what belongs to the judge: without it, it
    starts in less than half the time.
    """
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
