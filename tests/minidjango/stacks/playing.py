"""A scenario is played: settings, signals and logs round it, two ways in, and what happened."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.cookies import SimpleCookie
from typing import Any

from autograder.model import Asked, Json, Scenario, Trace
from tests.minidjango.stacks import client, site
from tests.minidjango.stacks.stage import Stage
from tests.minidjango.twoframeworks import environ, framework, logs

SIGNALS = ("request_started", "request_finished", "got_request_exception")
Answer = dict[str, Any]
Ask = Callable[[Asked], Answer]


@dataclass(frozen=True, slots=True)
class Happened:
    """What one request did.

    `answer` is the response, with its status, reason, headers and body, and whether it streams; or
    what was raised through to the server, with its message. A response of `handler.get_response`
    that streams has no body: nobody has asked for it.
    """

    trace: Trace
    made: list[str]
    answer: Answer
    logs: list[str]


def play(scenario: Scenario, root: str = "minidjango", entry: str = "wsgi") -> list[Happened]:
    """Send the requests of a scenario through its layers, one after the other.

    The stack is built for the first one. In settings a path that begins with `django.` stands for
    the framework's own.
    """
    settings = {"MIDDLEWARE": None, "ROOT_URLCONF": site.URLCONF, **scenario.settings}
    with framework(root, **one_word(settings, root)) as fw:
        stage = Stage(root, scenario)
        setattr(stage.fw("conf.settings"), scenario.style, site.install(stage))
        if "SESSION_ENGINE" in settings:
            stage.fw("core.cache.cache").clear()  # where one engine keeps them
        ask = ENTRIES[entry](stage)
        try:
            with heard(stage), logs(fw) as lines:
                return [one(stage, asked, ask, lines) for asked in scenario.requests]
        finally:
            site.forget()


def one(stage: Stage, asked: Asked, ask: Ask, lines: list[str]) -> Happened:
    """Send one request, and collect what there is to see of it."""
    lines.clear()
    stage.made, stage.events = [], []
    answer = outcome(partial(ask, asked))
    raised = f"{answer['raised']}: {answer['message']}" if "raised" in answer else ""
    scenario, events = stage.scenario, tuple(stage.events)
    status = answer.get("status")
    trace = Trace(asked, scenario.layers, scenario.view, events, status, raised)
    return Happened(trace, stage.made, answer, lines[:])


def one_word(value: Json, root: str) -> Json:
    """Return settings in which Django's paths are the framework's."""
    if isinstance(value, str) and value.startswith("django."):
        return root + value.removeprefix("django")
    if isinstance(value, dict):
        return {key: one_word(each, root) for key, each in value.items()}
    return [one_word(each, root) for each in value] if isinstance(value, list) else value


def outcome(ask: Callable[[], Answer]) -> Answer:
    """Return the answer, or what was raised instead; but Ctrl-C is not the scenario's doing."""
    try:
        return ask()
    except BaseException as error:
        message = str(error.args[0]) if error.args else ""
        if not isinstance(error, Exception) and not message.startswith("raised in"):
            raise
        return {"raised": type(error).__name__, "message": message}


@contextmanager
def heard(stage: Stage) -> Iterator[None]:
    """Note each signal, and with which exception at hand it is sent."""

    def listener(name: str) -> Callable[..., None]:
        def listen(sender: Any = None, **kwargs: Any) -> None:
            kind = sys.exc_info()[0] if name == "got_request_exception" else None
            stage.note("signal", f"{name}({kind.__name__})" if kind else name)

        return listen

    listeners = [(stage.fw(f"core.signals.{name}"), listener(name)) for name in SIGNALS]
    for signal, listen in listeners:
        signal.connect(listen, weak=False)
    try:
        yield
    finally:
        for signal, listen in listeners:
            signal.disconnect(listen)


def by_wsgi(stage: Stage) -> Ask:
    """Call the application as a server does: iterate over what it returns, and close it.

    The client keeps its cookies from one request to the next.
    """
    build, jar = cache(stage.fw("core.handlers.wsgi.WSGIHandler")), SimpleCookie()
    words = stage.scenario.does.get("client", "")
    client.sent(words)  # what nobody understands is not for the application to find out

    def ask(asked: Asked) -> Answer:
        app, seen, sent = build(), {}, client.sent(words)
        if jar:
            sent["HTTP_COOKIE"] = jar.output([], header="", sep=";").strip()

        def start_response(status: str, headers: Any, exc_info: Any = None) -> None:
            code, _, reason = status.partition(" ")
            stage.note("start_response", code)
            seen.update(status=int(code), reason=reason, headers=headers)

        result = app(environ(asked.path, asked.method, **sent), start_response)
        try:
            body = b"".join(result)
        finally:
            result.close()
        for name, value in seen["headers"]:
            jar.load(value if name == "Set-Cookie" else "")
        return {**seen, "streaming": result.streaming, "body": body}

    return ask


def by_handler(stage: Stage) -> Ask:
    """Ask the handler for a response, with a request of RequestFactory's."""

    @cache
    def build() -> Any:
        handler = stage.fw("core.handlers.base.BaseHandler")()
        handler.load_middleware()
        return handler

    def ask(asked: Asked) -> Answer:
        handler = build()
        request = stage.fw("test.client.RequestFactory")().generic(asked.method, asked.path)
        response = handler.get_response(request)
        return {
            "status": response.status_code,
            "reason": response.reason_phrase,
            "headers": list(response.items()),
            "streaming": response.streaming,
            "body": None if response.streaming else response.content,
        }

    return ask


ENTRIES = {"wsgi": by_wsgi, "handler": by_handler}
