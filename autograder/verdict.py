"""What a check says of an answer: a verdict, its points, and the story for the student."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from autograder.model import Json, Trace
from autograder.points import Part


class Outcome(StrEnum):
    """The six things that a check can say."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ATTEMPTED = "not attempted"
    TIMED_OUT = "timed out"
    SKIPPED = "skipped"
    ERRORED = "errored"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check's word on one answer.

    `check` is the exercise's slug; `points` of `maximum` were earned. Where it failed,
    `misconception` is a name from the registry, with its `title` and `explanation`, or "" when the
    mistake is not one that we know; `message` says in one sentence what was wrong, `called` what
    was asked, `wanted` and `happened` what was expected and what came, `hint` what to try.
    `captured` is what was logged, warned of or printed meanwhile. `expected` and `actual` are the
    onions to draw. `pending` says that the check has a hidden part which was not run, and `exam`
    that this is an exam. `controlled` says that something was claimed which only an answer to a
    fresh question can satisfy. `needs` names the check that this one waits for. `parts` are the
    parts with points of their own. `ran` says what really ran: the framework with its version, the
    host, the executor.
    """

    check: str
    outcome: Outcome
    points: float = 0
    maximum: float = 0
    misconception: str = ""
    title: str = ""
    explanation: str = ""
    message: str = ""
    called: str = ""
    happened: str = ""
    wanted: str = ""
    hint: str = ""
    captured: str = ""
    expected: Trace | None = None
    actual: Trace | None = None
    pending: bool = False
    exam: bool = False
    controlled: bool = False
    needs: str = ""
    parts: tuple[Part, ...] = ()
    ran: dict[str, str] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether every claim of the check held."""
        return self.outcome is Outcome.PASSED

    def to_json(self) -> dict[str, Json]:
        """The verdict as `{check, verdict, points, max, misconception, message, ran}`.

        A check with parts has `parts` too, a line for each.
        """
        return {
            "check": self.check,
            "verdict": str(self.outcome),
            "points": self.points,
            "max": self.maximum,
            "misconception": self.misconception,
            "message": self.message,
            **({"parts": [str(part) for part in self.parts]} if self.parts else {}),
            "ran": self.ran,
        }

    def _repr_mimebundle_(self, **_: object) -> dict[str, Json]:
        """How Jupyter shows a verdict: its card, and the verdict itself as data."""
        from autograder.card import bundle  # only a verdict that is shown needs its pictures

        return bundle(self)
