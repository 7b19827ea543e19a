"""The application to ask: a `webtest.TestApp` round a stack in a host, which sees inside.

The judge's side of the conversation. The stack itself is in the host; what comes back from its
gates is written down here, and the view is answered here.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import webtest

from autograder import messages
from autograder.answer import Cookies, Request
from autograder.conversation import Conversation, count_built, nobody
from autograder.evidence import Exchange, Raised
from autograder.host.plain import NONCE, environ_to_plain
from autograder.host.wire import Message
from autograder.model import Asked
from autograder.plans import Plan, called
from autograder.questions import claim
from autograder.references import Reference
from autograder.seen import Seen
from autograder.session import ask, session


class NotBuilt(Exception):
    """A stack could not be built: what was raised is in the evidence."""

    def _render_traceback_(self) -> list[str]:
        """How IPython prints this: without a walk through the grader's code."""
        return [f"NotBuilt: {self}"]


class Onion(webtest.TestApp):  # type: ignore[misc]
    """A `webtest.TestApp` round one stack; `trace` tells what the last request did in it.

    `get` and its sisters take WebTest's arguments. Without `status=` they claim that the request
    goes through: the view is reached once, and its answer comes back as it was, but for headers
    that were added. Of a bare application of the student's, or a URLconf, they claim what WebTest
    does, a status of the 2xx or 3xx. With it, they claim that status, and leave open who gave it.
    """

    RequestClass = Request

    def __init__(self, plan: Plan) -> None:
        # WebTest's lint is for applications: it complains of responses that Django itself gives
        # (a 204 with a content type). A bare application is held to the rules in its host.
        super().__init__(self._application, cookiejar=Cookies(), lint=False)
        self._session = session()
        self._plan = plan
        self._exchange: Exchange | None = None
        self._built: Counter[str] = Counter()
        self._meanwhile = _nothing
        self._takes = 0.0
        self._stack = self._build()

    def _build(self) -> int:
        result = ask(self._session, self._plan.command, nobody)
        if result["is"] == "raised":
            raised = messages.raised(result)
            if self._session.evidence is not None:
                self._session.evidence.unbuilt = raised
                self._session.evidence.style = self._plan.scenario.style
            raise NotBuilt(f"the onion could not be built: {raised}")
        for event in messages.events(result):
            if event["is"] == "built":
                count_built(event, self._plan, self._built)
        return messages.number(result, "stack")

    def do_request(self, req: Any, status: Any = None, expect_errors: Any = None) -> Any:
        """As WebTest's, but a claim that does not hold is written down and the check goes on.

        Raises AssertionError where what came back cannot be read as a response.
        """
        asked = Asked(req.method, req.path_qs)
        exchange = Exchange(self._plan.scenario, asked, self._plan.students)
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
            self.trace.claim_status(status, self._plan.through)
        return response

    def overlap(self, *paths: str, status: Any = None) -> list[Any]:
        """Send requests that are inside at the same time, and return their responses in order.

        Each is held at the view's gate while the next goes in, so that the last comes out first.
        What is claimed of each is what `get` claims; `trace` is that of the first.
        """
        responses: dict[int, Any] = {}
        waiting = list(enumerate(paths))

        def send_next(takes: float) -> bool:
            if not waiting:
                return False
            number, path = waiting.pop(0)
            self._takes = takes
            responses[number] = self.get(path, status=status)
            return True

        self._meanwhile = send_next
        try:
            while send_next(0):
                pass  # the one before did not get as far as the view
        finally:
            self._meanwhile = _nothing
        return [responses[number] for number in range(len(paths))]

    def built_once(self, layer: Any) -> None:
        """Claim that a layer was made once for all requests so far, and not for each."""
        name = self._named(layer)
        times = self._built[name]
        claim(times == 1, f"{name} is made once", f"it was made {times} times")

    @property
    def trace(self) -> Seen:
        """What the last request did; ValueError where nothing has been asked yet."""
        if self._exchange is None:
            raise ValueError("nothing has been asked of this onion yet: app.get(...) comes first")
        evidence = self._session.evidence
        # Mostly it is the last; one that was asked before the check is claimed in it.
        if evidence is not None and not any(
            known is self._exchange for known in reversed(evidence.exchanges)
        ):
            evidence.exchanges.append(self._exchange)
        return Seen(self._exchange, self._named, soft=evidence is not None)

    @property
    def raised(self) -> Raised | None:
        """What the last request raised through the whole stack to the server, or None."""
        return self._exchange.raised if self._exchange else None

    def _named(self, thing: Any) -> str:
        """How the trace calls a layer or a view; ValueError for what is not in this onion."""
        for known, name in self._plan.who:
            by_name = type(thing) is str and thing == name
            if by_name or known is thing or _same_reference(known, thing):
                return name
        if self._plan.theirs is None and type(thing) is not str:
            # A URLconf of theirs may have any view that there is; NotDefined where there is none.
            ask(self._session, {"do": "value", "of": self._session.host.refer(thing)}, nobody)
            return called(thing)
        names = ", ".join(name for _, name in self._plan.who)
        raise ValueError(f"{called(thing)} is not in this onion of {names}")

    def _application(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """The WSGI application that WebTest calls: the host's, seen through the gates."""
        exchange: Exchange = environ[EXCHANGE]
        began = time.perf_counter()
        try:
            result = self._send(environ, exchange)
            took = messages.seconds(result, "took")
            exchange.took = (time.perf_counter() - began if took is None else took) * 1000
            if result["is"] == "raised":
                exchange.raised = messages.raised(result)
                start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
                return [f"raised through to the server: {exchange.raised}".encode()]
            status, headers, content = messages.response(result)
            exchange.pieces = messages.pieces(result, content)
        except Exception as reason:  # noqa: BLE001  raised again past WebTest
            raise _NotOurs(reason) from None
        exchange.status, exchange.status_line = int(status[:3]), status
        # Where a view of the check's is at the centre, no answer of a student's can stand for its.
        known = exchange.answers if self._plan.views else exchange.given
        headers = _taken_back(exchange, known, headers, content)
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
            "takes": self._takes,
        }
        self._takes = 0.0
        conversation = Conversation(exchange, self._plan, self._built, self._meanwhile)
        result = ask(self._session, command, conversation.answer)
        if conversation.fault is not None:
            raise conversation.fault
        conversation.hear(result)
        return result


