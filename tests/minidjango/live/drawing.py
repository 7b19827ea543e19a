"""Scenarios, drawn by Hypothesis. What comes first in a list is plainest: there it shrinks to."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

from hypothesis import strategies as st

from autograder.model import Asked, Scenario
from tests.minidjango.live.choices import (
    ANSWERS,
    ASKED,
    BATTERIES,
    ERROR_PAGES,
    HANDLED,
    LAYERS,
    LOOKING,
    METHODS,
    ODDITIES,
    PATHS,
    ROUTES,
    SETTINGS,
    TARGETS,
    TROUBLE,
)

Pick = Callable[[str, Sequence[Any]], Any]
_placed: dict[str, st.SearchStrategy[tuple[str, Any]]] = {}


@st.composite
def scenarios(draw: Any) -> Scenario:
    """Draw a stack in which something odd is done, or a visit to a site."""
    pick = partial(placed, draw)
    return site(pick) if pick("what", (stack, stack, stack, site)) is site else stack(pick)


@st.composite
def visits(draw: Any, layers: tuple[str, ...]) -> Scenario:
    """Draw a visit to a site with these layers and no others."""
    return replace(site(partial(placed, draw)), layers=layers)


def placed(draw: Any, place: str, options: Sequence[Any]) -> Any:
    """Draw one of several.

    The place makes this a strategy of its own. Where two are alike Hypothesis likes to copy what
    the one has drawn to the other, and five of six examples would hardly be new.
    """
    if place not in _placed:
        _placed[place] = st.sampled_from([(place, option) for option in options])
    return draw(_placed[place])[1]


def stack(pick: Pick) -> Scenario:
    """Draw up to four layers, a view and error handlers, any of which may do something odd."""
    names = [f"M{number}" for number in range(pick("layers", (2, 1, 2, 3, 3, 3, 4, 4, 4, 0)))]
    layers = {name: drawn_layer(pick, name) for name in names}
    for number in range(pick("oddities", (0, 1, 1, 2, 2, 3, 3, 3)) if names else 0):
        odd = pick(f"oddity {number} of {len(names)}", [*product(names, ODDITIES)])
        layers[odd[0]].update([odd[1]])
    does = {name: as_words(parts) for name, parts in layers.items()}
    does["view"] = pick("view", ANSWERS)
    for status in pick("handlers", HANDLED):
        if page := pick(f"handler{status}", ERROR_PAGES):
            does[f"handler{status}"] = page
    settings = dict.fromkeys(pick("trouble", TROUBLE), True)
    method, path = pick("asked", [*product(METHODS, TARGETS)])
    return Scenario(
        tuple(names), "view", settings=settings, requests=(Asked(method, path),), does=does
    )


def site(pick: Pick) -> Scenario:
    """Draw layers of the framework's own, a URLconf, and a client with something to say."""
    names = pick("names", ([], ["M0"], ["M0", "M1"]))
    does = {name: as_words(drawn_layer(pick, name)) for name in names}
    does["view"] = pick("look", LOOKING)
    does["urls"] = pick("urls", [*ROUTES])
    asked = [(part, pick(part, values)) for part, values in ASKED.items()]
    does["client"] = ", ".join(f"{part} {value}" for part, value in asked if value)
    batteries, method, path = pick("site", [*product(BATTERIES, METHODS, PATHS)])
    settings = dict(pick(f"setting {number}", SETTINGS) for number in range(2))
    if settings.get("DEBUG"):
        settings.pop("DEFAULT_CHARSET", None)  # in which not every page can be written
    settings.setdefault("SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies")
    layers = (*names[:1], *batteries, *names[1:])
    requests = (Asked(method, path),) * (1 + bool(batteries))
    return Scenario(layers, "view", settings=settings, requests=requests, does=does)


def drawn_layer(pick: Pick, name: str) -> dict[str, str]:
    """Draw a layer that passes everything on."""
    kind, hooks = pick(name, LAYERS)
    return {"kind": kind, **dict.fromkeys(hooks, "pass"), "response": "header"}


def as_words(parts: dict[str, str]) -> str:
    """Say what a layer does, in parts that one of its kind has."""
    (_, kind), *rest = parts.items()
    if parts.get("request") in ("try", "twice") and kind == "mixin":
        kind = "class"  # whose get_response is its own to call
    if kind == "mixin":
        renamed = {"request": "process_request", "response": "process_response"}
        rest = [(renamed.get(part, part), does) for part, does in rest]
    if kind == "function":
        rest = [(part, does) for part, does in rest if not part.startswith("process")]
    elif ("init", "none") in rest:
        rest.remove(("init", "none"))
    return ", ".join([kind, *(f"{part} {does}" for part, does in rest)])
