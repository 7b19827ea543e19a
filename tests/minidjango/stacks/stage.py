"""One scenario on one framework: what is seen of it, and what its parties answer with."""

import builtins
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from autograder.model import Event, Scenario
from tests.minidjango.twoframeworks import Framework

Find = Callable[[str], Any]
"""`find("http.HttpResponse")` is a framework's own."""

_WHERE = re.compile(r"(\w+(?:\(.*\))?)(?:\.(.*))?", re.DOTALL)


def token(result: Any) -> str:
    """Say what came out: `None`, a status, `200*` while it is not rendered, or a type."""
    if result is None:
        return "None"
    status = getattr(result, "status_code", None)
    if status is None:
        return f"?{type(result).__name__}"
    return str(status) if getattr(result, "is_rendered", True) else f"{status}*"


@cache
def find(root: str, path: str) -> Any:
    """Return what a framework has at a path."""
    return Framework(root)(path)


@cache
def exception(root: str, name: str) -> type[BaseException]:
    """Return an exception of Python's or of a framework's; ValueError where there is none."""
    place = "http." if name == "Http404" else "core.exceptions."
    try:
        kind: type[BaseException] = vars(builtins).get(name) or find(root, place + name)
    except AttributeError:
        raise ValueError(f"raise {name}: no such exception") from None
    return kind


@cache
def divided(where: str) -> tuple[str, str]:
    """Return who this is, with arguments, and which of its methods or `""`."""
    found = _WHERE.fullmatch(where)
    assert found, where
    return found[1], found[2] or ""


class Stage:
    """What a scenario's parties share.

    A *where* is a party and, after a dot, which part of it: `M0.process_view`, `view`.
    """

    def __init__(self, root: str, scenario: Scenario) -> None:
        self.root, self.scenario = root, scenario
        self.fw: Find = partial(find, root)
        self.events: list[Event] = []
        self.made: list[str] = []

    def note(self, where: str, way: str = "", what: str = "") -> None:
        """Write an event down."""
        who, hook = divided(where)
        self.events.append(Event(who, way, what, hook))

    def watched(self, where: str, function: Callable[[], Any]) -> Any:
        """Call, and note the way in and the way out."""
        self.note(where, ">")
        try:
            result = function()
        except BaseException as error:
            self.note(where, "<", f"!{type(error).__name__}")
            raise
        self.note(where, "<", token(result))
        return result

    def error(self, name: str, where: str) -> BaseException:
        """Return an exception to be raised somewhere."""
        return exception(self.root, name)(f"raised in {where}")

    def answer(self, where: str, status: int) -> Any:
        """Return an ordinary response."""
        return self.fw("http.HttpResponse")(f"from {where}", status=status)

    def late(self, where: str, option: str) -> Any:
        """Return a response to be rendered late.

        Options: `callback`, `callback_replace`, and `raise:X` for rendering that fails.
        """
        response = self.fw("template.response.SimpleTemplateResponse")(Page(self, where, option))
        if option.startswith("callback"):
            self.call_back(response, where, option)
        return response

    def call_back(self, response: Any, where: str, option: str) -> None:
        """Ask a response to say so when it is rendered, and maybe to be another one then."""

        def done(rendered: Any) -> Any:
            self.note(f"{where}.callback")
            return self.answer(f"{where}.callback", 226) if option.endswith("replace") else None

        response.add_post_render_callback(done)


@dataclass(frozen=True, slots=True)
class Now:
    """What is at hand when something is done.

    `passed` is what doing nothing returns: a response on the way out, else None.
    """

    where: str
    option: str = ""
    passed: Any = None
    status: int = 203
    request: Any = None


class Page:
    """A template, as far as a late response cares."""

    def __init__(self, stage: Stage, where: str, option: str) -> None:
        self.stage, self.where, self.more = stage, where, ""
        _, fails, self.fault = option.partition("raise:")
        self.fails = bool(fails)

    def render(self, context: Any = None, request: Any = None) -> str:
        """Return the text, or fail as told."""

        def fail() -> None:
            if self.fails:
                raise self.stage.error(self.fault, f"{self.where}.render")

        self.stage.watched(f"{self.where}.render", fail)
        return f"rendered by {self.where}{self.more}"


class Chunks:
    """Three chunks for a streaming response, the second of which may be a failure."""

    def __init__(self, stage: Stage, where: str, option: str) -> None:
        self.stage, self.where = stage, where
        self.left: list[Any] = [b"one,", b"two,", b"three"]
        if option:
            self.left[1] = stage.error(option.removeprefix("raise:"), f"{where}.next")

    def __iter__(self) -> "Chunks":
        return self

    def __next__(self) -> bytes:
        if not self.left:
            raise StopIteration
        self.stage.note(f"{self.where}.next")
        chunk = self.left.pop(0)
        if isinstance(chunk, BaseException):
            raise chunk
        return bytes(chunk)

    def close(self) -> None:
        self.stage.note(f"{self.where}.close")
