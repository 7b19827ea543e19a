"""What a trace tells: who turned the request round, who was never reached, in one sentence.

The text picture, the drawn one and the sentence for a screen reader all tell the same story, so it
is found out here, once. Hooks are Django's: `process_view` and the template and exception hooks run
at the centre, once the URL is resolved (`django.core.handlers.base`); `process_request` and
`process_response` are the old stack's way in and out.
"""

from __future__ import annotations

from autograder.model import Event, Trace
from autograder.picture.words import NAME, listed, visible

SHOWN = 200
"""How many events of a trace are drawn."""

ON_THE_WAY_IN = frozenset({"process_request", "process_view"})
ON_THE_WAY_OUT = frozenset({"process_response", "process_exception", "process_template_response"})
AT_A_LAYER = frozenset({"", "process_request", "process_response"})


def raised(token: str) -> bool:
    """Whether a token says that an exception was raised."""
    return token.startswith("!")


def is_response(token: str) -> bool:
    """Whether a token is a status code: `200`, or `200*` while it is not rendered yet."""
    return token.rstrip("*").isdecimal()


def name(event: Event) -> str:
    """Whose event this is: `BlockList`, or `BlockList.process_view`."""
    who = visible(event.who)
    return f"{who}.{visible(event.hook)}" if event.hook else who


def never_reached(trace: Trace) -> list[str]:
    """The layers, outermost first, and the view, of which a trace tells nothing."""
    told = {event.who for event in trace.events}
    return [who for who in (*trace.layers, trace.view) if who not in told]


def turn(trace: Trace) -> int | None:
    """The index of the event that turned the request round; None when nothing did.

    That is the first time that anyone is left, but for a hook of the way in that lets it pass.
    """
    for index, event in enumerate(trace.events):
        passed = event.hook and (event.token == "None" or event.hook not in ON_THE_WAY_IN)
        if not event.entered and not passed:
            return index
    return None


def outcome(trace: Trace, limit: int = 2 * NAME) -> str:
    """What the server got, in words: `403`, `raised AttributeError`, `nothing`."""
    if trace.status is not None:
        return visible(trace.status, limit)
    return f"raised {visible(trace.raised, limit)}" if trace.raised else "nothing"


def result(event: Event) -> str:
    """What came out, as it is shown: the token, or a question mark where there is none."""
    return visible(event.token) or "?"


def describe(trace: Trace) -> str:
    """The trace in one sentence, for whoever cannot see the picture.

    `GET /admin/x: BlockList answered 403; secret was never reached.`
    """
    told = [*_way_in(trace), *_way_out(trace), *_again(trace)]
    if missed := never_reached(trace):
        told.append(f"{listed(missed)} {'was' if len(missed) == 1 else 'were'} never reached")
    if trace.status is None or _last_token(trace) != str(trace.status):
        told.append(_end(trace))
    return f"{visible(trace.request, 2 * NAME)}: {'; '.join(told)}."


def _way_in(trace: Trace) -> list[str]:
    """The layers that the request went through, and who turned it round."""
    first = turn(trace)
    if first is None:
        return ["nobody answered"]
    turned = trace.events[first]
    before = [e.who for e in trace.events[:first] if e.entered and e.hook in AT_A_LAYER]
    itself = turned.who if turned.hook in AT_A_LAYER else None
    passed = [who for who in dict.fromkeys(before) if who != itself]
    return [*([f"through {listed(passed)}"] if passed else []), _deed(turned)]


def _way_out(trace: Trace) -> list[str]:
    """Who gave back something else than it got, after the turn; three of them at most."""
    first = turn(trace)
    changes: list[str] = []
    if first is None:
        return changes
    held = trace.events[first].token.rstrip("*")
    for event in trace.events[first + 1 : SHOWN]:
        token = event.token.rstrip("*")
        if not event.entered and event.hook in AT_A_LAYER and token != held:
            changes.append(_deed(event))
            held = token
    return changes[:3]


def _deed(event: Event) -> str:
    if raised(event.token):
        return f"{name(event)} raised {visible(event.token[1:])}"
    verb = "answered" if is_response(event.token) else "returned"
    late = ", not rendered yet" if event.token.endswith("*") else ""
    return f"{name(event)} {verb} {result(event).rstrip('*')}{late}"


def _again(trace: Trace) -> list[str]:
    often = [who for who in dict.fromkeys((*trace.layers, trace.view)) if trace.reached(who) > 1]
    if not often:
        return []
    times = "twice" if all(trace.reached(who) == 2 for who in often) else "more than once"
    return [f"{listed(often)} {'was' if len(often) == 1 else 'were'} entered {times}"]


def _last_token(trace: Trace) -> str:
    left = [event for event in trace.events if not event.entered and event.hook in AT_A_LAYER]
    return left[-1].token if left else ""


def _end(trace: Trace) -> str:
    """What the server got, where that is not what the outermost layer gave."""
    if trace.status is not None:
        return f"the server got {outcome(trace)}"
    if trace.raised:
        return f"{visible(trace.raised, 2 * NAME)} went through to the server"
    return "no response came out"
