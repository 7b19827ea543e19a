"""Requests and responses as plain data, and back again.

Both sides use these: the host to say what a layer was given or gave, and to rebuild what the
check's view answered with its own framework's classes; the judge the other way round.
"""

from __future__ import annotations

import io
import sys
from typing import Any

from autograder.host.exceptions import exception_to_plain
from autograder.host.framework import Framework
from autograder.host.values import plain_attributes
from autograder.host.wire import Malformed, Message

NONCE = "X-Onion-Nonce"
"""The header in which an answer of the check's view carries what cannot be guessed."""

_OWN = {"environ", "META", "path", "path_info", "method", "resolver_match", "content_type"}
_OWN |= {"content_params", "GET", "POST", "FILES", "COOKIES", "headers", "urlconf", "encoding"}


def environ_to_plain(environ: dict[str, Any]) -> dict[str, str]:
    """What of a WSGI environ is text: all that PEP 3333 and CGI define but the streams."""
    return {k: v for k, v in environ.items() if type(v) is str and type(k) is str}


def environ_from_plain(plain: dict[str, str], body: str) -> dict[str, Any]:
    """A WSGI environ round that text, with `body` to read and nowhere to complain."""
    return {
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **plain,
        "wsgi.input": io.BytesIO(body.encode("latin-1")),
        "wsgi.errors": sys.stderr,
    }


def request_to_plain(request: Any) -> Message:
    """A request as data: its environ, its body, and the plain attributes that layers set.

    The body is what was sent, whoever has read it meanwhile.
    """
    attributes = {name: value for name, value in vars(request).items() if name not in _OWN}
    sent = request.META.get("wsgi.input")
    body = sent.getvalue() if isinstance(sent, io.BytesIO) else b""
    return {
        "environ": environ_to_plain(request.META),
        "body": body.decode("latin-1"),
        "method": str(request.method),
        "path": str(request.path),
        "path_info": str(request.path_info),
        "attributes": plain_attributes(attributes),
    }


def request_from_plain(plain: Message, framework: Framework) -> Any:
    """A request of this framework with that data; Malformed where it is not such data."""
    try:
        environ = environ_from_plain(plain["environ"], plain["body"])
        request = framework.find("core.handlers.wsgi.WSGIRequest")(environ)
        request.method, request.path = plain["method"], plain["path"]
        request.path_info = plain["path_info"]
        for name, value in plain["attributes"].items():
            setattr(request, name, value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Malformed(f"no request: {type(error).__name__}: {error}") from None
    return request


def response_to_plain(response: Any, framework: Framework) -> Message:
    """A response as data, its body or its stream read to the end.

    What a stream raises on the way is its `fails`. Raises TypeError for one that is not rendered
    yet: that is what `renders(...)` is for.
    """
    if not getattr(response, "is_rendered", True):
        raise TypeError("a check's view cannot return an unrendered response; return renders(...)")
    if not getattr(response, "streaming", False):
        return {**_head(response), "chunks": [response.content.decode("latin-1")]}
    chunks: list[str] = []
    said = {**_head(response), "streaming": True, "chunks": chunks}
    try:
        for chunk in response:
            chunks.append(chunk.decode("latin-1"))
    except Exception as error:  # noqa: BLE001  a check's stream may fail on purpose
        said["fails"] = exception_to_plain(error, framework)
    return said


def seen_to_plain(response: Any) -> Message:
    """What can be said of a response that goes on its way: a stream is left unread."""
    if getattr(response, "streaming", False) or not getattr(response, "is_rendered", True):
        return {**_head(response), "chunks": [], "open": True}
    return {**_head(response), "chunks": [response.content.decode("latin-1")]}


def _head(response: Any) -> Message:
    return {
        "status": response.status_code,
        "reason": response.reason_phrase,
        "headers": [[name, value] for name, value in response.items()],
        "cookies": [morsel.OutputString() for morsel in response.cookies.values()],
        "streaming": False,
    }


def response_from_plain(plain: Message, framework: Framework) -> Any:
    """A response of this framework with that data."""
    chunks = [chunk.encode("latin-1") for chunk in plain["chunks"]]
    kind = "http.StreamingHttpResponse" if plain["streaming"] else "http.HttpResponse"
    content: Any = iter(chunks) if plain["streaming"] else b"".join(chunks)
    response = framework.find(kind)(content, status=plain["status"], reason=plain["reason"])
    del response["Content-Type"]
    for name, value in plain["headers"]:
        response[name] = value
    for cookie in plain["cookies"]:
        response.cookies.load(cookie)
    return response


def token(result: object, framework: Framework) -> str:
    """What a layer or a view gave, in a word: `403`, `200*` (not rendered yet), `None`, `str`."""
    if result is None:
        return "None"
    if isinstance(result, framework.find("http.response.HttpResponseBase")):
        late = "" if getattr(result, "is_rendered", True) else "*"
        return f"{result.status_code}{late}"
    return type(result).__name__
