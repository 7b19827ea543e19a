"""The judge's part of the conversation, while one request is on its way through a stack."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from autograder import messages
from autograder.canned import answer_to_plain
from autograder.evidence import Exchange
from autograder.host.framework import framework
from autograder.host.plain import NONCE, request_from_plain
from autograder.host.wire import Malformed, Message
from autograder.model import Event

EVENTS = 10_000
"""How many events one request may have."""


class Conversation:
    """What the judge says at the gates: it writes the trace down, and answers for the view.

    `fault` is the first thing that went wrong on the judge's side, or in what the host said. It is
    kept and not raised, for here it would pass for something that the view raised.
    """

    def __init__(self, exchange: Exchange, view: Callable[..., Any]) -> None:
        self._exchange, self._view = exchange, view
        self.fault: Exception | None = None

    def answer(self, message: Message) -> Message:
        """The judge's word at one gate."""
        try:
            if message["is"] == "view":
                return self._answer_view(message)
            return self._write(message)
        except Exception as fault:  # noqa: BLE001  raised again once the host is done
            self.fault = self.fault or fault
            return {"value": None}

    def _write(self, message: Message) -> Message:
        """An entry or a return of one of the layers: one more event of the trace."""
        layers = self._exchange.scenario.layers
        who, hook, leaving = messages.entering(message, len(layers))
        if not leaving:
            self._event(Event(layers[who], ">", hook=hook))
        elif "raised" in message:
            raised = messages.raised(message)
            self._event(Event(layers[who], "<", f"!{raised.type}", hook))
            self._exchange.raised_at_gates.append((layers[who], raised))
        else:
            self._event(Event(layers[who], "<", messages.token(message), hook))
        return {"is": "go on"}

    def _answer_view(self, message: Message) -> Message:
        view = self._exchange.scenario.view
        self._event(Event(view, ">"))
        plain, args, kwargs = messages.view_call(message)
        with framework("minidjango").settings({}):
            request = request_from_plain(plain, framework("minidjango"))
            answer = answer_to_plain(self._view, request, *args, **kwargs)
        self._event(Event(view, "<", _token(answer)))
        if "response" in answer:
            nonce = secrets.token_hex(8)
            self._exchange.answers[nonce] = answer["response"]
            headers = [*answer["response"]["headers"], [NONCE, nonce]]
            return {"response": {**answer["response"], "headers": headers}}
        return answer

    def _event(self, event: Event) -> None:
        if len(self._exchange.events) >= EVENTS:
            raise Malformed(f"more than {EVENTS:,} gates were passed for one request")
        self._exchange.events.append(event)


def nobody(_: Message) -> Message:
    """The judge's word where no request is on its way: there is nobody at any gate."""
    raise Malformed("a gate was passed before anything was asked")


def _token(answer: Message) -> str:
    if "raise" in answer:
        return f"!{answer['raise']['type']}"
    if "response" in answer:
        return str(answer["response"]["status"])
    return type(answer["value"]).__name__.replace("NoneType", "None")
