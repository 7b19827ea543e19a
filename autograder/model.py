"""The one model: what is asked of a stack of middleware, and what it did.

A `Scenario` says what to set up and what to ask of it; a `Trace` says who was entered and left, in
order, and what came out. Both are plain data with a JSON form. Lessons draw them, checks judge
them, and they are all that the grader keeps of a student's process.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

Json = Any
"""What `json` can write: None, bool, int, float, str, and lists and dicts of them."""


Walk = tuple[tuple[str, str], ...]
"""Who was entered (`>`) and left (`<`), in order."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a scenario."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A stack to set up and the requests to send through it, in order.

    `style` is the setting that lists the layers, `MIDDLEWARE` or `MIDDLEWARE_CLASSES`; `layers` are
    their names, outermost first, as in the setting; `view` is the name of the view at the centre;
    `settings` are further settings, as plain data. `does` says what a layer does, in the words of
    `autograder.scripted`, where it is no code of anybody's.
    """

    layers: tuple[str, ...]
    view: str
    style: str = "MIDDLEWARE"
    settings: dict[str, Json] = field(default_factory=dict)
    requests: tuple[Asked, ...] = ()
    does: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Json]:
        """This scenario as plain data: what `from_json` takes back."""
        return {
            **asdict(self),
            "layers": list(self.layers),
            "requests": [asdict(r) for r in self.requests],
        }

    @classmethod
    def from_json(cls, data: dict[str, Json]) -> Scenario:
        """The scenario that `to_json` made this of; TypeError or KeyError where it is not one."""
        requests = tuple(Asked(**request) for request in data.get("requests", ()))
        return cls(**{**data, "layers": tuple(data["layers"]), "requests": requests})


@dataclass(frozen=True, slots=True)
class Event:
    """Someone was entered (`>`) or left (`<`).

    `who` is a layer or the view, by name; `hook` is which of its methods (`""` for the call itself:
    a layer's `__call__`, or the view). `token` says what came out of it: a status code, with `*`
    while a template response is not rendered yet; `None`; another type's name; or `!Type` when it
    raised. An event of entering has no token.
    """

    who: str
    way: str
    token: str = ""
    hook: str = ""

    @property
    def entered(self) -> bool:
        """Whether this is the way in."""
        return self.way == ">"

    def __str__(self) -> str:
        name = f"{self.who}.{self.hook}" if self.hook else self.who
        return f"{name} {self.way} {self.token}".rstrip()


@dataclass(frozen=True, slots=True)
class Trace:
    """What one request did in one stack.

    `layers` and `view` name everyone who could have been entered, reached or not: a picture shows
    them all. `status` is that of the response that came out, or None when `raised`, the name of an
    exception's type with its message, went through to the server instead.
    """

    request: Asked
    layers: tuple[str, ...]
    view: str
    events: tuple[Event, ...] = ()
    status: int | None = None
    raised: str = ""

    def reached(self, who: str) -> int:
        """How many times `who` itself, a layer or the view, was entered."""
        return sum(event.entered and event.who == who and not event.hook for event in self.events)

    def left(self, who: str) -> tuple[str, ...]:
        """What came out of `who` itself each time it was left, as tokens."""
        return tuple(e.token for e in self.events if e.who == who and not e.hook and not e.entered)

    @property
    def outcome(self) -> str:
        """What the server got: a status code, or what was raised."""
        return self.raised if self.status is None else str(self.status)

    @property
    def walk(self) -> Walk:
        """Who was entered (`>`) and left (`<`), in order: the events less hooks and tokens."""
        return tuple((event.who, event.way) for event in self.events if not event.hook)

    def lines(self) -> list[str]:
        """The events in the words of the recorded traces: `BlockList >`, `BlockList < 403`."""
        return [str(event) for event in self.events]

    def to_json(self) -> dict[str, Json]:
        """This trace as plain data: what `from_json` takes back."""
        return {
            **asdict(self),
            "layers": list(self.layers),
            "events": [asdict(event) for event in self.events],
        }

    @classmethod
    def from_json(cls, data: dict[str, Json]) -> Trace:
        """The trace that `to_json` made this of; TypeError or KeyError where it is not one."""
        return cls(
            **{
                **data,
                "request": Asked(**data["request"]),
                "layers": tuple(data["layers"]),
                "events": tuple(Event(**event) for event in data["events"]),
            }
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """How Jupyter shows a trace: an onion in HTML, a tree in text."""
        from autograder.picture import bundle  # a trace that nobody looks at needs no pencil

        return bundle(self)


def first_divergence(expected: Trace, actual: Trace) -> int | None:
    """The index of the first event in which two traces differ; None when they agree.

    A trace that ends early diverges at its end; traces with the same events and another outcome
    diverge after the last event.
    """
    pairs = zip(expected.events, actual.events, strict=False)
    for index, (wanted, got) in enumerate(pairs):
        if wanted != got:
            return index
    if len(expected.events) != len(actual.events) or expected.outcome != actual.outcome:
        return min(len(expected.events), len(actual.events))
    return None
