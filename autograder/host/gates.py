"""Gates: in the host, every entry and every return is told to the judge, which writes the trace.

`Gated` stands directly round a student's layer and sees what it really returned or raised, before
the framework turns that into a response. What stands at the centre is in `centre`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from autograder.host.centre import Gate, answered, itself
from autograder.host.exceptions import exception_to_plain
from autograder.host.framework import Framework
from autograder.host.plain import token
from autograder.host.wire import Message

HOOKS = ("process_view", "process_exception", "process_template_response")
OLD_HOOKS = ("process_request", *HOOKS, "process_response")
"""The methods of a layer in the style of `MIDDLEWARE_CLASSES`, which nobody calls itself."""


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
        if hook == "process_view":  # its second argument is the view, which has a gate of its own
            args = (*args[:1], *map(itself, args[1:2]), *args[2:])
        return self._through(hook, getattr(self._layer, hook), *args, **kwargs)

    through.__name__ = through.__qualname__ = hook
    return through


def gate_round(
    layer: Any, who: int, gate: Gate, framework: Framework, names: tuple[str, ...] = HOOKS
) -> Gated:
    """A gate with just the hooks of this layer, and its class's name: frameworks write it down."""
    hooks = tuple(hook for hook in names if hasattr(layer, hook))
    return _kind(type(layer).__name__, hooks)(layer, who, gate, framework)


@functools.lru_cache(maxsize=256)  # a class is soon made, but not so soon as a notebook is judged
def _kind(name: str, hooks: tuple[str, ...]) -> type[Gated]:
    return type(name, (Gated,), {hook: _gated_hook(hook) for hook in hooks})


def gated(factory: Any, who: int, gate: Gate, framework: Framework) -> Callable[..., Any]:
    """A middleware factory that builds the student's and stands round what it builds.

    In the old style it is called without get_response.
    """

    def build(*get_response: Callable[[Any], Any]) -> Any:
        gate({"is": "built", "who": who})
        layer = factory(*get_response)
        hooks = HOOKS if get_response else OLD_HOOKS
        return None if layer is None else gate_round(layer, who, gate, framework, hooks)

    build.__name__ = build.__qualname__ = getattr(factory, "__name__", type(factory).__name__)
    for capability in ("sync_capable", "async_capable"):
        if hasattr(factory, capability):
            setattr(build, capability, getattr(factory, capability))
    return build


class Canned:
    """A layer that never calls the next one: it gives a canned answer, in either style."""

    def __init__(self, answer: Message, framework: Framework) -> None:
        self._answer, self._framework = answer, framework

    def __call__(self, request: Any) -> Any:
        """The answer."""
        return answered(self._answer, self._framework, request)

    process_request = __call__


def canned(answer: Message, framework: Framework) -> Callable[..., Canned]:
    """The factory of a layer that gives a canned answer."""

    def factory(*_: Callable[[Any], Any]) -> Canned:
        return Canned(answer, framework)

    return factory
