"""A scenario played in this process, with everything that those around the answer can see of it.

That is what a client is sent, what the view is handed, and what a layer outside finds on the
request when all is over.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any

from autograder.host.capture import Captured
from autograder.host.framework import framework
from autograder.host.wire import Message
from autograder.host.worker import Worker
from course.proof.mutants.scenarios import Scenario
from course.proof.plain_cells import PlainCells

Seen = dict[tuple[Any, ...], Any]
"""What there is to see, by where it is seen: the number of the request first."""

OUTSIDE = """
class _Outside:
    looks = []
    known = {"csrf_processing_done"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if len(self.known) == 1:
            self.known.update(vars(request), dir(request))
        response = self.get_response(request)
        plain = (str, int, float, bool, list, dict, type(None))
        own = [(name, value) for name, value in vars(request).items() if name not in self.known]
        left = {name: value for name, value in own if isinstance(value, plain)}
        self.looks.append([left, type(response).__name__ * (not hasattr(response, "status_code"))])
        return response
"""
"""A layer that stands outside, and looks at the request when it gets its answer."""


class Player:
    """An answer with all that it needs, in this process.

    `commands` are what a host was told when the answer was judged.
    """

    def __init__(self, commands: Sequence[Message]) -> None:
        self._worker = Worker(framework("minidjango"), PlainCells())
        self._builds: list[Message] = [_asking(one) for one in commands if one["do"] == "build"]
        self._calls = [one for one in commands if one["do"] == "call"]
        cells = [one for one in commands if one["do"] == "cell"]
        self._tells_time = any("time" in one["source"] for one in cells)
        with _quiet():
            for one in (*cells, {"do": "cell", "source": OUTSIDE}):
                self._worker.obey(one, _nothing)

    def play(self, scenario: Scenario) -> Seen:
        """What is seen when the answer is asked so."""
        with _quiet():
            if scenario.call >= 0:
                return self._called(scenario)
            if scenario.build >= len(self._builds):
                return {(0, "not built"): True}
            result = self._worker.obey(self._plan(scenario), _nothing)
            if result["is"] != "done":
                return {(0, "not built"): result.get("raised", {}).get("type", "")}
            return _Play(self._worker, result["stack"], scenario).seen()

    def _called(self, scenario: Scenario) -> Seen:
        if scenario.call >= len(self._calls):
            return {(0, "not called"): True}
        command = {**self._calls[scenario.call], "args": list(scenario.arguments)}
        result = self._worker.obey(command, _nothing)
        return {(0, "result"): result.get("value", result.get("type", "raised"))}

    def _plan(self, scenario: Scenario) -> Message:
        """The stack as the check builds it for this answer, and what is put around and inside."""
        plan = self._builds[scenario.build]
        if "settings" not in plan:
            return plan
        outside = {"name": "_Outside", "attributes": []}
        layers = [outside, *scenario.around, *plan["layers"], *scenario.inside]
        changed = {"clock": self._tells_time, "settings": scenario.settings, "layers": layers}
        return {**plan, **changed}


class _Play:
    """One stack, and the requests of a scenario on their way through it."""

    def __init__(self, worker: Worker, stack: int, scenario: Scenario) -> None:
        self._worker, self._stack, self._scenario = worker, stack, scenario
        self._left = list(enumerate(scenario.requests))
        self._inside: list[int] = []
        self._views = 0
        self._fault: Exception | None = None
        self._seen: Seen = {}

    def seen(self) -> Seen:
        """Send all requests, and tell what was seen."""
        while self._left:
            self._send()
        if self._fault is not None:
            raise self._fault
        return self._seen

    def _send(self) -> None:
        number, request = self._left.pop(0)
        looks = self._worker.cells.namespace["_Outside"].looks
        looks.clear()
        command = {"do": "send", "stack": self._stack, "takes": 0, **request}
        self._inside.append(number)
        result = self._worker.obey(command, self._answer)
        self._inside.pop()
        seen = _response(result) if "status" in result else _raised(result)
        self._seen |= {(number, *key): value for key, value in seen.items()}
        if looks:
            left, odd = looks[-1]
            self._seen |= {(number, "left on the request", name): left[name] for name in left}
            self._seen[number, "no response"] = odd

    def _answer(self, message: Message) -> Message:
        """What stands at a gate is told here; a fault of ours would pass for the view's there."""
        try:
            if message["is"] == "view":
                return self._answer_view(message)
            return {"nonce": "0"}
        except Exception as fault:  # noqa: BLE001  raised again once the host is done
            self._fault = self._fault or fault
            return {"value": None}

    def _answer_view(self, message: Message) -> Message:
        number = self._inside[-1]
        handed = message["request"]
        times = sum(key[:2] == (number, "view") for key in self._seen)
        self._seen[number, "view", times] = {**handed, "body": len(handed["body"])}
        answer = self._scenario.answers[self._views % len(self._scenario.answers)]
        self._views += 1
        if self._scenario.overlap and self._left:
            self._send()
        return answer


def _asking(plan: Any) -> Any:
    """A plan whose views tell what they are handed, those too whose answer is always the same."""
    if isinstance(plan, list):
        return [_asking(one) for one in plan]
    if isinstance(plan, dict):
        return {k: _asking(v) if v is not True or k != "canned" else False for k, v in plan.items()}
    return plan


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Inside, what answers print or log is heard by nobody."""
    before = logging.root.manager.disable
    logging.disable()
    try:
        with contextlib.redirect_stdout(Captured()):
            yield
    finally:
        logging.disable(before)


def _nothing(_: Message) -> Message:
    return {}


def _raised(result: Message) -> Seen:
    return {("raised",): result.get("raised", {}).get("type", result["is"])}


def _response(result: Message) -> Seen:
    seen: Seen = {("status",): result["status"], ("content",): result["body"]}
    for name, value in result["headers"]:
        seen["header", name.lower()] = value
        if re.fullmatch(r"-?\d+(\.\d+)?", value):
            seen["number", name.lower()] = float(value)
    return seen
