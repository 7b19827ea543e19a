"""The way through the onion, drawn: its legs, the heads that show its sense, its numbered stops."""

from __future__ import annotations

from itertools import pairwise

from autograder.picture import ink
from autograder.picture.ink import number, tag, text
from autograder.picture.layout import DOT, Layout, Point, said_at, turns_in
from autograder.picture.story import is_response, raised


def way(plan: Layout) -> list[str]:
    """The way from the gate through every stop and back, as SVG elements."""
    legs = [(_leg(plan, here, there), _colour(here, there)) for here, there in pairwise(plan.way)]
    line = {"fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}
    under = [
        tag("path", d=d, stroke="#ffffff", stroke_width=7, stroke_opacity=0.75, **line)
        for d, _ in legs
    ]
    over = [
        tag("path", d=d, stroke=colour, stroke_width=3, **line, **_dash(colour))
        for d, colour in legs
    ]
    return [*under, *over, *_heads(plan), *_stops(plan)]


def _dash(colour: str) -> dict[str, str]:
    """An exception's way is dotted: it is told by more than its colour."""
    return {"stroke_dasharray": "2 5"} if colour == ink.RAISED else {}


def _leg(plan: Layout, here: Point, there: Point) -> str:
    (x, y), (to_x, to_y) = _at(plan, here), _at(plan, there)
    row = turns_in(here, there)
    if row is None and here.lane == there.lane:
        return f"M{number(x)} {number(y)}V{number(to_y)}"
    if row is None:
        middle = number((y + to_y) / 2)
        ends = f"{number(x)} {middle} {number(to_x)} {middle} {number(to_x)} {number(to_y)}"
        return f"M{number(x)} {number(y)}C{ends}"
    foot = _apex(plan, row)
    near = number(foot - 8 if here.inward else foot + 8)
    a, b, apex = number(x), number(to_x), number(foot)
    return (
        f"M{a} {number(y)}V{near}Q{a} {apex} {number(x + 8)} {apex}"
        f"H{number(to_x - 8)}Q{b} {apex} {b} {near}V{number(to_y)}"
    )


def _at(plan: Layout, point: Point) -> tuple[float, float]:
    return plan.lanes[point.lane], plan.gate if point.row < 0 else plan.mids[point.row]


def _apex(plan: Layout, row: int) -> float:
    return plan.top - 9 if row < 0 else plan.feet[row] - 9


def _colour(here: Point, there: Point) -> str:
    turned = here.inward and not there.inward
    if raised(here.token) or (turned and raised(there.token)):
        return ink.RAISED
    return ink.IN if there.inward else ink.OUT


def _heads(plan: Layout) -> list[str]:
    """Arrow heads: into the onion, at every turn, and out of it."""
    heads = []
    for here, there in pairwise(plan.way):
        row = turns_in(here, there)
        if row is not None:
            middle = (plan.lanes[here.lane] + plan.lanes[there.lane]) / 2
            heads.append((middle, _apex(plan, row), (7, 0), _colour(here, there)))
        elif here.row < 0:
            heads.append((plan.lanes[here.lane], plan.top - 9, (0, 7), ink.IN))
        if there.row < 0 and row is None:
            heads.append((plan.lanes[there.lane], plan.gate + 8, (0, -7), _colour(here, there)))
    return [_head(*head) for head in heads]


def _head(x: float, y: float, ahead: tuple[int, int], colour: str) -> str:
    along, down = ahead
    corners = [(x + along, y + down), (x - down, y + along), (x + down, y - along)]
    return tag(
        "polygon", points=" ".join(f"{number(a)},{number(b)}" for a, b in corners), fill=colour
    )


def _stops(plan: Layout) -> list[str]:
    """The numbered stops, each with what came out of it."""
    drawn = []
    for n, (stop, point) in enumerate(zip(plan.route.stops, plan.way[1:], strict=False), 1):
        x, y = _at(plan, point)
        marked = stop is plan.marked
        if marked:
            ring = {"fill": ink.MARK, "stroke": ink.TEXT}
            drawn.append(tag("circle", cx=x, cy=y, r=DOT + 5.5, stroke_width=1.5, **ring))
        aside = DOT + 6 + 5 * marked
        drawn += [
            _shape(x, y, point),
            text(x, y + 3.7, str(n), 10.5 if n < 100 else 8, family=ink.SANS, fill="#ffffff"),
            *_token(plan, point, x - aside if point.inward else x + aside, y),
        ]
    return drawn


def _shape(x: float, y: float, point: Point) -> str:
    """Round on the way in, square on the way out, a diamond for what was raised."""
    if raised(point.token):
        tips = ((x, y - 12), (x + 12, y), (x, y + 12), (x - 12, y))
        points = " ".join(f"{number(a)},{number(b)}" for a, b in tips)
        return tag("polygon", points=points, fill=ink.RAISED, stroke="#ffffff")
    if point.inward:
        return tag("circle", cx=x, cy=y, r=DOT, fill=ink.IN, stroke="#ffffff")
    size = {"x": x - 8.5, "y": y - 8.5, "width": 17, "height": 17, "rx": 3}
    return tag("rect", **size, fill=ink.OUT, stroke="#ffffff")


def _token(plan: Layout, point: Point, x: float, y: float) -> list[str]:
    """What came out, beside the stop; red where it is no response and should be one."""
    words = said_at(point)
    hook = plan.route.rows[point.row].kind == "hook"
    wrong = raised(words) or not (is_response(words) or hook)
    fill = ink.RAISED if wrong else ink.TEXT
    anchor = "end" if point.inward else "start"
    return [text(x, y + 4.3, words, 12, fill=fill, anchor=anchor)] if words else []
