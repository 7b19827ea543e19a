"""From a route to places: how wide, how high, and where each row and lane is, in pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from autograder.model import Trace
from autograder.picture.route import Route, Stop, route
from autograder.picture.story import is_response, outcome, turn
from autograder.picture.words import columns, visible

MARGIN = 12
HEADER = 62
"""From the upper edge to the gate, where the request comes in and the response goes out."""
DOT = 9
ROW = {"layer": 34, "hook": 25, "view": 38}
"""How high a row is; its name stands in the middle of that."""
CAPTION = 18
"""The height of one line below a row's name."""
TURN = 15
"""The room at the foot of a row in which the way turns."""
GLYPH = {13: 8.0, 12: 7.4, 11: 6.8}
"""The width of a monospace glyph by the size of the font, with a little to spare."""
FLAG = 132
"""The width of the flag at the first difference."""
INSET = 6
"""From the edge of the centre to the view in it."""

SHORT_CIRCUIT = "short circuit"
MARKED = "first difference here"


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the way: a stop, or one of its ends at the gate (row -1)."""

    row: int
    lane: int
    inward: bool
    token: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """All that the pencil needs to know.

    By row: its `labels`, the lines below them (`captions`), the `mids` of the names and the `feet`
    of the rows. By lane: `lanes`, the x of each. `boxes` are the layers', outermost first, then the
    centre's where hooks ran there, then the view's.
    """

    route: Route
    title: str
    result: str
    way: tuple[Point, ...]
    labels: tuple[str, ...]
    captions: tuple[tuple[str, ...], ...]
    mids: tuple[float, ...]
    feet: tuple[float, ...]
    lanes: tuple[float, ...]
    boxes: tuple[Box, ...]
    gate: float
    top: float
    width: float
    height: float
    marked: Stop | None
    result_marked: bool
    rest: str


def lay_out(
    trace: Trace, mark: int | None = None, heading: str = "", least: tuple[float, float] = (0, 0)
) -> Layout:
    """The layout of a trace's onion; `mark` is the index of an event to point at.

    A mark beyond the last event points at what came out. A `heading` takes a line of its own.
    `least` is the width and the height that the picture has even where it could do with less.
    """
    found = route(trace)
    way = _way(trace, found)
    title, result = visible(trace.request, 48), _result(trace)
    marked = found.stop_of(mark) if mark is not None else None
    result_marked = mark is not None and mark >= len(trace.events)
    labels = tuple(row.label if row.reached else f"{row.label} · not reached" for row in found.rows)
    turned = turn(trace)
    at = found.stop_of(turned) if turned is not None else None
    captions = tuple(_captions(found, row, at, marked) for row in range(len(found.rows)))
    turns = {
        turned for here, there in pairwise(way) if (turned := turns_in(here, there)) is not None
    }

    gate = HEADER + CAPTION * result_marked + CAPTION * bool(heading)
    top = gate + 30 + TURN * (-1 in turns)
    mids, feet = _rows(found, captions, turns, top)
    lanes = _lanes(found, way, labels, title, result)
    right = lanes[-1] + max(_tokens(way, len(lanes) - 1, inward=False) + DOT + 15, 30)
    spare = max(least[0] - (right + found.bands * _side(found) + MARGIN), 0)
    lanes, right = (lanes[0], *(lane + spare for lane in lanes[1:])), right + spare
    boxes = _boxes(found, mids, feet, right)
    bottom = boxes[0].y + boxes[0].height
    return Layout(
        route=found,
        title=title,
        result=result,
        way=way,
        labels=labels,
        captions=captions,
        mids=mids,
        feet=feet,
        lanes=lanes,
        boxes=boxes,
        gate=gate,
        top=top,
        width=boxes[0].width + 2 * MARGIN,
        height=max(bottom + MARGIN + CAPTION * bool(found.unseen), least[1]),
        marked=marked,
        result_marked=result_marked,
        rest=_rest(found, lost=mark is not None and not marked and not result_marked),
    )


def turns_in(here: Point, there: Point) -> int | None:
    """The row at whose foot the way turns between two points; None where it goes straight on."""
    if here.inward and not there.inward:
        return max(here.row, there.row)
    if there.inward and not here.inward:
        return max(min(here.row, there.row) - 1, -1)
    return None


def _way(trace: Trace, found: Route) -> tuple[Point, ...]:
    """The stops between the two ends; a request that nobody answered has no way out."""
    stops = [Point(stop.row, stop.lane, stop.inward, stop.token) for stop in found.stops]
    if stops and not stops[0].inward:  # the first that we hear of is an answer
        stops = [replace(stop, lane=stop.lane + 1) for stop in stops]
    way = [Point(-1, 0, True), *stops]
    if (trace.status is not None or trace.raised) and not found.unseen:
        last = way[-1]
        way.append(Point(-1, last.lane + last.inward, False))
    return tuple(way)


def _result(trace: Trace) -> str:
    if trace.status is None and trace.raised:
        return visible("!" + trace.raised.split(":")[0], 24)
    return outcome(trace, 24) if trace.status is not None else "no response"


def _rest(found: Route, lost: bool) -> str:
    if not found.unseen:
        return ""
    return f"… and {found.unseen:,} more events" + f" ({MARKED})" * lost


def _captions(found: Route, row: int, at: Stop | None, marked: Stop | None) -> tuple[str, ...]:
    """The lines below a row's name; `at` is the stop at which the request was turned round."""
    lines = []
    if at and at.row == row and found.rows[row].kind != "view" and is_response(at.token):
        lines.append(SHORT_CIRCUIT)
    times = sum(stop.row == row and stop.inward for stop in found.stops)
    if times > 1 and found.rows[row].kind != "hook":
        often = "over and over" if found.unseen else "twice" if times == 2 else f"{times} times"
        lines.append(f"entered {often}")
    if marked and marked.row == row:
        lines.append(MARKED)
    return tuple(lines)


