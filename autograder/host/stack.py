"""One onion: a student's layers round a view, built from settings as a site builds its own."""

from __future__ import annotations

import itertools
import sys
import types
from collections.abc import Callable
from typing import Any

from autograder.host.framework import Framework
from autograder.host.gates import Gate, gated_view
from autograder.host.wire import Message

_numbers = itertools.count(1)


class Stack:
    """A stack that is built and can be sent requests.

    `layers` are the middleware factories, outermost first. Raises what the framework raises where
    the stack cannot be built.
    """

    def __init__(
        self, plan: Message, layers: list[Callable[..., Any]], gate: Gate, framework: Framework
    ) -> None:
        # Frameworks find layers and URLs by dotted path, and keep resolvers by the URLconf's name:
        # each stack has a module of its own, with a name that no other has had.
        module = types.ModuleType(f"onion_{next(_numbers)}")
        sys.modules[module.__name__] = module
        names = [f"layer_{who}" for who in range(len(layers))]
        for name, layer in zip(names, layers, strict=True):
            setattr(module, name, layer)
        view = gated_view(plan["view"], gate, framework)
        module.urlpatterns = [framework.find("urls.re_path")("", view)]  # type: ignore[attr-defined]
        self.settings = {
            **plan["settings"],
            "ROOT_URLCONF": module.__name__,
            plan["style"]: [f"{module.__name__}.{name}" for name in names],
        }
        self._framework = framework
        with framework.settings(self.settings):
            self._application = framework.handler()

    def forget(self) -> None:
        """Take the stack's module back; it cannot be asked any more."""
        sys.modules.pop(self.settings["ROOT_URLCONF"], None)

    def send(self, environ: dict[str, Any]) -> Message:
        """One request, as a server sends it; the status line, headers and body as plain data.

        Raises what goes through the whole stack to the server.
        """
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: object = None
        ) -> Callable[[bytes], object]:
            started.append((status, headers))
            return lambda data: None

        with self._framework.settings(self.settings):
            body = self._application(environ, start_response)
            try:
                content = b"".join(body)
            finally:
                if hasattr(body, "close"):
                    body.close()
        status, headers = started[-1]
        return {
            "status": status,
            "headers": [[name, value] for name, value in headers],
            "body": content.decode("latin-1"),
        }
