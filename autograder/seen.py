"""`app.trace`: what the last request did, and what a check claims of it."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable
from typing import Any

from autograder.contents import Contents, came_out
from autograder.evidence import Exchange
from autograder.host.gates import OLD_HOOKS
from autograder.model import Event, Json, Trace


class Seen(Contents):
    """The trace of one exchange, to draw and to make claims of; `Contents` has those of the answer.

    Each claim returns None. Inside a check, one that does not hold is written down and the check
    goes on; anywhere else it raises ClaimBroken. What is said of a layer is said of the layer
    itself, and what is said of `"Layer.hook"` of that hook.
    """

    def __init__(self, exchange: Exchange, named: Callable[[Any], str], soft: bool) -> None:
        super().__init__(exchange, soft)
        self._named = named

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
        """Claim that a layer or the view was entered, or a hook: `"Log.process_view"`."""
        name, hook = self._who(who)
        if not hook:
            self._exchange.entered.add(name)
        held = bool(self._entered(name, hook))
        self._claim(held, f"{_joined(name, hook)} is reached", self._story)

    def never_reached(self, who: Any) -> None:
        """Claim that a layer, the view or a hook was not entered."""
        name, hook = self._who(who)
        if not hook:
            self._exchange.unreached.add(name)
        told = _joined(name, hook)
        held = not self._entered(name, hook)
        self._claim(held, f"{told} is never reached", f"{told} was entered")

    def returned(self, who: Any, what: int | str) -> None:
        """Claim what a layer, the view or a hook gave back the last time: a status, or a type."""
        name, hook = self._who(who)
        events = self.plain.events
        left = [e.token for e in events if not e.entered and (e.who, e.hook) == (name, hook)]
        held = bool(left) and left[-1] == str(what)
        gave = came_out(left[-1]) if left else "was never entered"
        told = _joined(name, hook)
        self._claim(held, f"{told} returns {what}", f"{told} {gave}")

    def hooks(self, *steps: Any) -> None:
        """Claim that these hooks, and no others, were called in this order.

        A hook is named by a text, such as `"Log.process_view"`. The view may stand among them.
        """
        wanted = [self._who(step) for step in steps]
        views = {name for name, hook in wanted if not hook}
        entered = [event for event in self.plain.events if event.entered]
        seen = [(e.who, e.hook) for e in entered if e.hook or e.who in views]
        told = [" → ".join(_joined(*step) for step in walk) or "none" for walk in (wanted, seen)]
        self._claim(seen == wanted, told[0], told[1], "hooks")

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

    @property
    def took(self) -> float:
        """How long the answer was in coming, in milliseconds, as seen from outside."""
        return self._exchange.took

    def _who(self, who: Any) -> tuple[str, str]:
        """The name of a layer or a view, and the hook of it that is meant, if one is."""
        name, _, hook = who.rpartition(".") if type(who) is str else ("", "", "")
        return (self._named(name), hook) if hook in OLD_HOOKS else (self._named(who), "")

    def _entered(self, name: str, hook: str) -> list[Event]:
        """When it was entered; in the old style, where a layer has only hooks, by any of them."""
        old = self._exchange.scenario.style == "MIDDLEWARE_CLASSES"
        mine = [event for event in self.plain.events if event.entered and event.who == name]
        return [event for event in mine if event.hook == hook or (old and not hook)]

    def claim_status(self, status: Any, through: bool = True) -> None:
        """Claim the status as WebTest's `status=` does; None claims that the request went through.

        Going through means that the view was reached once and that its answer, known by a nonce,
        came back. Where there is no one view, it is claimed that all went well, as WebTest does.
        """
        seen = self._exchange
        if status is None and not through:
            fine = seen.raised is None and 200 <= (seen.status or 0) < 400
            seen.as_wanted = fine
            self._claim(fine, "a status of the 2xx or 3xx", self._story)
        elif status is None:
            seen.through = True
            held = seen.view_ran == 1 and seen.came_back and not seen.altered
            seen.as_wanted = held
            wanted = f"{seen.scenario.view} is reached once, and its answer comes back"
            self._claim(held, wanted, self._story)
        elif status != "*":
            seen.wanted_status = status if isinstance(status, int) else None
            held = seen.raised is None and _status_fits(seen.status_line, status)
            seen.as_wanted = held
            self._claim(held, f"status {status}", self._story)


def _joined(name: str, hook: str) -> str:
    return f"{name}.{hook}" if hook else name


def _status_fits(line: str, wanted: Any) -> bool:
    """Whether a status line is what WebTest's `status=` wants: a number, several, or a pattern."""
    if isinstance(wanted, str):
        return fnmatch.fnmatchcase(line, wanted)
    choice = wanted if isinstance(wanted, list | tuple) else (wanted,)
    return line[:3] in map(str, choice)
