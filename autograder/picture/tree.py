"""The text picture: who was entered and left, as a tree, one line for each."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.model import Event, Trace
from autograder.picture.story import (
    SHOWN,
    is_response,
    name,
    never_reached,
    outcome,
    raised,
    result,
    turn,
)
from autograder.picture.words import columns, listed, visible

Who = tuple[str, str]
"""A name, and which of its methods."""

DEEPEST = 16
"""How far the tree is indented; a stack that nests deeper is drawn flat from there."""

NAMES = 12
"""How many of those never reached are named."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the picture: its text, a remark, and the last event that it tells of."""

    text: str
    note: str = ""
    until: int = -1


def tree(trace: Trace) -> list[Line]:
    """The lines of the picture of a trace: the request, its events, what came out."""
    lines = [Line(visible(trace.request, 80)), *_events(trace)]
    if (more := len(trace.events) - SHOWN) > 0:
        lines.append(Line(f"… and {more:,} more", until=len(trace.events) - 1))
    missed = never_reached(trace) if turn(trace) is None else []
    note = f"{listed(missed, NAMES)} never reached" if missed else ""
    return [*lines, Line(f"→ {outcome(trace)}", note, len(trace.events))]


def written(lines: list[Line]) -> list[str]:
    """The lines as text, their remarks in one column."""
    edge = max((columns(line.text) for line in lines if line.note), default=0) + 3
    return [_pad(line.text, edge) + f"({line.note})" if line.note else line.text for line in lines]


def line_of(lines: list[Line], event: int) -> int:
    """The number of the line that tells of an event, by its index in the trace."""
    return next(n for n, line in enumerate(lines) if line.until >= event)


def _events(trace: Trace) -> list[Line]:
    """A bracket for a layer; a dot for what has nothing inside: the view, a hook."""
    lines: list[Line] = []
    inside: list[Who] = []
    index = 0
    events = trace.events[:SHOWN]
    while index < len(events):
        event = events[index]
        note = _note(trace, index, inside)
        if _is_leaf(trace, index):
            index += 1
            note = note or _note(trace, index, [_who(event)])
            text = f"{_bars(inside)}• {name(event)} ← {result(events[index])}"
        elif event.entered:
            text = f"{_bars(inside)}┌─ {name(event)}"
            inside.append(_who(event))
        else:
            inside = _outside(inside, _who(event))
            text = f"{_bars(inside)}└─ {name(event)} ← {result(event)}"
        lines.append(Line(text, note, index))
        index += 1
    return lines


def _who(event: Event) -> Who:
    return event.who, event.hook


def _bars(inside: list[Who]) -> str:
    return "│ " * min(len(inside), DEEPEST)


def _outside(inside: list[Who], who: Who) -> list[Who]:
    """Who is still inside after `who` was left; nobody leaves twice."""
    if who not in inside:
        return inside
    last = len(inside) - 1 - inside[::-1].index(who)
    return inside[:last]


def _is_leaf(trace: Trace, index: int) -> bool:
    """Whether someone at the centre, the view or a hook, is entered here and left at once."""
    event = trace.events[index]
    if not event.entered or not (event.hook or event.who not in trace.layers):
        return False
    after = trace.events[index + 1 : min(index + 2, SHOWN)]
    return any(not left.entered and _who(left) == _who(event) for left in after)


def _note(trace: Trace, index: int, inside: list[Who]) -> str:
    """What a reader should notice about an event; mostly nothing."""
    event = trace.events[index]
    if event.entered:
        return _nth_time(trace, index)
    if _who(event) not in inside:
        earlier = trace.events[:index]
        entered = any(before.entered and _who(before) == _who(event) for before in earlier)
        return "left out of turn" if entered else "never entered"
    notes = []
    if index == turn(trace) and (missed := never_reached(trace)):
        cause = "short circuit: " if is_response(event.token) else ""
        notes.append(f"{cause}{listed(missed, NAMES)} never reached")
    if not event.hook and not raised(event.token) and not is_response(event.token):
        notes.append("not a response")
    return "; ".join(notes)


def _nth_time(trace: Trace, index: int) -> str:
    event = trace.events[index]
    times = 1 + trace.events[:index].count(event)
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(times % 10 if times % 100 // 10 != 1 else 0, "th")
    return f"the {times}{suffix} time" if times > 1 and not event.hook else ""


def _pad(text: str, width: int) -> str:
    return text + " " * (width - columns(text))