def _nothing(takes: float) -> bool:
    """Nothing happens while a request is at the view's gate."""
    return False


EXCHANGE = "autograder.exchange"
"""Where an exchange is, in the environ of its request."""


class _NotOurs(Exception):
    """Carries what went wrong between us and the host past WebTest, which did nothing wrong."""

    def __init__(self, why: Exception) -> None:
        self.why = why


def _taken_back(
    exchange: Exchange,
    known: dict[str, Message],
    headers: list[tuple[str, str]],
    content: bytes,
) -> list[tuple[str, str]]:
    """The headers without our nonce, and whether it was the view's own answer that came back."""
    nonces = [value for name, value in headers if name.lower() == NONCE.lower()]
    answer = next((known[n] for n in nonces if n in known), None)
    headers = [(name, value) for name, value in headers if name.lower() != NONCE.lower()]
    exchange.came_back = answer is not None
    exchange.proven = answer is not None and known is exchange.answers
    if answer is not None:
        exchange.altered = _altered(answer, exchange, headers, content)
    return headers


def _altered(
    answer: Message, exchange: Exchange, headers: list[tuple[str, str]], content: bytes
) -> str:
    """In which way an answer of the view's is another by now; empty where it is not."""
    if exchange.status != answer["status"]:
        return f"with status {exchange.status}"
    body = "".join(answer["chunks"]).encode("latin-1")
    if not (answer.get("open") or exchange.asked.method == "HEAD" or content == body):
        return "with other content"
    there = {(name.lower(), value) for name, value in headers}
    lost = [name for name, value in answer["headers"] if (name.lower(), value) not in there]
    return f"without its {lost[0]}" if lost else ""


def _same_reference(known: Any, thing: Any) -> bool:
    both = type(known) is Reference and type(thing) is Reference
    return both and called(known) == called(thing)
