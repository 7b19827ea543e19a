"""Pictures of a trace: a tree in text, an onion in SVG, and two of them side by side.

`words` makes names fit to be shown, `story` finds out what a trace tells, `tree` writes it down;
`route` finds the way through the onion and `layout` its measures, `onion` and `way` draw it with
`ink`; `pair` puts what was expected beside what came.
"""

from __future__ import annotations

from base64 import b64encode
from html import escape

from autograder.model import Trace
from autograder.picture.onion import onion
from autograder.picture.pair import pair_svgs, side_by_side_text
from autograder.picture.story import describe
from autograder.picture.tree import tree, written

__all__ = [
    "GROUND",
    "bundle",
    "describe",
    "folded",
    "html",
    "image",
    "pair_html",
    "pair_svgs",
    "side_by_side_text",
    "svg",
    "text",
]

GROUND = "background-color:#f3eff5;color:#1f1b24"
"""The colours of text in a picture's company: both, so that it reads in any theme."""


def text(trace: Trace) -> str:
    """The trace as an enter/leave tree in box-drawing characters, without a final newline."""
    return "\n".join(written(tree(trace)))


def svg(trace: Trace) -> str:
    """The trace as an onion: an SVG document, the same bytes every time."""
    return onion(trace)


def html(trace: Trace) -> str:
    """The onion as an image, with the tree folded below it; survives JupyterLab's sanitizer."""
    return bundle(trace)["text/html"]


def bundle(trace: Trace) -> dict[str, str]:
    """What Jupyter's `_repr_mimebundle_` is to answer: text/plain and text/html."""
    words = text(trace)
    drawn = image(svg(trace), describe(trace))
    return {"text/plain": words, "text/html": drawn + _folded(words)}


def pair_html(expected: Trace, actual: Trace) -> str:
    """Expected and actual side by side, one below the other where it is narrow; texts folded."""
    wanted, got = pair_svgs(expected, actual)
    images = [
        image(wanted, f"Expected: {describe(expected)}"),
        image(got, f"Yours: {describe(actual)}"),
    ]
    style = "display:inline-block;vertical-align:top;margin:0 8px 8px 0"
    both = "".join(f'<div style="{style}">{one}</div>' for one in images)
    return both + _folded(side_by_side_text(expected, actual, width=80))


def image(drawn: str, alt: str) -> str:
    """An SVG document as an HTML image that brings its own data; `alt` says it in words."""
    data = b64encode(drawn.encode()).decode()
    source = f"data:image/svg+xml;base64,{data}"
    # Formgrader draws a red frame round every image that does not say otherwise.
    style = "display:block;max-width:100%;height:auto;border:none"
    return f'<img alt="{escape(alt)}" src="{source}" style="{style}">'


def _folded(lines: str) -> str:
    style = f"{GROUND};padding:6px;overflow-x:auto;white-space:pre;line-height:1.3"
    return folded("in words", f'<pre style="{style}">{escape(lines)}</pre>')


def folded(words: str, markup: str) -> str:
    """Markup below a line that unfolds it; the line's triangle stays where pages take it away."""
    line = f'<summary style="display:list-item;cursor:pointer">{escape(words)}</summary>'
    return f'<details style="margin:6px 0">{line}{markup}</details>'
