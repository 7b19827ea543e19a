"""What a student wrote, made harmless before a browser shows it to whoever marks.

Formgrader's page of a submission may write marks, and nbgrader puts into it what a cell displays
and what stands in a cell of Markdown, scripts and all: they would run with the rights of whoever
opens it. `nbgrader_config.py` has nbconvert ask here, for feedback pages too.
"""

from __future__ import annotations

import re
from typing import Any

import nh3
from nbconvert import filters

from autograder.card import MIMETYPE

_TEXTS = {"text/plain", "text/html", "text/markdown", "text/latex"}
_IMAGES = {"image/png", "image/jpeg", "image/svg+xml"}
SHOWN = frozenset({*_TEXTS, *_IMAGES, MIMETYPE})
"""What is kept of a display; nbconvert shows an image as an <img>, in which no script runs."""

_ATTRIBUTES = {
    **nh3.ALLOWED_ATTRIBUTES,
    # No `id`: formgrader finds the field of a mark by its id, and takes the first on the page.
    "*": {"class", "lang", "style", "title"},
    "a": {"href"},
    "details": {"open"},
}
_STYLES = """
    background-color border border-bottom border-collapse border-left border-radius border-right
    border-spacing border-top color cursor display font-family font-size font-style font-weight
    height line-height list-style margin margin-bottom margin-left margin-right margin-top
    max-height max-width min-width overflow-wrap overflow-x padding padding-bottom padding-left
    padding-right padding-top text-align text-decoration text-indent vertical-align white-space
    width
"""
"""What a style may say: nothing that lies over the page, and nothing that fetches something."""

_ALLOWED = {
    # A link to a file that was handed in would open it beside formgrader, with its rights.
    "href": re.compile(r"(https?://|mailto:|#)", re.IGNORECASE),
    # An image that was handed in, or one that brings its own data; nothing of another site's.
    "src": re.compile(r"(data:image/|(?!.*(:|\.\.|\\))[^/])", re.IGNORECASE | re.DOTALL),
    # What highlights a program; formgrader knows its own buttons by their classes.
    "class": re.compile(r"(highlight|[a-z][a-z0-9]?)\Z"),
}


def clean(markup: str) -> str:
    """HTML without what runs, what fetches something from elsewhere, and what hides the page."""
    return nh3.clean(
        markup,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"data", "http", "https", "mailto"},
        filter_style_properties=set(_STYLES.split()),
    )


def _attribute(_: str, name: str, value: str) -> str | None:
    """What an attribute may say; None where it is left out."""
    allowed = _ALLOWED.get(name)
    return value if allowed is None or allowed.match(value.strip()) else None


def markdown2html(source: str) -> str:
    """As nbconvert's filter of this name, less what `clean` takes away."""
    return clean(filters.markdown2html(source))


def harmless_outputs(notebook: Any, resources: Any) -> tuple[Any, Any]:
    """The notebook with displays that may be looked at: a preprocessor of nbconvert's."""
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if "data" in output:
                output["data"] = _shown(output["data"])
    return notebook, resources


def _shown(data: dict[str, Any]) -> dict[str, Any]:
    shown = {kind: value for kind, value in data.items() if kind in SHOWN}
    if "text/html" in shown:
        shown["text/html"] = clean("".join(shown["text/html"]))
    return type(data)(shown)
