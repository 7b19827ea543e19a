"""`onion(...)`: the student's layers round a view, as a `webtest.TestApp` that sees inside.

The judge's side of the conversation. The stack itself is in the host; what comes back from its
gates is written down here, and the view is answered here.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import Any

import webtest

from autograder import messages
from autograder.canned import Canned, answer_to_plain
from autograder.evidence import Evidence, Exchange, Raised
from autograder.host.framework import framework
from autograder.host.plain import (
    NONCE,
    environ_to_plain,
    is_plain,
    request_from_plain,
)
from autograder.host.wire import Malformed, Message
from autograder.model import Asked, Event, Scenario
from autograder.references import Reference, attributes_of, name_of
from autograder.seen import Seen
from autograder.session import ask, session

View = Callable[..., Any]

STYLES = ("MIDDLEWARE",)
"""The settings that can list the layers."""


class NotBuilt(Exception):
    """A stack could not be built: what was raised is in the evidence."""


def hello(request: Any) -> Any:
    """The view of an onion that names no other: it answers `Hello from the view.`."""
    return framework("minidjango").find("http.HttpResponse")("Hello from the view.")


def onion(*layers: Any, view: View = hello, style: str = "MIDDLEWARE", **settings: Any) -> Onion:
    """Build one stack, `layers` outermost first round `view`, with these further settings.

    Each layer is a middleware class or factory of the student's, or `returns(...)` or
    `raises(...)`. Returns the application to ask. Raises NotBuilt where the framework could not
    build it, NotDefined where a name is not there, TypeError and ValueError where the call itself
    is wrong.
    """
    if style not in STYLES:
        raise ValueError(f"no style {style!r}: say {' or '.join(STYLES)}")
    unplain = [name for name, value in settings.items() if not is_plain(value)]
    if unplain:
        raise TypeError(f"settings must be plain data, and {', '.join(unplain)} is not")
    return Onion(layers, view, style, settings)


class Onion(webtest.TestApp):  # type: ignore[misc]
    """A `webtest.TestApp` round one stack; `trace` tells what the last request did in it.

    `get` and its sisters take WebTest's arguments. Without `status=` they claim that the request
    goes through: the view is reached once, and its answer comes back. With it, they claim that
    status, and leave open who gave it.
    """

    def __init__(
        self, layers: tuple[Any, ...], view: View, style: str, settings: dict[str, Any]
    ) -> None:
        super().__init__(self._application)
        self._session = session()
        self._evidence = self._session.evidence or Evidence()
        self._view = view
        names = _distinct([*map(_name, layers), _name(view)])
        self._who = list(zip([*layers, view], names, strict=True))
        self._scenario = Scenario(tuple(names[:-1]), names[-1], style, settings)
        self._students = tuple(name for layer, name in self._who[:-1] if type(layer) is not Canned)
        self._exchange: Exchange | None = None
        self._fault: Exception | None = None
        self._stack = self._build(layers, view)

    def _build(self, layers: Iterable[Any], view: View) -> int:
        refer = self._session.host.refer
        plan = {
            "do": "build",
            "layers": [x.to_plain() if type(x) is Canned else refer(x) for x in layers],
            "view": {
                "name": getattr(view, "__name__", _name(view)),
                "module": getattr(view, "__module__", "") or "",
                "doc": getattr(view, "__doc__", None),
                "attributes": {k: v for k, v in _dict(view).items() if is_plain(v)},
            },
            "style": self._scenario.style,
            "settings": self._scenario.settings,
        }
        result = self._ask(plan)
        if result["is"] == "raised":
            self._evidence.unbuilt = messages.raised(result)
            raise NotBuilt(f"the onion could not be built: {self._evidence.unbuilt}")
        return messages.number(result, "stack")

    # -- asking ------------------------------------------------------------------------------

    def do_request(self, req: Any, status: Any = None, expect_errors: Any = None) -> Any:
        """As WebTest's, but a claim that does not hold is written down and the check goes on."""
        exchange = Exchange(self._scenario, Asked(req.method, req.path_qs), self._students)
        self._exchange = exchange
        self._evidence.exchanges.append(exchange)
        response = super().do_request(req, status="*")
        if not expect_errors:
            self.trace.claim_status(status)
        return response

    @property
    def trace(self) -> Seen:
        """What the last request did; ValueError where nothing has been asked yet."""
        if self._exchange is None:
            raise ValueError("nothing has been asked of this onion yet: app.get(...) comes first")
        return Seen(self._exchange, self._named, soft=self._session.evidence is not None)

    @property
    def raised(self) -> Raised | None:
        """What the last request raised through the whole stack to the server, or None."""
        return self._exchange.raised if self._exchange else None

    def _named(self, thing: Any) -> str:
        """How the trace calls a layer or a view; ValueError for what is not in this onion."""
        for known, name in self._who:
            if (
                known is thing
                or _same_reference(known, thing)
                or (type(thing) is str and thing == name)
            ):
                return name
        raise ValueError(
            f"{_name(thing)} is not in this onion of {', '.join(n for _, n in self._who)}"
        )

    def _application(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """The WSGI application that WebTest calls: the host's, seen through the gates."""
        exchange = self._exchange
        assert exchange is not None
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length).decode("latin-1")
        plain = environ_to_plain(environ)
        result = self._ask({"do": "send", "stack": self._stack, "environ": plain, "body": body})
        if result["is"] == "raised":
            exchange.raised = messages.raised(result)
            start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [f"raised through to the server: {exchange.raised}".encode()]
        status, headers, content = messages.response(result)
        exchange.status = int(status[:3])
        exchange.came_back = any(
            name.lower() == NONCE.lower() and value in self._nonces for name, value in headers
        )
        start_response(status, [(k, v) for k, v in headers if k.lower() != NONCE.lower()])
        return [content]

    # -- the conversation ----------------------------------------------------------------------

    def _ask(self, command: Message) -> Message:
        self._nonces: set[str] = set()
        self._fault = None
        result = ask(command, self._answer)
        if self._fault is not None:
            raise self._fault
        return result

    def _answer(self, message: Message) -> Message:
        """The judge's word at a gate; what fails here must not look like the view's failing."""
        try:
            if message["is"] == "view":
                return self._answer_view(message)
            return self._write(message)
        except Exception as fault:  # noqa: BLE001  raised again once the host is done
            self._fault = self._fault or fault
            return {"raise": {"type": "Exception", "lineage": [], "message": "", "args": []}}

    def _write(self, message: Message) -> Message:
        """An entry or a return of one of the layers: one more event of the trace."""
        who, hook, leaving = messages.entering(message, len(self._scenario.layers))
        name = self._scenario.layers[who]
        if not leaving:
            self._event(Event(name, ">", hook=hook))
        elif "raised" in message:
            raised = messages.raised(message)
            if self._exchange is not None:
                self._exchange.raised_at_gates.append((name, raised))
            self._event(Event(name, "<", f"!{raised.type}", hook))
        else:
            self._event(Event(name, "<", messages.text(message, "token"), hook))
        return {"is": "go on"}

    def _answer_view(self, message: Message) -> Message:
        view = self._scenario.view
        self._event(Event(view, ">"))
        plain, args, kwargs = messages.view_call(message)
        request = request_from_plain(plain, framework("minidjango"))
        answer = answer_to_plain(self._view, request, *args, **kwargs)
        if "raise" in answer:
            self._event(Event(view, "<", f"!{answer['raise']['type']}"))
            return answer
        nonce = secrets.token_hex(8)
        self._nonces.add(nonce)
        answer["response"]["headers"].append([NONCE, nonce])
        status = answer["response"]["status"]
        self._event(Event(view, "<", str(status)))
        if self._exchange is not None:
            self._exchange.view_status = status
        return answer

    def _event(self, event: Event) -> None:
        if self._exchange is None:
            raise Malformed("a gate was passed before anything was asked")
        if len(self._exchange.events) >= EVENTS:
            raise Malformed(f"more than {EVENTS:,} gates were passed for one request")
        self._exchange.events.append(event)


EVENTS = 10_000
"""How many events one request may have."""


def _dict(view: View) -> dict[str, Any]:
    return dict(getattr(view, "__dict__", {}))


def _name(thing: Any) -> str:
    """How a trace calls a layer or a view: by the name that it has in the student's code."""
    if type(thing) is Reference:
        return ".".join((name_of(thing), *attributes_of(thing)))
    if isinstance(thing, Canned):
        return thing.name
    if isinstance(thing, str):
        return thing
    return str(getattr(thing, "__name__", type(thing).__name__))


def _distinct(names: list[str]) -> list[str]:
    """The names, numbered where one stands twice."""
    counts: dict[str, int] = {}
    distinct = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        distinct.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return distinct


def _same_reference(known: Any, thing: Any) -> bool:
    both = type(known) is Reference and type(thing) is Reference
    return both and _name(known) == _name(thing)
