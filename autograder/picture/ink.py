"""Ink for the drawn picture: colours, and SVG elements with presentation attributes only.

Jupyter shows these pictures as images, in light themes and dark ones; so they bring their own
background, need no style sheet and no fonts, and are the same bytes every time.
"""

from __future__ import annotations

import functools
import html

CARD, EDGE = "#fffefb", "#d9d2dc"
TEXT, MUTED = "#1f1b24", "#6b6472"
SKIN, SKIN_EDGE = ((246, 238, 248), (222, 196, 229)), "#9c6ba8"
UNREACHED = "#ffffff"
CENTRE, CENTRE_EDGE = "#fff8e6", "#cfae62"
VIEW, VIEW_EDGE = "#ffe7a3", "#a87b12"
IN, OUT, RAISED = "#0b5fa5", "#a34700", "#c2002f"
MARK = "#ffdd33"

KNOWN = 10_000
"""How many elements' attributes are kept: pictures have most of theirs in common."""

MONO, SANS = "monospace", "sans-serif"


def tag(name: str, content: str = "", /, **attributes: str | float) -> str:
    """One element; `_` in an attribute's name stands for `-`. `content` is markup already."""
    said = _said(**attributes)
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def text(
    x: float,
    y: float,
    words: str,
    size: float = 13,
    *,
    family: str = MONO,
    fill: str = TEXT,
    weight: str = "bold",
    style: str = "normal",
    anchor: str = "middle",
) -> str:
    """One line of text with its baseline at `y`; `words` may hold anything printable."""
    return tag(
        "text",
        html.escape(words),
        x=x,
        y=y,
        font_family=family,
        font_size=size,
        font_weight=weight,
        font_style=style,
        fill=fill,
        text_anchor=anchor,
    )


def skin(depth: int, layers: int) -> str:
    """The colour of a layer: pale outside, deeper towards the centre."""
    share = depth / max(layers - 1, 1)
    return "#" + "".join(
        f"{round(pale + (deep - pale) * share):02x}" for pale, deep in zip(*SKIN, strict=True)
    )


def number(value: float) -> str:
    """A coordinate: rounded to a tenth, without a needless zero."""
    return f"{value + 0.0:.1f}".removesuffix(".0")  # 0.0 is 0 with either sign


@functools.lru_cache(KNOWN)
def _said(**attributes: str | float) -> str:
    return "".join(
        f' {key.replace("_", "-")}="{_value(value)}"' for key, value in attributes.items()
    )


def _value(value: str | float) -> str:
    return html.escape(value) if isinstance(value, str) else number(value)
