"""What a check asked, what it claimed, and what it saw: all that a diagnosis may look at.

A claim that does not hold does not end the check: the check goes on, so that the story is whole
when it is told, and it is the first broken claim that is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.host.wire import Message
from autograder.model import Asked, Event, Scenario, Trace
from autograder.points import Part

SAYS_WHAT = ("contains", "content", "cookie", "header", "json", "stream", "value")
"""The kinds of claim that say what an answer is, and not only where it came from."""

SAID = 10_000
"""How much of what was logged, warned of or printed is kept, in characters."""


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception that crossed as data: its class's name, its message, its ancestors.

    `where` is the line of the student's that it came through, as `line 11: ...`, or "".
    """

    type: str
    message: str
    lineage: tuple[str, ...] = ()
    where: str = ""

    @property
    def told(self) -> str:
        """The exception, and where it happened."""
        return f"{self} ({self.where})" if self.where else str(self)

    @property
    def unfinished(self) -> bool:
        """Whether this is a stub saying that nobody has written it yet."""
        return "builtins.NotImplementedError" in self.lineage

    def __str__(self) -> str:
        return f"{self.type}: {self.message}" if self.message else self.type


class ClaimBroken(AssertionError):
    """A claim that does not hold, where no check is there to tell it."""

    def _render_traceback_(self) -> list[str]:
        """How IPython prints this: without a walk through the grader's code."""
        return [f"{type(self).__name__}: {self}"]


@dataclass(frozen=True, slots=True)
class HeaderClaim:
    """What a check claims of one header of the answer; `got` is None where it is not there.

    `wanted` is None where any text will do, and "" where the header must not be there; `bounds` are
    the least and the greatest number that it may be, where it must be one.
    """

    name: str
    wanted: str | None
    got: str | None
    held: bool
    bounds: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a check says of an exchange, with what was wanted and what happened.

    `about` says what kind of claim it is, where somebody needs to know, such as `order`, `content`,
    or `header`, which then holds what is claimed of it.
    """

    held: bool
    wanted: str
    happened: str
    about: str = ""
    header: HeaderClaim | None = None


@dataclass(slots=True)
class Exchange:
    """One request through one stack: what was seen at the gates, and what the check claims of it.

    `students` are the names of the layers that the student wrote. `answers` are what the view
    answered, by the nonce that each answer carries, and `given` what one of the student's did;
    `came_back` says whether one of them did, and `altered` in which way it was another by then.
    `own` are the student's views that were entered, and `proven` says that what came back is the
    answer of a view of the check's.

    `wanted_status` is the status that the check asks for, None where it leaves it open or gives a
    choice, and `as_wanted` whether its claim of the status holds; `through` is the claim that the
    view is reached once and its answer comes back; `unreached` and `entered` are who must never be
    and who must be entered; `order` is who must be entered, in that order, and nobody else, and
    `outside` are pairs of an outer layer and an inner one.

    `headers` and `content` are those of the answer, and `wanted_content` is what is claimed of the
    latter; `pieces` are the parts in which it came, and `read_inside` says how many parts of the
    view's stream were read before all layers were left. `took` is how long it was in coming, in
    milliseconds. `held` says that it was held at the view's gate while another went through.
    `foreseen` is the true trace where a student's function foretold one: the events are those that
    it foretold, and `called` says what was called.
    """

    scenario: Scenario
    asked: Asked
    students: tuple[str, ...] = ()
    events: list[Event] = field(default_factory=list)
    status: int | None = None
    raised: Raised | None = None
    status_line: str = ""
    answers: dict[str, Message] = field(default_factory=dict)
    given: dict[str, Message] = field(default_factory=dict)
    came_back: bool = False
    altered: str = ""
    own: set[str] = field(default_factory=set)
    proven: bool = False
    raised_at_gates: list[tuple[str, Raised]] = field(default_factory=list)
    wanted_status: int | None = None
    as_wanted: bool = True
    through: bool = False
    unreached: set[str] = field(default_factory=set)
    entered: set[str] = field(default_factory=set)
    order: tuple[str, ...] = ()
    outside: list[tuple[str, str]] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    content: bytes = b""
    wanted_content: bytes | None = None
    pieces: list[bytes] = field(default_factory=list)
    read_inside: int = 0
    took: float = 0
    held: bool = False
    foreseen: Trace | None = None
    called: str = ""
    claims: list[Claim] = field(default_factory=list)

    @property
    def trace(self) -> Trace:
        """What happened."""
        return Trace(
            self.asked,
            self.scenario.layers,
            self.scenario.view,
            tuple(self.events),
            self.status,
            str(self.raised) if self.raised else "",
        )

    @property
    def view_status(self) -> int | None:
        """The status of the view's last answer, where it gave one."""
        answers = self.answers or self.given
        last = [answer["status"] for answer in answers.values()][-1:]
        return last[0] if last else None

    @property
    def view_ran(self) -> int:
        """How many times the view was entered."""
        view = self.scenario.view
        return sum(e.way == ">" and e.who == view and not e.hook for e in self.events)

    @property
    def blocks(self) -> bool:
        """Whether the check wants this request answered before it reaches the view."""
        return bool(self.unreached - set(self.scenario.layers))

    @property
    def writers(self) -> tuple[str, ...]:
        """Everyone in it whom the student wrote: layers, and views that were entered."""
        return (*self.students, *sorted(self.own))

    @property
    def header_claims(self) -> list[HeaderClaim]:
        """What is claimed of the answer's headers."""
        return [claim.header for claim in self.claims if claim.header]

    def broken(self) -> Claim | None:
        """The first claim that did not hold."""
        return next((claim for claim in self.claims if not claim.held), None)


