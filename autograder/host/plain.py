"""Requests, responses and exceptions as plain data, and back again.

Both sides use these: the host to say what a layer was given or gave, and to rebuild what the
check's view answered with its own framework's classes; the judge the other way round.
"""

from __future__ import annotations

import builtins
import importlib
import io
import math
import sys
from typing import Any

from autograder.host.framework import Framework
from autograder.host.wire import Malformed, Message

NONCE = "X-Onion-Nonce"
"""The header in which an answer of the check's view carries what cannot be guessed."""

TEXT = 2_000
"""The longest message of an exception that crosses, in characters."""

_OWN = {"environ", "META", "path", "path_info", "method", "resolver_match", "content_type"}
_OWN |= {"content_params", "GET", "POST", "FILES", "COOKIES", "headers", "urlconf", "encoding"}


def environ_to_plain(environ: dict[str, Any]) -> dict[str, str]:
    """What of a WSGI environ is text: all that PEP 3333 and CGI define but the streams."""
    return {k: v for k, v in environ.items() if isinstance(k, str) and isinstance(v, str)}


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


def is_plain(value: object, depth: int = 6) -> bool:
    """Whether `value` crosses as it is: JSON's types, with text for keys, not too deep."""
    if isinstance(value, float):
        return math.isfinite(value)  # JSON has no NaN and no infinity
    if isinstance(value, int):
        return abs(value) < 2**64  # and Python refuses to read numbers of thousands of digits
    if value is None or isinstance(value, str):
        return True
    if depth == 0:
        return False
    if isinstance(value, list | tuple):
        return all(is_plain(item, depth - 1) for item in value)
    if isinstance(value, dict):
        return all(isinstance(k, str) and is_plain(v, depth - 1) for k, v in value.items())
    return False


def request_to_plain(request: Any) -> Message:
    """A request as data: its environ, its body, and the plain attributes that layers set."""
    own = {
        name: value
        for name, value in vars(request).items()
        if name not in _OWN and not name.startswith("_") and is_plain(value)
    }
    return {
        "environ": environ_to_plain(request.META),
        "body": _body(request).decode("latin-1"),
        "method": str(request.method),
        "path": str(request.path),
        "path_info": str(request.path_info),
        "attributes": own,
    }


def _body(request: Any) -> bytes:
    try:
        body: bytes = request.body
    except Exception as error:
        # A layer has read the stream before us, or it is over a limit: the view gets none of it.
        if type(error).__name__ in {"RawPostDataException", "UnreadablePostError"}:
            return b""
        if type(error).__name__ == "RequestDataTooBig":
            return b""
        raise
    return body


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


def response_to_plain(response: Any) -> Message:
    """A response as data, its body or its stream read to the end.

    Raises TypeError for one that is not rendered yet: a check's view answers with what is.
    """
    if not getattr(response, "is_rendered", True):
        raise TypeError("a check's view must return a rendered response; call its render() first")
    streaming = bool(getattr(response, "streaming", False))
    chunks = list(response) if streaming else [response.content]
    return {
        "status": response.status_code,
        "reason": response.reason_phrase,
        "headers": [[name, value] for name, value in response.items()],
        "cookies": [morsel.OutputString() for morsel in response.cookies.values()],
        "streaming": streaming,
        "chunks": [chunk.decode("latin-1") for chunk in chunks],
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


def exception_to_plain(error: BaseException, framework: Framework) -> Message:
    """An exception as data: its class and that class's ancestors, its message, plain arguments."""
    lineage = [
        framework.generic(f"{cls.__module__}.{cls.__qualname__}")
        for cls in type(error).__mro__[:-1]
    ]
    return {
        "type": type(error).__name__,
        "lineage": lineage,
        "message": _message(error),
        "args": [arg for arg in error.args if is_plain(arg)],
    }


def _message(error: BaseException) -> str:
    try:
        return str(error)[:TEXT]
    except Exception as broken:  # noqa: BLE001  the class is the student's, and may do anything
        return f"({type(error).__name__} could not be written: {type(broken).__name__})"


def exception_from_plain(plain: Message, framework: Framework) -> BaseException:
    """An exception with that data, of the same class where this process knows it.

    A class that a check defines itself is made anew, below the first ancestor that is known.
    """
    for index, dotted in enumerate(plain["lineage"]):
        cls = _exception_class(framework.own(dotted))
        if cls is not None:
            kind: type[BaseException] = cls if index == 0 else type(plain["type"], (cls,), {})
            return kind(*plain["args"])
    return Exception(plain["message"])


def _exception_class(dotted: str) -> type[BaseException] | None:
    module, _, name = dotted.rpartition(".")
    try:
        found = getattr(builtins if module == "builtins" else importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError):
        return None
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def token(result: object, framework: Framework) -> str:
    """What a layer or a view gave, in a word: `403`, `200*` (not rendered yet), `None`, `str`."""
    if result is None:
        return "None"
    if isinstance(result, framework.find("http.response.HttpResponseBase")):
        late = "" if getattr(result, "is_rendered", True) else "*"
        return f"{result.status_code}{late}"
    return type(result).__name__
