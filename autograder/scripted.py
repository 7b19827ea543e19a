"""Scenarios whose layers are no code of anybody's: what each does, in a few words, and its trace.

The words are a closed vocabulary. A layer of which nothing is said passes everything on.

    answers 403                      answers itself, and calls nobody
    answers 403 to /admin/           so it does where the path begins so; else it passes on
    calls on twice                   calls get_response twice, and returns the second answer
    calls on, then answers 403       calls get_response, and puts an answer of its own in its place
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from typing import Any

from autograder.host.framework import framework
from autograder.hosts import LocalHost
from autograder.model import Asked, Scenario, Trace
from autograder.onions import onion
from autograder.session import Session, using

Layer = Callable[[Any], Any]

_ANSWERS = re.compile(r"answers (?P<status>[1-5]\d\d)(?: to (?P<path>/\S*))?")
_TOO_LATE = re.compile(r"calls on, then answers (?P<status>[1-5]\d\d)")
TWICE = "calls on twice"
PASSES_ON = "passes on"
WORDS = f"`{PASSES_ON}`, `answers 403`, `answers 403 to /admin/`, `{TWICE}` or `calls on, then answers 403`"  # noqa: E501
"""What a layer can do, for those who said something else."""


def play(scenario: Scenario, root: str = "minidjango") -> Trace:
    """Send the first request of a scenario through its layers, on a framework; return the trace.

    Raises ValueError where a layer does what is not among the words, and where nothing is asked.
    """
    if not scenario.requests:
        raise ValueError("this scenario asks nothing")
    asked = scenario.requests[0]
    layers = [_layer(name, scenario.does.get(name, PASSES_ON), root) for name in scenario.layers]

    def view(request: Any) -> Any:
        return framework("minidjango").find("http.HttpResponse")("the view's own answer")

    view.__name__ = scenario.view
    host = LocalHost(root)
    with contextlib.closing(host), using(Session(host, lambda verdict: None)):
        app = onion(*layers, view=view, style=scenario.style, **scenario.settings)
        app.request(asked.path, method=asked.method, expect_errors=True)
        return app.trace.plain


def scene(*layers: str, **does: str) -> Scenario:
    """A scenario of layers with these names, one `GET /`, and a view called `view`."""
    return Scenario(layers, "view", requests=(Asked("GET", "/"),), does=does)


def _layer(name: str, does: str, root: str) -> Callable[[Layer], Layer]:
    """The factory of a layer that does this; ValueError where there are no such words."""
    answers, late = _ANSWERS.fullmatch(does), _TOO_LATE.fullmatch(does)
    if not (answers or late or does in (PASSES_ON, TWICE)):
        raise ValueError(f"{name} {does}: what a layer does is {WORDS}")

    def factory(get_response: Layer) -> Layer:
        def layer(request: Any) -> Any:
            if answers and request.path.startswith(answers["path"] or "/"):
                return _response(root, answers["status"])
            response = get_response(request)
            if late:
                return _response(root, late["status"])
            return get_response(request) if does == TWICE else response

        return layer

    factory.__name__ = name
    return factory


def _response(root: str, status: str) -> Any:
    return framework(root).find("http.HttpResponse")("the layer's own answer", status=int(status))
