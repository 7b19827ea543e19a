"""`app.trace`: what the last request did, and what a check claims of it."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable
from typing import Any

from autograder.evidence import Claim, ClaimBroken, Exchange, HeaderClaim
from autograder.model import Json, Trace


class Seen:
    """The trace of one exchange, to draw and to make claims of.

    Each claim returns None. Inside a check, one that does not hold is written down and the check
    goes on; anywhere else it raises ClaimBroken. What is said of a layer is said of the layer
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
        self._claim(walk == wanted, " → ".join(names), entered, "order")

    def outside(self, outer: Any, *inner: Any) -> None:
        """Claim that a layer stands outside others: entered before them, left after them."""
        entered = [event.who for event in self.plain.events if event.entered and not event.hook]
        around = self._named(outer)
        for name in map(self._named, inner):
            self._exchange.outside.append((around, name))
            both = around in entered and name in entered
            held = both and entered.index(around) < entered.index(name)
            wanted = f"{around} stands outside {name}"
            self._claim(held, wanted, " → ".join(entered) or "nobody", "order")

    def header(
        self,
        name: str,
        value: str | None = None,
        *,
        at_least: float | None = None,
        at_most: float | None = None,
    ) -> None:
        """Claim that the answer has that header, once, with that value, or any if none is named.

        With bounds, its value must be a number that lies within them.
        """
        got = self._header(name)
        bounds = (at_least or 0, float("inf") if at_most is None else at_most)
        numeric = at_least is not None or at_most is not None
        if numeric:
            held, wanted = _within(got, *bounds), f"a number from {bounds[0]:g} to {bounds[1]:g}"
        else:
            held, wanted = got is not None and value in (None, got), value or "any value"
        claim = HeaderClaim(name, value, got, held, bounds if numeric else None)
        self._claim_header(claim, f"the header {name}: {wanted}")

    def no_header(self, name: str) -> None:
        """Claim that the answer does not have that header."""
        got = self._header(name)
        self._claim_header(HeaderClaim(name, "", got, got is None), f"no header {name}")

    def content(self, text: str) -> None:
        """Claim that this, and nothing else, is the content of the answer."""
        self._exchange.wanted_content = text.encode()
        got = self._exchange.content
        said = got.decode("utf-8", "replace")
        wanted = f"the content {text!r}"
        self._claim(got == text.encode(), wanted, f"the content was {said!r}", "content")

    @property
    def took(self) -> float:
        """How long the answer was in coming, in milliseconds, as seen from outside."""
        return self._exchange.took

    def _header(self, name: str) -> str | None:
        """The value of a header of the answer, None where it has none; several with commas."""
        found = [value for key, value in self._exchange.headers if key.lower() == name.lower()]
        return ", ".join(found) if found else None

    def _carried(self, name: str, got: str | None) -> str:
        if self._exchange.raised:
            return self._story()
        return f"the answer has no header {name}" if got is None else f"{name} is {got!r}"

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

    def _claim_header(self, header: HeaderClaim, wanted: str) -> None:
        happened = self._carried(header.name, header.got)
        self._claim(header.held, wanted, happened, "header", header)

    def _claim(
        self,
        held: bool,
        wanted: str,
        happened: str,
        about: str = "",
        header: HeaderClaim | None = None,
    ) -> None:
        self._exchange.claims.append(Claim(held, wanted, happened, about, header))
        if not held and not self._soft:
            raise ClaimBroken(f"{self._exchange.asked}: expected {wanted}; {happened}")

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


def _within(text: str | None, least: float, most: float) -> bool:
    try:
        return text is not None and least <= float(text) <= most
    except ValueError:
        return False
