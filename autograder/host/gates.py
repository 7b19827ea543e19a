"""Gates: in the host, every entry and every return asks the judge, which writes the trace.

`Gated` stands directly round a student's layer and sees what it really returned or raised, before
the framework turns that into a response. `gated_view` is the view at the centre: it has no answer
of its own, and asks the judge for one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.host.framework import Framework
from autograder.host.plain import (
    exception_from_plain,
    exception_to_plain,
    request_to_plain,
    response_from_plain,
    token,
)
from autograder.host.wire import Message

Gate = Callable[[Message], Message]
"""Tells the judge where the request is; returns what the judge says to that."""

HOOKS = ("process_view", "process_exception", "process_template_response")


class Gated:
    """A student's layer, as the framework sees it: the same hooks, each behind a gate."""

    def __init__(self, layer: Any, who: int, gate: Gate, framework: Framework) -> None:
        self._layer, self._who, self._gate, self._framework = layer, who, gate, framework

    def __call__(self, request: Any) -> Any:
        """The layer itself, behind its gate."""
        return self._through("", self._layer, request)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._layer, name)
        if name in HOOKS:
            return lambda *args, **kwargs: self._through(name, found, *args, **kwargs)
        return found

    def _through(self, hook: str, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        where = {"who": self._who, "hook": hook}
        self._gate({"is": "enter", **where})
        try:
            result = function(*args, **kwargs)
        except BaseException as error:
            raised = exception_to_plain(error, self._framework)
            self._gate({"is": "leave", **where, "raised": raised})
            raise
        self._gate({"is": "leave", **where, "token": token(result, self._framework)})
        return result


def gated(factory: Any, who: int, gate: Gate, framework: Framework) -> Callable[..., Any]:
    """A middleware factory that builds the student's and stands round what it builds."""

    def build(get_response: Callable[[Any], Any]) -> Any:
        layer = factory(get_response)
        return None if layer is None else Gated(layer, who, gate, framework)

    build.__name__ = build.__qualname__ = getattr(factory, "__name__", type(factory).__name__)
    for capability in ("sync_capable", "async_capable"):
        if hasattr(factory, capability):
            setattr(build, capability, getattr(factory, capability))
    return build


def gated_view(about: Message, gate: Gate, framework: Framework) -> Callable[..., Any]:
    """A plain function with the check's view's name, module, docstring and plain attributes."""

    def view(request: Any, *args: Any, **kwargs: Any) -> Any:
        asked = {"request": request_to_plain(request), "args": list(args), "kwargs": kwargs}
        answer = gate({"is": "view", **asked})
        if "raise" in answer:
            raise exception_from_plain(answer["raise"], framework)
        return response_from_plain(answer["response"], framework)

    view.__name__ = view.__qualname__ = about["name"]
    view.__module__, view.__doc__ = framework.own(about["module"]), about["doc"]
    view.__dict__.update(about["attributes"])
    return view


def canned(answer: Message, framework: Framework) -> Callable[..., Any]:
    """A middleware factory whose layer never calls the next one: it gives a canned answer."""

    def factory(_: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def middleware(_: Any) -> Any:
            if "raise" in answer:
                raise exception_from_plain(answer["raise"], framework)
            return response_from_plain(answer["response"], framework)

        return middleware

    return factory