@dataclass(slots=True)
class Evidence:
    """All exchanges of one check, and what stood in the way of building a stack or calling.

    `exchanges` are in the order in which they were asked. `unbuilt` is what was raised when a
    stack was built, and `style` that stack's, as a scenario has it; `said` is what was logged,
    warned of or printed meanwhile; `asked` counts the commands that the host was given. `arranged`
    are the names that a student put in order, and those that should stand there; `believed` is the
    misconception that a wrong option of a question follows from. `gave_nothing` says that a
    function of the student's returned None, `hidden` whether the hidden part of the check was run,
    `tried` that a test was tried on layers which it has not seen. `words` are what was made up for
    this check. `parts` are those of its parts that have points of their own, `part` is the one that
    is running, and `in_parts` are the ids of broken claims that belong to one.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    raised: list[Raised] = field(default_factory=list)
    unbuilt: Raised | None = None
    style: str = "MIDDLEWARE"
    said: str = ""
    asked: int = 0
    arranged: tuple[tuple[str, ...], tuple[str, ...]] | None = None
    believed: str = ""
    gave_nothing: bool = False
    hidden: bool = False
    tried: bool = False
    words: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    part: str = ""
    in_parts: set[int] = field(default_factory=set)

    @property
    def controlled(self) -> bool:
        """Whether something was claimed that only an answer to a fresh question can satisfy.

        It is, where a view of the check's is reached and its answer comes back; where a trace is
        foretold, or a test tried; and where what is wanted has a word that was made up for it.
        """
        if self.tried or any((x.through and x.proven) or x.foreseen for x in self.exchanges):
            return True
        wanted = [claim.wanted.lower() for claim in self.all_claims() if claim.about in SAYS_WHAT]
        return any(word in text for text in wanted for word in self.words)

    def all_claims(self) -> Iterator[Claim]:
        """Every claim so far: of the exchanges first, in their order."""
        for exchange in self.exchanges:
            yield from exchange.claims
        yield from self.claims

    def broken(self) -> list[Claim]:
        """The claims that did not hold."""
        return [claim for claim in self.all_claims() if not claim.held]

    @property
    def earned(self) -> float:
        """The points of the parts that were passed; none where anything else did not hold."""
        if any(id(claim) not in self.in_parts for claim in self.broken()):
            return 0
        return sum(part.earned for part in self.parts)

    def hear(self, said: str) -> None:
        """Add to what was said meanwhile, as far as there is room."""
        self.said = (self.said + said)[:SAID]

    def first_broken(self) -> tuple[Exchange | None, Claim] | None:
        """The first claim that did not hold, with its exchange where it is about one."""
        for exchange in self.exchanges:
            claim = exchange.broken()
            if claim:
                return exchange, claim
        alone = next((claim for claim in self.claims if not claim.held), None)
        return (None, alone) if alone else None

    def unfinished(self) -> bool:
        """Whether a stub was called, or built, anywhere."""
        at_gates = [r for x in self.exchanges for who, r in x.raised_at_gates if who in x.writers]
        seen = [*at_gates, *self.raised, *([self.unbuilt] if self.unbuilt else [])]
        return any(raised.unfinished for raised in seen)
