"""What a host does when it is told to: one method for each command, data in and data out."""

from __future__ import annotations

import contextlib
import os
import platform
from typing import Any

from autograder.host.capture import Captured, captured
from autograder.host.cells import Cells
from autograder.host.exceptions import exception_to_plain
from autograder.host.framework import Framework
from autograder.host.gates import Gate, canned, gated
from autograder.host.plain import environ_from_plain
from autograder.host.stack import Stack
from autograder.host.values import is_plain
from autograder.host.wire import Message

KEPT = 100
"""How many onions can be asked at one time; of more, those built first are forgotten."""


class Missing(Exception):
    """A name that the student has not defined."""


class Worker:
    """Holds a student's names and the stacks that were built of them.

    `obey` takes a command and a gate to ask the judge at, and returns its result. What the
    student's code raises is part of the result, as `{"raised": ...}`; so is a name that is not
    there, as `{"missing": ...}`.
    """

    def __init__(self, framework: Framework, cells: Cells) -> None:
        self.framework, self.cells = framework, cells
        self.objects: list[Any] = []
        self._stacks: dict[int, Stack] = {}
        self._built = 0
        self._gate: Gate | None = None

    def obey(self, command: Message, gate: Gate) -> Message:
        """Carry out one command; KeyError for one that does not exist."""
        commands = {
            "describe": self._describe,
            "cell": self._cell,
            "build": self._build,
            "send": self._send,
            "call": self._call,
            "value": self._value,
        }
        carry_out = commands[command["do"]]
        before, self._gate = self._gate, gate
        # A cell of the notebook may set up the log as it likes: only what is asked is listened to.
        listening = contextlib.nullcontext(Captured()) if command["do"] == "cell" else captured()
        try:
            with listening as said:
                result = self._guarded(carry_out, command)
        finally:
            self._gate = before
        return {**result, "said": said.getvalue()}

    def _guarded(self, carry_out: Any, command: Message) -> Message:
        try:
            result: Message = carry_out(command)
        except Missing as missing:
            return {"is": "missing", "name": str(missing)}
        except KeyboardInterrupt:
            raise  # somebody pressed stop, in a notebook: that is not the student's code
        except BaseException as error:  # noqa: BLE001  the student's code may raise anything
            return {"is": "raised", "raised": exception_to_plain(error, self.framework)}
        return {"is": "done", **result}

    def _describe(self, _: Message) -> Message:
        return {
            "framework": self.framework.label,
            "python": platform.python_version(),
            "process": os.getpid(),
        }

    def _cell(self, command: Message) -> Message:
        error = self.cells.run(self.framework.one_word(command["source"]))
        return {} if error is None else {"raised": exception_to_plain(error, self.framework)}

    def _build(self, plan: Message) -> Message:
        layers = [
            gated(self._layer(layer), who, self._ask, self.framework)
            for who, layer in enumerate(plan["layers"])
        ]
        plan = {**plan, "settings": self.framework.one_word_in(plan["settings"])}
        self._built += 1
        self._stacks[self._built] = Stack(plan, layers, self._ask, self.framework)
        while len(self._stacks) > KEPT:
            self._stacks.pop(min(self._stacks)).forget()
        return {"stack": self._built}

    def _ask(self, message: Message) -> Message:
        if self._gate is None:
            raise RuntimeError("this onion belongs to a check that is over")
        return self._gate(message)

    def _layer(self, layer: Message) -> Any:
        """The factory for a layer of a plan: the student's, or one that gives a canned answer."""
        is_canned = "response" in layer or "raise" in layer
        return canned(layer, self.framework) if is_canned else self._found(layer)

    def _send(self, command: Message) -> Message:
        stack = self._stacks.get(command["stack"])
        if stack is None:
            raise LookupError(
                f"more than {KEPT} onions have been built since this one: build it again"
            )
        return stack.send(environ_from_plain(command["environ"], command["body"]))

    def _call(self, command: Message) -> Message:
        return _plain_value(self._found(command["function"])(*command["args"]))

    def _value(self, command: Message) -> Message:
        return _plain_value(self._found(command["of"]))

    def _found(self, named: Message) -> Any:
        """What a reference stands for: a name with its attributes, or an object handed over."""
        if "object" in named:
            return self.objects[named["object"]]
        if named["name"] not in self.cells.namespace:
            raise Missing(named["name"])
        found = self.cells.namespace[named["name"]]
        for attribute in named["attributes"]:
            found = getattr(found, attribute)
        return found


def _plain_value(value: object) -> Message:
    if is_plain(value):
        return {"value": value}
    return {"type": type(value).__name__}
