"""Gates: in the host, every entry and every return asks the judge, which writes the trace.

`Gated` stands directly round a student's layer and sees what it really returned or raised, before
the framework turns that into a response. `gated_view` is the view at the centre: it has no answer
of its own, and asks the judge for one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.host.exceptions import exception_from_plain, exception_to_plain
from autograder.host.framework import Framework
from autograder.host.plain import request_to_plain, response_from_plain, token
from autograder.host.values import plain
from autograder.host.wire import Message

Gate = Callable[[Message], Message]
"""Tells the judge where the request is; returns what the judge says to that."""

HOOKS = ("process_view", "process_exception", "process_template_response")


class Gated:
    """A student's layer, as the framework sees it: called, behind a gate, and else the same.

    `gate_round` gives it the hooks that the layer has.
    """

    def __init__(self, layer: Any, who: int, gate: Gate, framework: Framework) -> None:
        self._layer, self._who, self._gate, self._framework = layer, who, gate, framework

    def __call__(self, request: Any) -> Any:
        """The layer itself, behind its gate."""
        return self._through("", self._layer, request)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._layer, name)

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


def _gated_hook(hook: str) -> Callable[..., Any]:
    def through(self: Gated, *args: Any, **kwargs: Any) -> Any:
        return self._through(hook, getattr(self._layer, hook), *args, **kwargs)

    through.__name__ = through.__qualname__ = hook
    return through


def gate_round(layer: Any, who: int, gate: Gate, framework: Framework) -> Gated:
    """A gate with just the hooks of this layer, and its class's name: frameworks write it down."""
    hooks = {hook: _gated_hook(hook) for hook in HOOKS if hasattr(layer, hook)}
    kind: type[Gated] = type(type(layer).__name__, (Gated,), hooks)
    return kind(layer, who, gate, framework)


def gated(factory: Any, who: int, gate: Gate, framework: Framework) -> Callable[..., Any]:
    """A middleware factory that builds the student's and stands round what it builds."""

    def build(get_response: Callable[[Any], Any]) -> Any:
        layer = factory(get_response)
        return None if layer is None else gate_round(layer, who, gate, framework)

    build.__name__ = build.__qualname__ = getattr(factory, "__name__", type(factory).__name__)
    for capability in ("sync_capable", "async_capable"):
        if hasattr(factory, capability):
            setattr(build, capability, getattr(factory, capability))
    return build


def gated_view(about: Message, gate: Gate, framework: Framework) -> Callable[..., Any]:
    """A plain function with the check's view's name, module, docstring and plain attributes."""

    def view(request: Any, *args: Any, **kwargs: Any) -> Any:
        call = {
            "args": [plain(arg) for arg in args],
            "kwargs": {k: plain(kwargs[k]) for k in kwargs},
        }
        return answered(
            gate({"is": "view", "request": request_to_plain(request), **call}), framework
        )

    view.__name__ = view.__qualname__ = about["name"]
    view.__module__, view.__doc__ = framework.own(about["module"]), about["doc"]
    view.__dict__.update(about["attributes"])
    return view


def answered(answer: Message, framework: Framework) -> Any:
    """What a view answered, rebuilt with this framework's classes; raises what it raised."""
    if "raise" in answer:
        raise exception_from_plain(answer["raise"], framework)
    if "response" in answer:
        return response_from_plain(answer["response"], framework)
    return answer["value"]


def canned(answer: Message, framework: Framework) -> Callable[..., Any]:
    """A middleware factory whose layer never calls the next one: it gives a canned answer."""

    def factory(_: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda _: answered(answer, framework)

    return factory
