"""How a scenario says what its parties do: a closed vocabulary.

    "M0": "class, request pass, response header, process_view raise:Http404"
    "view": "template:callback"
    "view": "object, ok"
    "handler404": "ok"

A phrase is a part and an action; an action is a verb and, after a colon, an option. What a view or
an error handler does is one action. What the verbs mean is in `actions`.
"""

from functools import cache
from typing import Any, NamedTuple

from autograder.model import Asked, Scenario

LAYER_KINDS = ("class", "function", "mixin", "legacy")
HOOKS = (
    "process_request",
    "process_view",
    "process_exception",
    "process_template_response",
    "process_response",
)
PARTS = ("init", "request", "response", *HOOKS)


class Party(NamedTuple):
    """How a layer is written, and the action of each part that it has."""

    kind: str
    parts: dict[str, str]


class Action(NamedTuple):
    """What is done: `raise` with the option `Http404`."""

    verb: str
    option: str


@cache
def layer(text: str) -> Party:
    """Read what a layer does; ValueError where it says what nobody understands."""
    kind, *phrases = text.split(", ")
    parts = dict(pair(phrase) for phrase in phrases)
    vanishes = parts.get("init") == "none" and kind != "function"  # a class cannot
    if kind not in LAYER_KINDS or set(parts) - set(PARTS) or vanishes:
        raise ValueError(f"not a layer: {text!r}")
    return Party(kind, parts)


def view(text: str) -> tuple[str, str]:
    """Return how a view is written, a `function` unless it is said, and its action."""
    kind, _, does = text.rpartition(", ")
    return kind or "function", does


def pair(phrase: str) -> tuple[str, str]:
    """Return the two words of a phrase."""
    first, _, second = phrase.partition(" ")
    return first, second


@cache
def action(text: str) -> Action:
    """Divide an action."""
    verb, _, option = text.partition(":")
    return Action(verb, option)


def scene(
    *layers: str, path: str = "/v/7/", settings: dict[str, Any] | None = None, **does: str
) -> Scenario:
    """Return one GET of a stack of layers, `M0` outermost; the view is `ok` unless told."""
    names = tuple(f"M{number}" for number in range(len(layers)))
    told = {**dict(zip(names, layers, strict=True)), "view": "ok", **does}
    return Scenario(
        names, "view", settings=settings or {}, requests=(Asked("GET", path),), does=told
    )
