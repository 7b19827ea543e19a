"""A bare WSGI application, in the wrappers that a student wrote round it, held to PEP 3333."""

from __future__ import annotations

import contextlib
import warnings
import wsgiref.validate
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any

from autograder.host.centre import chunks_of
from autograder.host.clock import Clock, pass_by, timed
from autograder.host.exceptions import exception_from_plain, exception_to_plain
from autograder.host.kit import Kit
from autograder.host.plain import environ_to_plain
from autograder.host.server import Application, served
from autograder.host.wire import Message

SENT = "autograder.sent"
"""Where the body is, in an environ, whoever has read it meanwhile."""


class PEP3333(AssertionError):
    """A rule of PEP 3333 is broken; the message says which."""


class Bare:
    """A WSGI application that can be sent requests, as a `Stack` can.

    Raises what a wrapper raises that cannot be put round it.
    """

    def __init__(self, plan: Message, kit: Kit) -> None:
        self._kit = kit
        self._clock = Clock() if plan["clock"] else None
        application = _centre(plan["centre"], kit)
        for who, wrapper in reversed([*enumerate(plan["layers"])]):
            kit.gate({"is": "built", "who": who})
            application = _gated(kit.found(wrapper)(application), {"who": who, "hook": ""}, kit)
        self._application = wsgiref.validate.validator(application)

    def forget(self) -> None:
        """Nothing was put anywhere."""

    def send(self, environ: dict[str, Any], takes: float = 0) -> Message:
        """One request, as a server sends it, and what came: see `served`.

        `takes` is how long a request that is held inside has taken by now. Raises PEP3333 where a
        rule is broken, and what the application raises.
        """
        environ[SENT] = environ["wsgi.input"].getvalue()
        clock = self._clock.inside(self._kit.names) if self._clock else contextlib.nullcontext()
        with self._kit.framework.settings({}), _held_to_the_rules(), clock:
            return timed(self._clock, takes, lambda: served(self._application, environ))


def _centre(centre: Message, kit: Kit) -> Application:
    """The student's application, or a stand-in for the check's, which asks the judge."""
    if "theirs" in centre:
        return _gated(kit.found(centre["theirs"]), {"name": centre["name"]}, kit)

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        request = {
            "environ": environ_to_plain(environ),
            "body": environ[SENT].decode("latin-1"),
            "method": environ["REQUEST_METHOD"],
            "path": path,
            "path_info": environ.get("PATH_INFO", ""),
            "attributes": {},
        }
        question = {"is": "view", "which": 0, "request": request, "args": [], "kwargs": {}}
        answer = kit.gate(question)
        pass_by(answer.get("takes", 0))
        if "raise" in answer:
            raise exception_from_plain(answer["raise"], kit.framework)
        said = answer["response"]
        cookies = [("Set-Cookie", cookie) for cookie in said["cookies"]]
        headers = [*((name, value) for name, value in said["headers"]), *cookies]
        start_response(f"{said['status']} {said['reason']}", headers)
        return chunks_of(said, kit.framework, kit.gate if said["streaming"] else None)

    return application


def _gated(application: Application, who: Message, kit: Kit) -> Application:
    """An application behind a gate: entered when it is called, left when its body has ended."""
    enter, leave = ("own view", "own answer") if "name" in who else ("enter", "leave")

    def through(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        statuses: list[str] = []

        def started(status: str, headers: Any, *exc_info: Any) -> Any:
            statuses.append(str(status)[:3])
            return start_response(status, headers, *exc_info)

        def left(error: BaseException | None = None, token: str = "") -> None:
            said = {"is": leave, **who, "token": token or (statuses or ["no status"])[-1]}
            if error is not None:
                said["raised"] = exception_to_plain(error, kit.framework)
            kit.gate(said)

        kit.gate({"is": enter, **who})
        try:
            body = application(environ, started)
        except BaseException as error:
            left(error)
            raise
        if isinstance(body, str | bytes) or not isinstance(body, Iterable):
            left(token="None" if body is None else type(body).__name__)
            return body
        return _Body(body, left)

    return through


class _Body:
    """What an application returned; `left` is called when it has ended or is closed."""

    def __init__(self, body: Iterable[bytes], left: Callable[..., None]) -> None:
        self._body, self._parts, self._left, self._open = body, iter(body), left, True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._parts)
        except StopIteration:
            self._end()
            raise
        except BaseException as error:
            self._end(error)
            raise

    def close(self) -> None:
        """As PEP 3333 has it: close what was returned, if that can be closed."""
        try:
            if hasattr(self._body, "close"):
                self._body.close()
        finally:
            self._end()

    def _end(self, error: BaseException | None = None) -> None:
        if self._open:
            self._open = False
            self._left(error)


# -- the rules -------------------------------------------------------------------------------

_UNSAID = {
    "read": "wsgi.input.read() takes one argument, how many bytes to read",
    "readline": "wsgi.input.readline() takes at most one argument",
    "readlines": "wsgi.input.readlines() takes at most one argument",
    "write": "wsgi.errors.write() takes a text",
    "__call__": "write() takes bytes",
    "check_headers": "each header must be a pair, its name and its value",
}
"""The rules that `wsgiref.validate` checks without a word, by the function that does."""


@contextlib.contextmanager
def _held_to_the_rules() -> Iterator[None]:
    """Inside, a broken rule is a PEP3333, which says what is wrong."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", wsgiref.validate.WSGIWarning)
        try:
            yield
        except Exception as error:
            function = _checked_in(error.__traceback__)
            if not function:
                raise
            said = PEP3333(str(error) or _UNSAID.get(function, f"{function}() failed"))
            raise said.with_traceback(error.__traceback__) from None


def _checked_in(traceback: TracebackType | None) -> str:
    """The function of `wsgiref.validate` that an exception comes from, or ""."""
    codes = []
    while traceback is not None:
        codes.append(traceback.tb_frame.f_code)
        traceback = traceback.tb_next
    if not codes or codes[-1].co_filename != wsgiref.validate.__file__:
        return ""
    return codes[-2].co_name if codes[-1].co_name == "assert_" else codes[-1].co_name
