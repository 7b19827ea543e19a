"""The way through the onion, before it has a size: which row each stop is in, and on which lane.

Rows go inwards, top to bottom: the layers, then what runs at the centre, the view last. Lanes go on
in time, left to right: the first leads in, the second out, and every further turn takes one more.
So depth and time each have a direction of their own, and a stack that is entered twice, or a trace
that makes no sense at all, is drawn by the same rule as an honest one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.model import Event, Trace
from autograder.picture.story import AT_A_LAYER, ON_THE_WAY_IN, ON_THE_WAY_OUT, SHOWN, name

LAYERS = 12
"""How many layers have a band of their own; of more, those in the middle share one."""
AT_THE_CENTRE = 36
"""How many different hooks are drawn at the centre."""
LANES = 8
"""How many lanes are drawn; what comes after so many turns is only counted."""


@dataclass(slots=True)
class Row:
    """A band of the onion, a hook at the centre, or the view; `who` are the names it stands for."""

    kind: str
    who: tuple[str, ...]
    label: str
    reached: bool = False
    hook: str = ""


@dataclass(slots=True)
class Stop:
    """A place on the way: someone entered (`inward`) or left, or a hook that ran.

    `first` and `last` are the indices of the events that it stands for.
    """

    row: int
    lane: int
    inward: bool
    first: int
    last: int
    token: str = ""


@dataclass(slots=True)
class Route:
    """Rows, stops in the order of time, and how many events found no place."""

    rows: list[Row]
    stops: list[Stop] = field(default_factory=list)
    unseen: int = 0

    @property
    def bands(self) -> int:
        """How many rows are layers."""
        return sum(row.kind == "layer" for row in self.rows)

    def stop_of(self, event: int) -> Stop | None:
        """The stop that stands for an event; None where it was not drawn."""
        return next((stop for stop in self.stops if stop.first <= event <= stop.last), None)


def route(trace: Trace) -> Route:
    """The way of a trace through its onion."""
    rows = [*_bands(trace), *_centre(trace), _row("view", trace, (trace.view,))]
    found = Route(rows)
    depth = -1
    for index, event in enumerate(trace.events[:SHOWN]):
        row = _place(rows, event, depth)
        if row is None or not _add(found, row, index, event):
            found.unseen = len(trace.events) - index
            return found
        if rows[row].kind != "hook":
            depth = row if event.entered else row - 1
    found.unseen = max(len(trace.events) - SHOWN, 0)
    return found


def _bands(trace: Trace) -> list[Row]:
    names = trace.layers
    if len(names) <= LAYERS:
        return [_row("layer", trace, (layer,)) for layer in names]
    head = LAYERS // 2
    tail = LAYERS - head - 1
    middle = names[head:-tail]
    shared = _row("layer", trace, middle)
    shared.label = f"… {len(middle)} more layers"
    outer = [_row("layer", trace, (layer,)) for layer in names[:head]]
    return [*outer, shared, *(_row("layer", trace, (layer,)) for layer in names[-tail:])]


def _row(kind: str, trace: Trace, who: tuple[str, ...]) -> Row:
    reached = any(event.who in who for event in trace.events)
    return Row(kind, who, name(Event(who[0], ">")), reached)


def _centre(trace: Trace) -> list[Row]:
    """The hooks that ran, each once: those of the way out above those of the way in.

    So whoever comes in passes the former, and whoever goes out the latter: both are on the way.
    """
    known = {*trace.layers, trace.view}
    ran: dict[tuple[str, str], Event] = {}
    for event in trace.events[:SHOWN]:
        if event.who not in known or event.hook not in AT_A_LAYER:
            ran.setdefault((event.who, event.hook), event)
    hooks = list(ran.values())[:AT_THE_CENTRE]
    inward = [event for event in hooks if event.hook in ON_THE_WAY_IN]
    outward = [event for event in hooks if event.hook not in ON_THE_WAY_IN]
    return [
        Row("hook", (event.who,), name(event), reached=True, hook=event.hook)
        for event in [*reversed(outward), *inward]
    ]


def _place(rows: list[Row], event: Event, depth: int) -> int | None:
    """The row of an event. Of layers with one name, the next one in, seen from `depth`."""
    for n, row in enumerate(rows):
        if (row.kind, row.who, row.hook) == ("hook", (event.who,), event.hook):
            return n
    if event.hook not in AT_A_LAYER:
        return None
    same = [n for n, row in enumerate(rows) if row.kind != "hook" and event.who in row.who]
    if event.entered:
        ahead = [n for n in same if n > depth]
    else:
        ahead = [n for n in reversed(same) if n <= depth]
    return next(iter(ahead or same), None)


def _add(found: Route, row: int, index: int, event: Event) -> bool:
    """Add an event's stop, or let the last stop stand for it too; False when lanes run out."""
    last = found.stops[-1] if found.stops else None
    inward = _inward(event, found.rows[row])
    if last and (last.row, last.inward) == (row, inward):
        last.last, last.token = index, event.token or last.token
        return True
    goes_on = not last or (last.inward == inward and (row > last.row) == inward)
    lane = (last.lane if last else 0) + (not goes_on)
    if lane == LANES:
        return False
    found.stops.append(Stop(row, lane, inward, index, index, event.token))
    return True


def _inward(event: Event, row: Row) -> bool:
    """Which way the request goes here; a hook is entered and left on one and the same way."""
    if event.hook in ON_THE_WAY_IN or event.hook in ON_THE_WAY_OUT or row.kind == "hook":
        return event.hook in ON_THE_WAY_IN
    return event.entered
