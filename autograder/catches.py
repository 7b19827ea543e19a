"""`catches(...)`: a test that a student wrote, tried on layers that it has not seen."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from autograder import messages
from autograder.canned import Canned
from autograder.conversation import nobody
from autograder.evidence import Raised
from autograder.host.wire import Message
from autograder.plans import called
from autograder.questions import claim
from autograder.session import ask, session, students_turn


def catches(test: Any, *, right: Sequence[str | Canned], wrong: Sequence[str | Canned]) -> None:
    """Claim that a student's test passes on each right layer, and fails on each wrong one.

    It is called with one layer at a time, in an order that nobody knows. A layer is the source of
    a class or a function, whose first line may be a comment that says what it does, or
    `returns(...)` and its like. Raises ValueError where there is none to pass, or none to fail, or
    where a source defines nothing.
    """
    if not (right and wrong):
        raise ValueError("catches() needs a layer that is right and one that is wrong")
    layers = [_described(layer) for layer in (*right, *wrong)]
    here = session()
    order = here.chance.sample(range(len(layers)), len(layers))
    raised = {number: _tried(test, layers[number][1]) for number in order}
    if here.evidence is not None:
        here.evidence.tried = True
    for number, (what, _) in enumerate(layers):
        error = raised[number]
        if number < len(right):
            happened = f"it raises {error.told}" if error else "it passes"
            claim(error is None, f"{called(test)} passes on a layer that {what}", happened)
        else:
            happened = "it fails" if error else "it passes"
            claim(error is not None, f"{called(test)} fails on a layer that {what}", happened)


def _tried(test: Any, layer: Message) -> Raised | None:
    """What the test raised when it was handed the layer."""
    here = session()
    with students_turn(here):
        result = ask(here, {"do": "try", "test": here.host.refer(test), "layer": layer}, nobody)
    if result["is"] != "raised":
        return None
    raised = messages.raised(result)
    if here.evidence is not None and raised.unfinished:
        here.evidence.raised.append(raised)
    return raised


def _described(layer: str | Canned) -> tuple[str, Message]:
    """What a layer does, in words, and the layer as data: without the words."""
    if isinstance(layer, Canned):
        return layer.name, {"canned": layer.to_plain()}
    tree = ast.parse(layer)
    made = [node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    if not made:
        raise ValueError("the source of a layer defines a class or a function")
    first = layer.strip().partition("\n")[0]
    words = (
        first.lstrip("# ").rstrip(".") if first.startswith("#") else f"is called {made[-1].name}"
    )
    return words, {"source": ast.unparse(tree), "name": made[-1].name}
