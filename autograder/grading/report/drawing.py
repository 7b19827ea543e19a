"""Bars, as SVG in the page: in its colours, and told apart in black and white by their filling."""

from __future__ import annotations

from autograder.picture.ink import tag

WIDTH, HEIGHT = 240, 18

HATCH = (
    '<svg class="hatch" width="0" height="0" aria-hidden="true"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" class="empty"/>'
    '<rect width="3" height="6" class="full"/></pattern></defs></svg>'
)
"""The filling of what is neither full nor empty; a page has it once."""


def bar(full: int, part: int, none: int, words: str) -> str:
    """A bar in three fillings: solid, hatched, empty; `words` say the same."""
    whole = full + part + none
    if not whole:
        return ""
    ends = [WIDTH * full / whole, WIDTH * (full + part) / whole]
    pieces = [
        tag("rect", x=0.5, y=0.5, width=WIDTH - 1, height=HEIGHT - 1, **{"class": "empty"}),
        tag("rect", x=0, y=0, width=ends[0], height=HEIGHT, **{"class": "full"}),
        tag("rect", x=ends[0], y=0, width=ends[1] - ends[0], height=HEIGHT, fill="url(#hatch)"),
        tag("rect", x=0.5, y=0.5, width=WIDTH - 1, height=HEIGHT - 1, **{"class": "edge"}),
    ]
    size = {"width": str(WIDTH), "height": str(HEIGHT), "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
    about = {"role": "img", "aria_label": words, "class": "bar"}
    return tag("svg", "".join(pieces), **size, **about)
