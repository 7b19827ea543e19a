"""A server for one request: it calls a WSGI application as PEP 3333 says, and tells what came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.host.wire import Message

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


def served(application: Application, environ: dict[str, Any]) -> Message:
    """The status line, the headers and the body of the answer, as plain data.

    `pieces` are the lengths of the parts in which the body came. Raises what the application
    raises, and LookupError where it never calls start_response.
    """
    started: list[tuple[str, list[tuple[str, str]]]] = []
    chunks: list[bytes] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: object = None
    ) -> Callable[[bytes], None]:
        started.append((status, headers))
        return chunks.append

    body = application(environ, start_response)
    try:
        chunks.extend(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    if not started:
        raise LookupError("start_response was never called")
    status, headers = started[-1]
    return {
        "status": status,
        "headers": [[name, value] for name, value in headers],
        "body": b"".join(chunks).decode("latin-1"),
        "pieces": [len(chunk) for chunk in chunks],
    }
