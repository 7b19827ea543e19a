"""Views and layers as plain data: what they answer, written down instead of programmed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from autograder.host.exceptions import exception_to_plain
from autograder.host.framework import framework
from autograder.host.plain import response_to_plain
from autograder.host.server import served
from autograder.host.values import is_plain, plain
from autograder.host.wire import Message
from autograder.references import ReferenceMisused


@dataclass(frozen=True, slots=True)
class Canned:
    """An answer that is always the same: as a view it is the view's, as a layer a short circuit.

    `make` gives the response or raises; `name` is how a trace calls it. `takes` is how long it is
    in coming, in seconds of a clock that stands still otherwise.
    """

    name: str
    make: Callable[[], Any]
    takes: float = 0

    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer, as a view does."""
        return self.make()

    def to_plain(self) -> Message:
        """The answer as data for a host."""
        with framework("minidjango").settings({}):
            return answer_to_plain(self)


@dataclass(frozen=True, slots=True)
class Late:
    """A template response, as data: it is made, and rendered, where the layers are."""

    source: str
    context: dict[str, Any]
    status: int
    headers: list[list[str]]


def returns(content: str = "", status: int = 200, *, takes: float = 0, **headers: str) -> Canned:
    """Answers with this content and status; `X_Frame_Options="DENY"` becomes a header.

    Raises ValueError where the framework knows no such status, as HttpResponse does, and where
    `takes` is no length of time.
    """
    response = framework("minidjango").find("http.HttpResponse")

    def make() -> Any:
        return response(content, status=status, headers=_named(headers))

    with framework("minidjango").settings({}):
        make()
    return Canned(f"returns {status}", make, _length(takes))


def raises(kind: type[BaseException], *args: Any, takes: float = 0) -> Canned:
    """Raises an exception of that class, made anew each time.

    Raises TypeError where `kind` is no exception's class.
    """

    def make() -> Any:
        raise kind(*args)

    return Canned(f"raises {_exception(kind).__name__}", make, _length(takes))


def streams(
    *chunks: str,
    raises: type[BaseException] | None = None,
    status: int = 200,
    takes: float = 0,
    **headers: str,
) -> Canned:
    """Answers with a stream of these parts, after which it may raise.

    Nobody has read any of it until somebody does: `app.trace.streamed` tells. Raises TypeError
    where a part is no text.
    """
    response = framework("minidjango").find("http.StreamingHttpResponse")
    if not all(isinstance(chunk, str) for chunk in chunks):
        raise TypeError("the parts of a stream are texts")

    def parts() -> Iterator[bytes]:
        for chunk in chunks:
            yield chunk.encode()
        if raises is not None:
            raise _exception(raises)

    def make() -> Any:
        return response(parts(), status=status, headers=_named(headers))

    return Canned("streams", make, _length(takes))


def renders(source: str, *, status: int = 200, takes: float = 0, **context: Any) -> Canned:
    """Answers with a TemplateResponse of this template, which is rendered on the way out.

    A template with `{{ name }}` is one of Jinja2's, and hears of context processors; one with
    `$name` is one of `string.Template`. Raises TypeError where the context is no plain data.
    """
    if not is_plain([source, context]):
        raise TypeError("a context that crosses is plain data: text, numbers, lists and dicts")
    late = Late(source, context, status, [])
    return Canned("renders", lambda: late, _length(takes))


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): text for name, text in headers.items()}


def _exception(kind: Any) -> type[BaseException]:
    if not (isinstance(kind, type) and issubclass(kind, BaseException)):
        raise TypeError(f"raises() takes an exception's class, not {kind!r}")
    return kind


def _length(takes: float) -> float:
    if not 0 <= takes < 1e6:
        raise ValueError(f"takes={takes!r} is no length of time in seconds")
    return takes


def answer_to_plain(view: Any, /, *args: Any, **kwargs: Any) -> Message:
    """What a view of the check's own answers, as data: a response, what it raises, or a value.

    Raises TypeError for a response that is not rendered yet, and for what has no plain form.
    """
    takes = {"takes": view.takes} if type(view) is Canned and view.takes else {}
    try:
        answer = view.make() if type(view) is Canned else view(*args, **kwargs)
        answer = answer.make() if type(answer) is Canned else answer
    except ReferenceMisused:
        raise  # the check's own fault, and no answer of its view
    except (Exception, SystemExit) as error:  # noqa: BLE001  what a view raises is an answer too
        return {"raise": exception_to_plain(error, framework("minidjango")), **takes}
    if isinstance(answer, Late):
        said = {"source": answer.source, "context": answer.context}
        return {"late": {**said, "status": answer.status, "headers": answer.headers}, **takes}
    if hasattr(answer, "status_code"):
        return {"response": response_to_plain(answer, framework("minidjango")), **takes}
    return {"value": plain(answer), **takes}


def wsgi_answer(application: Any, environ: dict[str, Any]) -> Message:
    """What a WSGI application of the check's own answers, as data."""
    try:
        came = served(application, environ)
    except ReferenceMisused:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001  as above
        return {"raise": exception_to_plain(error, framework("minidjango"))}
    status, _, reason = came["status"].partition(" ")
    head = {"status": int(status), "reason": reason, "headers": came["headers"]}
    return {"response": {**head, "cookies": [], "streaming": False, "chunks": [came["body"]]}}
