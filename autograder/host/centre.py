"""What stands at the centre of an onion: the check's view, or one of the student's.

The check's is a stand-in here, which has no answer of its own and asks the judge for one. Round a
student's stands a gate, as round a layer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from autograder.host.clock import pass_by
from autograder.host.exceptions import exception_from_plain, exception_to_plain
from autograder.host.framework import Framework
from autograder.host.plain import (
    NONCE,
    request_to_plain,
    response_from_plain,
    seen_to_plain,
    token,
)
from autograder.host.values import plain
from autograder.host.wire import Message

Gate = Callable[[Message], Message]
"""Tells the judge where the request is; returns what the judge says to that."""
View = Callable[..., Any]


def gated_view(about: Message, gate: Gate, framework: Framework) -> View:
    """A plain function with the check's view's name, module, docstring and plain attributes."""

    def view(request: Any, *args: Any, **kwargs: Any) -> Any:
        call = {
            # A canned answer is the same whatever is asked.
            "request": {} if about["canned"] else request_to_plain(request),
            "which": about["which"],
            "args": [plain(arg) for arg in args],
            "kwargs": {k: plain(kwargs[k]) for k in kwargs},
        }
        answer = gate({"is": "view", **call})
        return answered(answer, framework, request, gate)

    view.__name__ = view.__qualname__ = about["name"]
    view.__module__, view.__doc__ = framework.own(about["module"]), about["doc"]
    view.__dict__.update(about["attributes"])
    return view


def own_view(view: View, name: str, gate: Gate, framework: Framework) -> View:
    """A student's view behind a gate, with the names and marks of the view."""

    def through(request: Any, *args: Any, **kwargs: Any) -> Any:
        gate({"is": "own view", "name": name})
        try:
            answer = view(request, *args, **kwargs)
        except BaseException as error:
            raised = exception_to_plain(error, framework)
            gate({"is": "own answer", "name": name, "raised": raised})
            raise
        left = {"is": "own answer", "name": name, "token": token(answer, framework)}
        if isinstance(answer, framework.find("http.response.HttpResponseBase")):
            answer[NONCE] = gate({**left, "response": seen_to_plain(answer)})["nonce"]
        else:
            gate(left)
        return answer

    for attribute in ("__module__", "__name__", "__qualname__", "__doc__"):
        said = getattr(view, attribute, getattr(type(view), attribute, None))
        setattr(through, attribute, said if isinstance(said, str) else "")
    through.__dict__.update(getattr(view, "__dict__", {}))
    through.behind_gate = view  # type: ignore[attr-defined]
    return through


def itself(view: Any) -> Any:
    """The student's view that is behind this gate; anything else as it is."""
    return getattr(view, "behind_gate", view)


def view_name(view: Any) -> str:
    """How a trace calls a view of a URLconf: by its function's name, or its class's."""
    named = getattr(view, "view_class", view)
    return str(getattr(named, "__name__", type(named).__name__))


def answered(answer: Message, framework: Framework, request: Any, gate: Gate | None = None) -> Any:
    """What a view answered, rebuilt with this framework's classes; raises what it raised.

    `gate` hears of each part of a stream when somebody reads it.
    """
    pass_by(answer.get("takes", 0))
    if "raise" in answer:
        raise exception_from_plain(answer["raise"], framework)
    if "late" in answer:
        return _late(answer["late"], framework, request)
    if "response" not in answer:
        return answer["value"]
    said = answer["response"]
    response = response_from_plain(said, framework)
    if said["streaming"]:
        response.streaming_content = chunks_of(said, framework, gate)
    return response


def _late(said: Message, framework: Framework, request: Any) -> Any:
    """A template response, which is rendered when the framework comes to it."""
    source = said["source"]
    engine = framework.engine("jinja2" if "{{" in source or "{%" in source else "strings")
    make = framework.find("template.response.TemplateResponse")
    template = engine.from_string(source)
    response = make(request, template, said["context"], status=said["status"])
    for name, value in said["headers"]:
        response[name] = value
    return response


def chunks_of(said: Message, framework: Framework, gate: Gate | None) -> Iterator[bytes]:
    """The parts of a stream, each told of when it is read; at its end it may fail."""
    for chunk in said["chunks"]:
        if gate:
            gate({"is": "read"})
        yield chunk.encode("latin-1")
    if "fails" in said:
        raise exception_from_plain(said["fails"], framework)
