"""The judge's part of the conversation, while one request is on its way through a stack."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from autograder import messages
from autograder.canned import Canned, answer_to_plain, wsgi_answer
from autograder.evidence import Exchange
from autograder.host.framework import framework
from autograder.host.plain import NONCE, request_from_plain
from autograder.host.wire import Malformed, Message
from autograder.model import Event
from autograder.plans import Plan

EVENTS = 10_000
"""How many events one request may have."""


class Conversation:
    """What the judge says at the gates: it writes the trace down, and answers for the views.

    `meanwhile` is called when a request is at the view's gate, with the seconds that the view
    takes, before it is answered. `fault` is the first thing that went wrong on the judge's side, or
    in what the host said. It is kept and not raised, for here it would pass for something that the
    view raised.
    """

    def __init__(
        self,
        exchange: Exchange,
        plan: Plan,
        built: Counter[str],
        meanwhile: Callable[[float], bool],
    ) -> None:
        self._exchange, self._plan = exchange, plan
        self._built, self._meanwhile = built, meanwhile
        self._inside = 0
        self.fault: Exception | None = None

    def answer(self, message: Message) -> Message:
        """The judge's word at one gate."""
        try:
            self.hear(message)
            match message["is"]:
                case "view":
                    return self._answer_view(message)
                case "own view":
                    return self._enter_own(message)
                case "own answer":
                    return self._leave_own(message)
            raise Malformed("no such gate")
        except Exception as fault:  # noqa: BLE001  raised again once the host is done
            self.fault = self.fault or fault
            return {"value": None}

    def hear(self, message: Message) -> None:
        """Write down the gates that were passed before a message."""
        for event in messages.events(message):
            if event["is"] == "read":
                self._exchange.read_inside += self._inside > 0
            elif event["is"] == "built":
                count_built(event, self._plan, self._built)
            else:
                self._write(event)

    def _write(self, message: Message) -> None:
        """An entry or a return of one of the layers: one more event of the trace."""
        layers = self._plan.scenario.layers
        who, hook, leaving = messages.entering(message, len(layers))
        if not hook:
            self._inside += -1 if leaving else 1
        if leaving:
            self._event(Event(layers[who], "<", self._came_out(layers[who], message), hook))
        else:
            self._event(Event(layers[who], ">", hook=hook))

    def _came_out(self, who: str, message: Message) -> str:
        """What came out of a layer or a view, in a word; what it raised is kept."""
        if "raised" not in message:
            return messages.token(message)
        raised = messages.raised(message)
        self._exchange.raised_at_gates.append((who, raised))
        return f"!{raised.type}"

    def _answer_view(self, message: Message) -> Message:
        view, name = self._asked_for(message)
        self._enter(name, central=True)
        answer = self._answer_of(view, *messages.view_call(message))
        if self._meanwhile(answer.get("takes", 0)):
            self._exchange.held = True
            answer.pop("takes", None)
        self._event(Event(name, "<", _token(answer)))
        nonce = secrets.token_hex(8)
        for key in ("response", "late"):
            if key in answer:
                said = answer[key]
                self._exchange.answers[nonce] = {"chunks": [], "open": key == "late", **said}
                return {**answer, key: {**said, "headers": [*said["headers"], [NONCE, nonce]]}}
        return answer

    def _answer_of(self, view: Any, plain: Message, args: list[Any], kwargs: Any) -> Message:
        with framework("minidjango").settings({}):
            if type(view) is Canned:
                return answer_to_plain(view)
            request = request_from_plain(plain, framework("minidjango"))
            if self._exchange.scenario.style == "WSGI":
                return wsgi_answer(view, request.environ)
            return answer_to_plain(view, request, *args, **kwargs)

    def _asked_for(self, message: Message) -> tuple[Any, str]:
        """The check's view that a host asks for, and its name."""
        which = messages.number(message, "which")
        if not 0 <= which < len(self._plan.views):
            raise Malformed("no such view")
        view = self._plan.views[which]
        return view, next(name for known, name in self._plan.who if known is view)

    def _enter_own(self, message: Message) -> Message:
        name = self._own(message)
        self._enter(name, central=not self._plan.views)
        self._exchange.own.add(name)
        self._exchange.held = self._meanwhile(0) or self._exchange.held
        return {}

    def _leave_own(self, message: Message) -> Message:
        name = self._own(message)
        self._event(Event(name, "<", self._came_out(name, message)))
        if "response" not in message:
            return {}
        nonce = secrets.token_hex(8)
        self._exchange.given[nonce] = messages.own_answer(message)
        return {"nonce": nonce}

    def _own(self, message: Message) -> str:
        """The name of a view of the student's; Malformed where the plan has no such view."""
        name = messages.text(message, "name", messages.NAME)
        if self._plan.theirs is not None and name not in self._plan.theirs:
            raise Malformed("no such view of the student's")
        return name

    def _enter(self, view: str, central: bool) -> None:
        """A view is entered; where there are several, a trace is about the first."""
        seen = self._exchange
        first = seen.scenario.view
        if central and view != first and not any(event.who == first for event in seen.events):
            seen.scenario = replace(seen.scenario, view=view)
        self._event(Event(view, ">"))

    def _event(self, event: Event) -> None:
        if len(self._exchange.events) >= EVENTS:
            raise Malformed(f"more than {EVENTS:,} gates were passed for one request")
        self._exchange.events.append(event)


def count_built(event: Message, plan: Plan, built: Counter[str]) -> None:
    """One more time, that layer was made."""
    layers = plan.scenario.layers
    built[layers[messages.layer(event, len(layers))]] += 1


def nobody(_: Message) -> Message:
    """The judge's word where no request is on its way: there is nobody at any gate."""
    raise Malformed("a gate was passed before anything was asked")


def _token(answer: Message) -> str:
    if "raise" in answer:
        return f"!{answer['raise']['type']}"
    if "late" in answer:
        return f"{answer['late']['status']}*"
    if "response" in answer:
        return str(answer["response"]["status"])
    return type(answer["value"]).__name__.replace("NoneType", "None")
