"""What a host does when it is told to: one method for each command, data in and data out."""

from __future__ import annotations

import contextlib
import os
import platform
from typing import Any

from autograder.host.bare import Bare
from autograder.host.capture import Captured, captured
from autograder.host.cells import Cells
from autograder.host.centre import Gate
from autograder.host.exceptions import exception_to_plain
from autograder.host.framework import Framework, framework
from autograder.host.gates import canned
from autograder.host.kit import Kit
from autograder.host.plain import environ_from_plain, request_from_plain
from autograder.host.stack import Stack
from autograder.host.values import is_plain
from autograder.host.wire import Message

KEPT = 100
"""How many onions can be asked at one time; of more, those built first are forgotten."""


EVENTS = 10_000
"""How many gates may be passed before the judge is asked something."""

QUESTIONS = frozenset({"view", "own view", "own answer"})
"""What the judge is asked at a gate; the rest it is told with the next question, or at the end."""


class Missing(Exception):
    """A name that the student has not defined."""


class Worker:
    """Holds a student's names and the stacks that were built of them.

    `obey` takes a command and a gate to ask the judge at, and returns its result. What the
    student's code raises is part of the result, as `{"raised": ...}`; so is a name that is not
    there, as `{"missing": ...}`. `events` are the gates that were passed since the last question.
    """

    def __init__(self, framework: Framework, cells: Cells) -> None:
        self.framework, self.cells = framework, cells
        self.objects: list[Any] = []
        self._stacks: dict[int, Stack | Bare] = {}
        self._built = 0
        self._judge: Gate | None = None
        self._events: list[Message] = []

    def obey(self, command: Message, gate: Gate) -> Message:
        """Carry out one command; KeyError for one that does not exist."""
        commands = {
            "describe": self._describe,
            "cell": self._cell,
            "show": self._show,
            "build": self._build,
            "send": self._send,
            "call": self._call,
            "value": self._value,
            "try": self._try,
        }
        carry_out = commands[command["do"]]
        before, self._judge = self._judge, gate
        if before is None:
            self._events = []  # of a command that was interrupted
        # A cell of the notebook may set up the log as it likes: only what is asked is listened to.
        is_cell = command["do"] in ("cell", "show")
        listening = contextlib.nullcontext(Captured()) if is_cell else captured()
        try:
            with listening as said:
                result = self._guarded(carry_out, command)
        finally:
            self._judge = before
        return {**result, "events": self._told(), "said": said.getvalue()}

    def forget(self) -> None:
        """Let go of all stacks, of which the framework would keep the URLs for ever."""
        while self._stacks:
            self._stacks.popitem()[1].forget()
        self.framework.find("urls.clear_url_caches")()

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

    def _gate(self, message: Message) -> Message:
        """What the judge says at a gate; nothing, where it is only to be told."""
        if self._judge is None:
            raise RuntimeError("this onion belongs to a check that is over")
        if message["is"] in QUESTIONS:
            return self._judge({**message, "events": self._told()})
        if len(self._events) >= EVENTS:
            raise RuntimeError(f"more than {EVENTS:,} gates were passed for one request")
        self._events.append(message)
        return {}

    def _told(self) -> list[Message]:
        told, self._events = self._events, []
        return told

    def _describe(self, _: Message) -> Message:
        return {
            "framework": self.framework.label,
            "python": platform.python_version(),
            "process": os.getpid(),
        }

    def _cell(self, command: Message) -> Message:
        error = self.cells.run(self.framework.one_word(command["source"]))
        return {} if error is None else {"raised": exception_to_plain(error, self.framework)}

    def _show(self, command: Message) -> Message:
        source = self.framework.one_word(command["source"])
        outputs, error = self.cells.show(source, command["count"], command["limit"])
        if error is None:
            return {"outputs": outputs}
        return {"outputs": outputs, "raised": exception_to_plain(error, self.framework)}

    def _build(self, plan: Message) -> Message:
        kit = self._kit(framework(plan["framework"] or self.framework.root))
        self._built += 1
        kind = Bare if "centre" in plan else Stack
        with kit.framework.settings({}):  # what is found by its path is imported, and may look
            self._stacks[self._built] = kind(plan, kit)
        while len(self._stacks) > KEPT:
            self._stacks.pop(min(self._stacks)).forget()
        return {"stack": self._built}

    def _kit(self, framework: Framework) -> Kit:
        return Kit(framework, self._gate, self._found, self.cells.namespace)

    def _send(self, command: Message) -> Message:
        stack = self._stacks.get(command["stack"])
        if stack is None:
            raise LookupError(
                f"more than {KEPT} onions have been built since this one: build it again"
            )
        environ = environ_from_plain(command["environ"], command["body"])
        return stack.send(environ, command.get("takes", 0))

    def _call(self, command: Message) -> Message:
        function = self._found(command["function"])
        with self.framework.settings({}):
            arguments = [self._argument(argument) for argument in command["args"]]
            return _plain_value(function(*arguments))

    def _argument(self, given: Message) -> Any:
        """A plain value, or a request that is made of plain data."""
        if "request" not in given:
            return given["value"]
        return request_from_plain(given["request"], self.framework)

    def _value(self, command: Message) -> Message:
        return _plain_value(self._found(command["of"]))

    def _try(self, command: Message) -> Message:
        """Hand a layer to a test of the student's; what that raises is the result."""
        test, layer = self._found(command["test"]), command["layer"]
        if "source" in layer:
            names: dict[str, Any] = {"__name__": "layer"}
            exec(self.framework.one_word(layer["source"]), names)
            layer = names[layer["name"]]
        else:
            layer = canned(layer["canned"], self.framework)
        with self.framework.settings({}):
            test(layer)
        return {}

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