def _rows(
    found: Route, captions: tuple[tuple[str, ...], ...], turns: set[int], top: float
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The middle of each row's name, and its foot, from the outermost to the view."""
    mids, feet = [], []
    y = top
    for number, row in enumerate(found.rows):
        y += INSET * (number >= found.bands and (row.kind == "view" or number == found.bands))
        mids.append(y + ROW[row.kind] / 2)
        y += ROW[row.kind] + CAPTION * len(captions[number]) + TURN * (number in turns)
        feet.append(y)
    return tuple(mids), tuple(feet)


def _lanes(
    found: Route, way: tuple[Point, ...], labels: tuple[str, ...], title: str, result: str
) -> tuple[float, ...]:
    """The x of each lane: names have their place between the first and the second."""
    names = max(
        columns(label) * GLYPH[11 if row.kind == "hook" else 13]
        for row, label in zip(found.rows, labels, strict=True)
    )
    gap = max(names + 4 * DOT, FLAG + 2 * DOT + 14, columns(result) * 4 + 80)
    first = MARGIN + found.bands * _side(found) + max(30, _tokens(way, 0, inward=True) + DOT + 12)
    lanes = [first, max(first + gap, MARGIN + columns(title) * GLYPH[13] - 40)]
    for lane in range(1, max(point.lane for point in way)):
        lanes.append(lanes[-1] + 36 + _tokens(way, lane) + _tokens(way, lane + 1, inward=True))
    return tuple(lanes)


def _tokens(way: tuple[Point, ...], lane: int, inward: bool = False) -> float:
    """The width of the widest token shown beside a lane."""
    said = [said_at(point) for point in way if point.lane == lane and point.inward == inward]
    return max((columns(token) * GLYPH[12] for token in said), default=0)


def said_at(point: Point) -> str:
    """The token as it is shown: on the way in, None is the way to say nothing."""
    if point.inward and point.token == "None":
        return ""
    return visible(point.token, 24)


def _side(found: Route) -> int:
    """How thick a layer is where no name stands."""
    return 12 if found.bands <= 7 else 9


def _boxes(
    found: Route, mids: tuple[float, ...], feet: tuple[float, ...], right: float
) -> tuple[Box, ...]:
    side, bands = _side(found), found.bands
    hooks = len(found.rows) - bands - 1
    left, foot = MARGIN + bands * side, feet[-1] + INSET * bool(hooks)
    boxes = [
        Box(
            MARGIN + band * side,
            mids[band] - ROW["layer"] / 2,
            right - left + 2 * (bands - band) * side,
            foot - mids[band] + ROW["layer"] / 2 + (bands - band) * side,
        )
        for band in range(bands)
    ]
    if hooks:
        upper = mids[bands] - ROW["hook"] / 2 - INSET
        boxes.append(Box(left, upper, right - left, foot - upper))
    inset = INSET * bool(hooks)
    upper = mids[-1] - ROW["view"] / 2
    boxes.append(Box(left + inset, upper, right - left - 2 * inset, feet[-1] - upper))
    return tuple(boxes)
