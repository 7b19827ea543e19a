"""What a run came to: submissions, cells, and what kept some from being graded."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Trouble:
    """A submission that was not graded, or not wholly, and why, in a sentence."""

    student: str
    sentence: str


@dataclass(slots=True)
class Report:
    """What a run came to. `graded` and `unchanged` count submissions, the latter those that were
    in their place already; `judged` and `ran` count graded cells, the latter those whose checks are
    not of our kind; `kept` counts notebooks whose result was there from an earlier run.
    """

    submissions: int = 0
    graded: int = 0
    unchanged: int = 0
    kept: int = 0
    judged: int = 0
    ran: int = 0
    troubles: list[Trouble] = field(default_factory=list)

    def trouble(self, student: str, sentence: str) -> None:
        """Note why a submission is not graded."""
        self.troubles.append(Trouble(student, sentence))
