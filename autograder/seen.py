"""`app.trace`: what the last request did, and what a check claims of it."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable
from typing import Any

from autograder.evidence import Claim, Exchange
from autograder.model import Json, Trace


class Seen:
    """The trace of one exchange, to draw and to make claims of.

    Each claim returns None. Inside a check, one that does not hold is written down and the check
    goes on; anywhere else it raises AssertionError. What is said of a layer is said of the layer
    itself, not of its hooks.
    """

    def __init__(self, exchange: Exchange, named: Callable[[Any], str], soft: bool) -> None:
        self._exchange, self._named, self._soft = exchange, named, soft

    @property
    def plain(self) -> Trace:
        """The trace itself, as plain data."""
        return self._exchange.trace

    def lines(self) -> list[str]:
        """The events, a line each."""
        return self.plain.lines()

    def to_json(self) -> dict[str, Json]:
        """The trace in its JSON form."""
        return self.plain.to_json()

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return self.plain._repr_mimebundle_()

    # -- claims ------------------------------------------------------------------------------

    def reached(self, who: Any) -> None:
        """Claim that a layer or the view was entered."""
        name = self._named(who)
        self._exchange.entered.add(name)
        held = self.plain.reached(name) > 0
        self._claim(held, f"{name} is reached", self._story())

    def never_reached(self, who: Any) -> None:
        """Claim that a layer or the view was not entered."""
        name = self._named(who)
        self._exchange.unreached.add(name)
        held = self.plain.reached(name) == 0
        self._claim(held, f"{name} is never reached", f"{name} was entered")

    def returned(self, who: Any, what: int | str) -> None:
        """Claim what a layer or the view gave back the last time: a status, or a type's name."""
        name = self._named(who)
        left = self.plain.left(name)
        held = bool(left) and left[-1] == str(what)
        gave = _came_out(left[-1]) if left else "was never entered"
        self._claim(held, f"{name} returns {what}", f"{name} {gave}")

    def order(self, *whos: Any) -> None:
        """Claim that these, and nobody else, were entered in this order, and left in reverse."""
        names = tuple(map(self._named, whos))
        self._exchange.order = names
        own = [event for event in self.plain.events if not event.hook]
        walk = [(event.who, event.way) for event in own]
        wanted = [(n, ">") for n in names] + [(n, "<") for n in reversed(names)]
        entered = " → ".join(event.who for event in own if event.entered) or "nobody"
        self._claim(walk == wanted, " → ".join(names), entered)

    def claim_status(self, status: Any) -> None:
        """Claim the status as WebTest's `status=` does; None claims that the request went through.

        Going through means that the view was reached once and that its answer, known by a nonce,
        came back.
        """
        seen = self._exchange
        if status is None:
            seen.through = True
            held = seen.view_ran == 1 and seen.came_back and not seen.altered
            seen.as_wanted = held
            wanted = f"{seen.scenario.view} is reached once, and its answer comes back"
            self._claim(held, wanted, self._story())
        elif status != "*":
            seen.wanted_status = status if isinstance(status, int) else None
            held = seen.raised is None and _status_fits(seen.status_line, status)
            seen.as_wanted = held
            self._claim(held, f"status {status}", self._story())

    def _claim(self, held: bool, wanted: str, happened: str) -> None:
        self._exchange.claims.append(Claim(held, wanted, happened))
        if not held and not self._soft:
            raise AssertionError(f"{self._exchange.asked}: expected {wanted}; {happened}")

    def _story(self) -> str:
        """What happened, in a sentence."""
        seen = self._exchange
        came = f"the answer was {seen.status}"
        if seen.raised:
            came = f"{seen.raised} went through to the server"
        for who, raised in seen.raised_at_gates[:1]:
            return f"{who} raised {raised.told}, and {came}"
        for who in seen.students:
            odd = [t for t in seen.trace.left(who) if not t.strip("*").isdigit()]
            if odd:
                return f"{who} {_came_out(odd[0])}, and {came}"
        if seen.view_ran == 0:
            return f"{seen.scenario.view} was never entered, and {came}"
        times = "" if seen.view_ran == 1 else f" {seen.view_ran} times"
        lost = f", its answer came back {seen.altered}" if seen.altered else ""
        lost = lost if seen.came_back else ", its own answer did not come back"
        return f"{seen.scenario.view} was entered{times}{lost}, and {came}"


def _came_out(token: str) -> str:
    if token.startswith("!"):
        return f"raised {token[1:]}"
    return f"returned {token}"


def _status_fits(line: str, wanted: Any) -> bool:
    """Whether a status line is what WebTest's `status=` wants: a number, several, or a pattern."""
    if isinstance(wanted, str):
        return fnmatch.fnmatchcase(line, wanted)
    choice = wanted if isinstance(wanted, list | tuple) else (wanted,)
    return line[:3] in map(str, choice)
