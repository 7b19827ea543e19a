"""A clock that stands still, and moves when something is said to take time.

A check that says how long its view takes need not wait for it. While a request is inside such a
stack, the functions of `time`, and `datetime.now()`, tell this clock's time, and `sleep` moves it.
They do so wherever code asks `time` or `datetime`, and where a notebook has imported a name from
there.
"""

from __future__ import annotations

import contextlib
import datetime
import math
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from autograder.host.wire import Message

_REAL: dict[str, Callable[[], float]] = {
    name: getattr(time, name) for name in ("time", "monotonic", "perf_counter")
}
_real_datetime = datetime.datetime


class Clock:
    """One stack's time, from when it is made; in seconds, whole ones at first.

    So a quarter of a second, and whatever else two's powers make, is exact on every clock.
    """

    def __init__(self) -> None:
        self._began = {name: float(math.ceil(real())) for name, real in _REAL.items()}
        self.moved = 0.0

    def now(self, name: str) -> float:
        """What the function of that name tells."""
        return self._began[name] + self.moved

    def nanoseconds(self, name: str) -> int:
        """The same, in whole nanoseconds."""
        return int(self._began[name]) * 10**9 + round(self.moved * 1e9)

    @contextlib.contextmanager
    def inside(self, names: dict[str, Any]) -> Iterator[None]:
        """Inside, this is the time for everyone, those who imported it into `names` included."""
        _ticking.append(self)
        try:
            with _told(names) if len(_ticking) == 1 else contextlib.nullcontext():
                yield
        finally:
            _ticking.pop()


_ticking: list[Clock] = []


def pass_by(seconds: float) -> None:
    """Let time go by, where a clock stands still."""
    if _ticking:
        _ticking[-1].moved += seconds


def timed(clock: Clock | None, takes: float, send: Callable[[], Message]) -> Message:
    """What a request came to, with how long it `took`, in seconds, where a clock stands still.

    `takes` goes by before it is sent: so long has another been held inside.
    """
    if clock is None:
        return send()
    pass_by(takes)
    began = clock.moved
    return {**send(), "took": clock.moved - began}


def _sleep(seconds: float) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    pass_by(seconds)


class _Kind(type):
    """Every datetime is one of ours, too."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _real_datetime)


class _Datetime(_real_datetime, metaclass=_Kind):
    """`datetime`, on this clock."""

    @classmethod
    def now(cls, tz: Any = None) -> Any:
        return _real_datetime.fromtimestamp(_ticking[-1].now("time"), tz)

    @classmethod
    def utcnow(cls) -> Any:
        return cls.now(datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> Any:
        return cls.now()


def _told_by(name: str) -> Callable[[], float]:
    return lambda: _ticking[-1].now(name)


def _nanoseconds(name: str) -> Callable[[], int]:
    return lambda: _ticking[-1].nanoseconds(name)


_STANDS_IN: dict[int, Any] = {
    **{id(real): _told_by(name) for name, real in _REAL.items()},
    **{id(getattr(time, f"{name}_ns")): _nanoseconds(name) for name in _REAL},
    id(time.sleep): _sleep,
    id(_real_datetime): _Datetime,
}
"""What tells this clock's time, by the id of what it stands in for."""

_ASKED = ("time", "datetime", "timeit", "minidjango.utils.timezone", "django.utils.timezone")
"""The modules in which others look for the time."""


@contextlib.contextmanager
def _told(names: dict[str, Any]) -> Iterator[None]:
    """Inside, the time is told by this clock."""
    modules = [vars(sys.modules[name]) for name in _ASKED if name in sys.modules]
    changed = [
        (where, name, real)
        for where in (*modules, names)
        for name, real in where.items()
        if id(real) in _STANDS_IN
    ]
    for where, name, real in changed:
        where[name] = _STANDS_IN[id(real)]
    try:
        yield
    finally:
        for where, name, real in changed:
            if where.get(name) is _STANDS_IN[id(real)]:
                where[name] = real
