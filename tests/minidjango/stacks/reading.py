"""A run, read: what the recognisers of facts ask about a scenario and what happened."""

import re
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from autograder.model import Json, Scenario
from tests.minidjango.stacks import words


class Run:
    """A scenario and what happened: lines of its trace, the answer, what was made and logged."""

    def __init__(
        self, scenario: Scenario, lines: list[str], answer: Json, made: list[str], logs: list[str]
    ) -> None:
        self.scenario, self.text, self.made, self.logs = scenario, "\n".join(lines), made, logs
        self.status: int = answer.get("status", 0)
        self.raised: str = answer.get("raised", "")
        self.propagates = bool(scenario.settings.get("DEBUG_PROPAGATE_EXCEPTIONS"))

    @cached_property
    def layers(self) -> dict[str, dict[str, str]]:
        """What the parts of each layer do that has words and is in use, outermost first."""
        used = [name for name in self.made if " " not in name]
        layers = [name for name in self.scenario.layers if name in used]
        return {name: words.layer(self.scenario.does[name]).parts for name in layers}

    def having(self, part: str) -> list[str]:
        """Return the layers in use that have a part, outermost first."""
        return [name for name, parts in self.layers.items() if part in parts]

    def doing(self, part: str, action: str) -> list[str]:
        """Return the layers in use a part of which does this."""
        return [name for name, parts in self.layers.items() if parts.get(part) == action]

    def shows(self, pattern: str) -> re.Match[str] | None:
        """Find a pattern in the lines of the trace: `^` begins a line, `.` stays in it."""
        return re.search(pattern, self.text, re.MULTILINE)

    def count(self, pattern: str) -> int:
        """Return how often a pattern is found."""
        return len(re.findall(pattern, self.text, re.MULTILINE))

    @property
    def skips_exception_hooks(self) -> bool:
        """Whether there was somebody to ask about an exception, and nobody was asked."""
        return bool(self.having("process_exception")) and "process_exception" not in self.text


Recogniser = Callable[[Run], object]


class Fact(NamedTuple):
    """The number of a fact, what is claimed, and whether a run shows it."""

    number: int
    claim: str
    shown_by: Recogniser


class Facts(list[Fact]):
    """A table of facts, to which each recogniser adds itself."""

    def fact(self, number: int, claim: str) -> Callable[[Recogniser], Recogniser]:
        """Add a fact that the decorated function recognises."""

        def add(recogniser: Recogniser) -> Recogniser:
            self.append(Fact(number, claim, recogniser))
            return recogniser

        return add

    def shows(self, number: int, claim: str, pattern: str) -> None:
        """Add a fact that the trace alone shows."""
        self.append(Fact(number, claim, lambda run: run.shows(pattern)))
