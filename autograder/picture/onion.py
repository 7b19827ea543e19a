"""The drawn picture: the onion, with the way in and the way out.

Layers stand in each other, outermost first as in `settings.MIDDLEWARE`, the view at the centre. The
request comes down on the left, the response goes up on the right; numbers say in which order. Every
difference that a colour makes, a shape or a word makes too.
"""

from __future__ import annotations

from html import escape

from autograder.model import Trace
from autograder.picture import ink
from autograder.picture.ink import number, tag, text
from autograder.picture.layout import CAPTION, FLAG, MARGIN, MARKED, Box, Layout, lay_out, said_at
from autograder.picture.story import describe
from autograder.picture.way import way
from autograder.picture.words import columns


def onion(trace: Trace) -> str:
    """The picture of a trace as an SVG document."""
    return paint(trace, lay_out(trace))


def paint(trace: Trace, plan: Layout, heading: str = "") -> str:
    """The picture of a trace after its layout; `heading` is a word to stand above it."""
    size = {"width": plan.width, "height": plan.height}
    drawn = [
        tag("title", escape(describe(trace))),
        tag("desc", escape(_described(plan))),
        tag(
            "rect",
            x=0.5,
            y=0.5,
            width=plan.width - 1,
            height=plan.height - 1,
            rx=12,
            fill=ink.CARD,
            stroke=ink.EDGE,
        ),
        *_skins(plan),
        *_names(plan),
        *way(plan),
        *_header(plan, heading),
        *_rest(plan),
    ]
    box = f"0 0 {number(plan.width)} {number(plan.height)}"
    return tag(
        "svg", "".join(drawn), xmlns="http://www.w3.org/2000/svg", viewBox=box, role="img", **size
    )


def _described(plan: Layout) -> str:
    """The stops by their numbers, for whoever reads the picture without seeing it."""
    told = []
    stops = plan.way[1 : 1 + len(plan.route.stops)]
    for n, stop in enumerate(stops, 1):
        row = plan.route.rows[stop.row]
        where = "at" if row.kind == "hook" else "into" if stop.inward else "out of"
        told.append(f"{n} {where} {row.label} {said_at(stop)}".rstrip())
    return ", ".join(told)


def _header(plan: Layout, heading: str) -> list[str]:
    """The request, and at the gate the two ends of the way."""
    left, line = MARGIN + 2, plan.gate - 34 - CAPTION * plan.result_marked
    ended = plan.way[-1].row < 0 and not plan.way[-1].inward
    far = plan.lanes[plan.way[-1].lane if ended else 1]
    half = columns(plan.result) * 4 + 12
    middle = min(far, plan.width - MARGIN - half)
    colour = ink.OUT if plan.result.isdecimal() else ink.RAISED
    drawn = [
        text(left, line, plan.title, anchor="start"),
        *_pill(plan.lanes[0], plan.gate - 11, 36, "request", ink.IN),
    ]
    if heading:
        style = {"family": ink.SANS, "fill": ink.MUTED, "anchor": "start"}
        drawn.append(text(left, line - 19, heading, 12, **style))
    if plan.result_marked:
        drawn.append(_ring(middle, plan.gate - 11, half))
        drawn += _flag(min(middle, plan.width - MARGIN - FLAG / 2), plan.gate - 36)
    return [*drawn, *_pill(middle, plan.gate - 11, half, plan.result, colour)]


def _pill(x: float, y: float, half: float, words: str, colour: str) -> list[str]:
    return [
        tag("rect", x=x - half, y=y - 11, width=2 * half, height=22, rx=11, fill=colour),
        text(x, y + 4.5, words, fill="#ffffff"),
    ]


def _ring(x: float, y: float, half: float) -> str:
    size = {"x": x - half - 4, "y": y - 15, "width": 2 * half + 8, "height": 30, "rx": 15}
    return tag("rect", **size, fill=ink.MARK, stroke=ink.TEXT, stroke_width=1.5)


def _flag(x: float, y: float) -> list[str]:
    """The words that say where two pictures part, on a ground of their own."""
    size = {"x": x - FLAG / 2, "y": y - 8, "width": FLAG, "height": 16, "rx": 4}
    return [
        tag("rect", **size, fill=ink.MARK, stroke=ink.TEXT),
        text(x, y + 4, MARKED, 11, family=ink.SANS),
    ]


def _skins(plan: Layout) -> list[str]:
    """The layers, and the centre; dashed where the request never came."""
    bands = plan.route.bands
    kinds = [(ink.skin(band, bands), ink.SKIN_EDGE) for band in range(bands)]
    if len(plan.boxes) > bands + 1:
        kinds.append((ink.CENTRE, ink.CENTRE_EDGE))
    kinds.append((ink.VIEW, ink.VIEW_EDGE))
    reached = [row.reached for row in plan.route.rows[:bands]]
    reached += [True] * (len(kinds) - bands - 1) + [plan.route.rows[-1].reached]
    radius = 12 + 3 * bands
    return [
        _skin(box, *colours, radius=max(radius - 4 * depth, 9), reached=there)
        for depth, (box, colours, there) in enumerate(zip(plan.boxes, kinds, reached, strict=True))
    ]


def _skin(box: Box, fill: str, edge: str, radius: float, reached: bool) -> str:
    place = {"x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": radius}
    if reached:
        return tag("rect", **place, fill=fill, stroke=edge, stroke_width=1.2)
    return tag("rect", **place, fill=ink.UNREACHED, stroke=ink.MUTED, stroke_dasharray="5 4")


def _names(plan: Layout) -> list[str]:
    """The name of each row, and the lines below it."""
    drawn = []
    for n, row in enumerate(plan.route.rows):
        x = _middle(plan, n)
        size = 11 if row.kind == "hook" else 13
        style = {"fill": ink.TEXT if row.reached else ink.MUTED}
        if not row.reached or row.kind == "hook":
            style["weight"] = "normal"
        drawn.append(text(x, plan.mids[n] + 4.5, plan.labels[n], size, **style))
        for below, words in enumerate(plan.captions[n], 1):
            y = plan.mids[n] + CAPTION * below
            drawn += _flag(x, y) if words == MARKED else [_caption(x, y + 4, words)]
    return drawn


def _middle(plan: Layout, row: int) -> float:
    """Where a name stands: between the ways in and out, or alone in a place not reached."""
    if plan.route.rows[row].reached:
        return (plan.lanes[0] + plan.lanes[1]) / 2
    box = plan.boxes[row] if row < plan.route.bands else plan.boxes[-1]
    return box.x + box.width / 2


def _caption(x: float, y: float, words: str) -> str:
    return text(x, y, words, 11.5, family=ink.SANS, weight="normal", style="italic")


def _rest(plan: Layout) -> list[str]:
    """How much was left out."""
    x, y = plan.width / 2, plan.height - MARGIN + 2
    style = {"family": ink.SANS, "fill": ink.MUTED, "weight": "normal"}
    return [text(x, y, plan.rest, 12, **style)] if plan.rest else []
