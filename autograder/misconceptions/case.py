"""A mistake with a name, and the evidence as those who recognise it look at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile

from autograder.evidence import Evidence, Exchange, Raised


@dataclass(frozen=True, slots=True)
class Case:
    """Evidence as a recogniser looks at it.

    `told` is the exchange that the card tells, of all that were `asked`, in order; `stop` are
    those that the student's layers should stop, `through` those that should go through.
    """

    told: Exchange
    asked: list[Exchange]
    stop: list[Exchange]
    through: list[Exchange]


def never(_: object) -> bool:
    """Recognise nothing."""
    return False


@dataclass(frozen=True, slots=True)
class Misconception:
    """A mistake with a name.

    `title` says it in a few words, `explanation` in two sentences, `hint` what to look at.
    `recognise` says whether a case shows it, and `unasked` whether evidence does in which no
    exchange is to blame: a stack that could not be built, a value that is wrong. A mistake that
    only the wrong option of a question shows has neither. `hints` stand in for `hint` where
    somebody gave back something of a type that is among the key's words.

    Most entries speak of `get_response`, which a bare WSGI application and the old style have not:
    only one that is `in_any_style` is true, word for word, of those as well.
    """

    name: str
    title: str
    explanation: str
    hint: str
    recognise: Callable[[Case], bool] = never
    unasked: Callable[[Evidence], bool] = never
    hints: dict[str, str] = field(default_factory=dict)
    in_any_style: bool = False

    def fits(self, case: Case) -> bool:
        """Whether a case shows it, and its text is true of what was built there."""
        return self._speaks_of(case.told.scenario.style) and self.recognise(case)

    def fits_unasked(self, evidence: Evidence) -> bool:
        """The same of evidence in which no exchange is to blame."""
        return self._speaks_of(evidence.style) and self.unasked(evidence)

    def _speaks_of(self, style: str) -> bool:
        return self.in_any_style or style == "MIDDLEWARE"


def case_of(evidence: Evidence, told: Exchange) -> Case:
    """The case in which that exchange is told."""
    asked = evidence.exchanges
    stop, through = filter(to_be_stopped, asked), (x for x in asked if x.through)
    return Case(told, asked, list(stop), list(through))


# -- what an exchange shows ------------------------------------------------------------------


MUST_ANSWER = ("", "process_response", "process_template_response")
"""The hooks that must give a response back: the call itself, and those that are handed one."""


def tokens(exchange: Exchange) -> list[str]:
    """What the student's layers and views gave back, where they must give a response."""
    return [
        event.token
        for event in exchange.events
        if not event.entered and event.who in exchange.writers and event.hook in MUST_ANSWER
    ]


def raised_by_layers(exchange: Exchange) -> list[Raised]:
    """What the student's layers raised."""
    return [raised for who, raised in exchange.raised_at_gates if who in exchange.students]


def fell_over(exchange: Exchange) -> list[Raised]:
    """What the student's layers and views raised, where the check wants no 500."""
    if exchange.wanted_status == 500:
        return []
    return [raised for who, raised in exchange.raised_at_gates if who in exchange.writers]


def to_be_stopped(exchange: Exchange) -> bool:
    """Whether the student's layers must answer: nobody else in the stack could do it for them."""
    return exchange.blocks and len(exchange.students) == len(exchange.scenario.layers)


def stopped(exchange: Exchange) -> bool:
    """Whether it was answered before the view, and by decision: a 500 looks like falling over."""
    return exchange.view_ran == 0 and exchange.status not in (None, 500)


def refused(exchange: Exchange) -> bool:
    """Whether it was stopped with a status that sends away."""
    return stopped(exchange) and (exchange.status or 0) >= 300


def let_in(exchange: Exchange) -> bool:
    """Whether the view ran once."""
    return exchange.view_ran == 1


def untouched(exchange: Exchange) -> bool:
    """Whether the view ran once, and what it answered is what came out."""
    return let_in(exchange) and exchange.came_back and not exchange.altered


def answered_over(exchange: Exchange) -> bool:
    """Whether the view ran and answered, and what came out is a layer's decision."""
    answered = let_in(exchange) and exchange.view_status is not None
    return answered and not untouched(exchange) and exchange.status not in (None, 500)


def ran_in_a_hook(exchange: Exchange) -> bool:
    """Whether the view was entered while a hook of one of the student's layers was running."""
    inside = 0
    for event in exchange.events:
        if event.hook and event.who in exchange.students:
            inside += 1 if event.entered else -1
        elif event.who == exchange.scenario.view and event.entered and inside:
            return True
    return False


def all_of(exchanges: list[Exchange], holds: Callable[[Exchange], bool]) -> bool:
    """Whether it holds for all of them, and there are some."""
    return bool(exchanges) and all(map(holds, exchanges))


def may_be_kept(case: Case) -> bool:
    """Whether what came without the view may be an answer of the view's from an earlier time."""
    before = takewhile(lambda exchange: exchange is not case.told, case.asked)
    kept = {a["status"]: "".join(a["chunks"]) for x in before for a in x.answers.values()}
    return kept.get(case.told.status) == case.told.content.decode("latin-1")
