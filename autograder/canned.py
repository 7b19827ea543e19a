"""Views and layers as plain data: what they answer, written down instead of programmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.host.exceptions import exception_to_plain
from autograder.host.framework import framework
from autograder.host.plain import response_to_plain
from autograder.host.values import plain
from autograder.host.wire import Message


@dataclass(frozen=True, slots=True)
class Canned:
    """An answer that is always the same: as a view it is the view's, as a layer a short circuit.

    `make` gives the response or raises; `name` is how a trace calls it.
    """

    name: str
    make: Any

    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer, as a view does."""
        return self.make()

    def to_plain(self) -> Message:
        """The answer as data for a host."""
        with framework("minidjango").settings({}):
            return answer_to_plain(self.make)


def returns(content: str = "", status: int = 200, **headers: str) -> Canned:
    """Answers with this content and status; `X_Frame_Options="DENY"` becomes a header.

    Raises ValueError where the framework knows no such status, as HttpResponse does.
    """
    named: Mapping[str, str] = {name.replace("_", "-"): text for name, text in headers.items()}
    response = framework("minidjango").find("http.HttpResponse")

    def make() -> Any:
        return response(content, status=status, headers=dict(named))

    with framework("minidjango").settings({}):
        make()
    return Canned(f"returns {status}", make)


def raises(kind: type[BaseException], *args: Any) -> Canned:
    """Raises an exception of that class, made anew each time.

    Raises TypeError where `kind` is no exception's class.
    """
    if not (isinstance(kind, type) and issubclass(kind, BaseException)):
        raise TypeError(f"raises() takes an exception's class, not {kind!r}")

    def make() -> Any:
        raise kind(*args)

    return Canned(f"raises {kind.__name__}", make)


def answer_to_plain(view: Any, /, *args: Any, **kwargs: Any) -> Message:
    """What a view of the check's own answers, as data: a response, what it raises, or a value.

    Raises TypeError for a response that is not rendered yet, and for what has no plain form.
    """
    try:
        answer = view(*args, **kwargs)
    except (Exception, SystemExit) as error:  # noqa: BLE001  what a view raises is an answer too
        return {"raise": exception_to_plain(error, framework("minidjango"))}
    if hasattr(answer, "status_code"):
        return {"response": response_to_plain(answer)}
    return {"value": plain(answer)}
