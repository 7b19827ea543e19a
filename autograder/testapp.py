"""`onion(...)`: the student's layers round a view, as a `webtest.TestApp` that sees inside.

The judge's side of the conversation. The stack itself is in the host; what comes back from its
gates is written down here, and the view is answered here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

import webtest

from autograder import messages
from autograder.answer import Request
from autograder.canned import Canned
from autograder.conversation import Conversation, nobody
from autograder.evidence import Exchange, Raised
from autograder.host.framework import framework
from autograder.host.plain import NONCE, environ_to_plain
from autograder.host.values import is_plain, plain_attributes
from autograder.host.wire import Message
from autograder.model import Asked, Scenario
from autograder.references import Reference, attributes_of, name_of
from autograder.seen import Seen
from autograder.session import ask, session

View = Callable[..., Any]

STYLES = ("MIDDLEWARE",)
"""The settings that can list the layers."""


class NotBuilt(Exception):
    """A stack could not be built: what was raised is in the evidence."""

    def _render_traceback_(self) -> list[str]:
        """How IPython prints this: without a walk through the grader's code."""
        return [f"NotBuilt: {self}"]


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
    if style in settings:
        raise ValueError(f"onion writes the setting {style} itself, of the layers in its brackets")
    unplain = [name for name, value in settings.items() if not is_plain(value)]
    if unplain:
        raise TypeError(f"settings must be plain data, and {', '.join(unplain)} is not")
    return Onion(layers, view, style, settings)


class Onion(webtest.TestApp):  # type: ignore[misc]
    """A `webtest.TestApp` round one stack; `trace` tells what the last request did in it.

    `get` and its sisters take WebTest's arguments. Without `status=` they claim that the request
    goes through: the view is reached once, and its answer comes back as it was, but for headers
    that were added. With it, they claim that status, and leave open who gave it.
    """

    RequestClass = Request

    def __init__(
        self, layers: tuple[Any, ...], view: View, style: str, settings: dict[str, Any]
    ) -> None:
        # WebTest's lint is for applications: it complains of responses that Django itself gives
        # (a 204 with a content type). What a host may send is checked in `messages`.
        super().__init__(self._application, lint=False)
        self._session = session()
        self._view = view
        names = _distinct([*map(called, layers), called(view)])
        self._who = list(zip([*layers, view], names, strict=True))
        self._scenario = Scenario(tuple(names[:-1]), names[-1], style, settings)
        self._students = tuple(name for layer, name in self._who[:-1] if type(layer) is not Canned)
        self._exchange: Exchange | None = None
        self._stack = self._build(layers, view)

    def _build(self, layers: Iterable[Any], view: View) -> int:
        refer = self._session.host.refer
        plan = {
            "do": "build",
            "layers": [x.to_plain() if type(x) is Canned else refer(x) for x in layers],
            "view": {
                "name": getattr(view, "__name__", called(view)),
                "module": getattr(view, "__module__", "") or "",
                "doc": getattr(view, "__doc__", None),
                "attributes": plain_attributes(getattr(view, "__dict__", {})),
            },
            "style": self._scenario.style,
            "settings": self._scenario.settings,
        }
        result = ask(self._session, plan, nobody)
        if result["is"] == "raised":
            raised = messages.raised(result)
            if self._session.evidence is not None:
                self._session.evidence.unbuilt = raised
            raise NotBuilt(f"the onion could not be built: {raised}")
        return messages.number(result, "stack")

    def do_request(self, req: Any, status: Any = None, expect_errors: Any = None) -> Any:
        """As WebTest's, but a claim that does not hold is written down and the check goes on.

        Raises AssertionError where what came back cannot be read as a response.
        """
        exchange = Exchange(self._scenario, Asked(req.method, req.path_qs), self._students)
        req.environ[EXCHANGE] = exchange
        if self._session.evidence is not None:
            self._session.evidence.exchanges.append(exchange)
        try:
            response = super().do_request(req, status="*")
        except _NotOurs as reason:
            raise reason.why from None
        except Exception as error:
            unreadable = f"{exchange.asked}: the response cannot be read: {error}"
            raise AssertionError(unreadable) from error
        finally:
            self._exchange = exchange  # and not that of a request which the view sent meanwhile
        if not expect_errors:
            self.trace.claim_status(status)
        return response

    @property
    def trace(self) -> Seen:
        """What the last request did; ValueError where nothing has been asked yet."""
        if self._exchange is None:
            raise ValueError("nothing has been asked of this onion yet: app.get(...) comes first")
        evidence = self._session.evidence
        if evidence is not None and not any(x is self._exchange for x in evidence.exchanges):
            evidence.exchanges.append(self._exchange)  # asked before the check, claimed in it
        return Seen(self._exchange, self._named, soft=evidence is not None)

    @property
    def raised(self) -> Raised | None:
        """What the last request raised through the whole stack to the server, or None."""
        return self._exchange.raised if self._exchange else None

    def _named(self, thing: Any) -> str:
        """How the trace calls a layer or a view; ValueError for what is not in this onion."""
        for known, name in self._who:
            by_name = type(thing) is str and thing == name
            if by_name or known is thing or _same_reference(known, thing):
                return name
        names = ", ".join(name for _, name in self._who)
        raise ValueError(f"{called(thing)} is not in this onion of {names}")

    def _application(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """The WSGI application that WebTest calls: the host's, seen through the gates."""
        exchange: Exchange = environ[EXCHANGE]
        began = time.perf_counter()
        try:
            result = self._send(environ, exchange)
            exchange.took = (time.perf_counter() - began) * 1000
            if result["is"] == "raised":
                exchange.raised = messages.raised(result)
                start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
                return [f"raised through to the server: {exchange.raised}".encode()]
            status, headers, content = messages.response(result)
        except Exception as reason:  # noqa: BLE001  raised again past WebTest
            raise _NotOurs(reason) from None
        exchange.status, exchange.status_line = int(status[:3]), status
        headers = _taken_back(exchange, headers, content)
        exchange.headers, exchange.content = headers, content
        start_response(status, headers)
        return [content]

    def _send(self, environ: dict[str, Any], exchange: Exchange) -> Message:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        command = {
            "do": "send",
            "stack": self._stack,
            "environ": environ_to_plain(environ),
            "body": environ["wsgi.input"].read(length).decode("latin-1"),
        }
        conversation = Conversation(exchange, self._view)
        result = ask(self._session, command, conversation.answer)
        if conversation.fault is not None:
            raise conversation.fault
        return result


EXCHANGE = "autograder.exchange"
"""Where an exchange is, in the environ of its request."""


class _NotOurs(Exception):
    """Carries what went wrong between us and the host past WebTest, which did nothing wrong."""

    def __init__(self, why: Exception) -> None:
        self.why = why


def _taken_back(
    exchange: Exchange, headers: list[tuple[str, str]], content: bytes
) -> list[tuple[str, str]]:
    """The headers without our nonce, and whether it was the view's own answer that came back."""
    nonces = [value for name, value in headers if name.lower() == NONCE.lower()]
    answer = next((exchange.answers[n] for n in nonces if n in exchange.answers), None)
    headers = [(name, value) for name, value in headers if name.lower() != NONCE.lower()]
    exchange.came_back = answer is not None
    if answer is not None:
        exchange.altered = _altered(answer, exchange, headers, content)
    return headers


def _altered(
    answer: Message, exchange: Exchange, headers: list[tuple[str, str]], content: bytes
) -> str:
    """In which way an answer of the view's is another by now; empty where it is not."""
    if exchange.status != answer["status"]:
        return f"with status {exchange.status}"
    if exchange.asked.method != "HEAD" and content != "".join(answer["chunks"]).encode("latin-1"):
        return "with other content"
    there = {(name.lower(), value) for name, value in headers}
    lost = [name for name, value in answer["headers"] if (name.lower(), value) not in there]
    return f"without its {lost[0]}" if lost else ""


def called(thing: Any) -> str:
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
    return both and called(known) == called(thing)
