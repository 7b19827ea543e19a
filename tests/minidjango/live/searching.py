"""Many scenarios are drawn and compared, and it is counted which facts they show."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis.strategies import SearchStrategy

from autograder.model import Scenario
from tests.minidjango.live.comparing import compare, laboratory
from tests.minidjango.live.drawing import scenarios
from tests.minidjango.stacks.facts import NEW_STYLE
from tests.minidjango.stacks.reading import Fact, Run


class Tally:
    """How many scenarios were compared, and how many of them show each fact."""

    def __init__(self) -> None:
        self.compared = 0
        self.shown: Counter[Fact] = Counter()

    def add(self, scenario: Scenario) -> None:
        """Compare one; Differ where the two frameworks do not agree."""
        happened = compare(scenario)
        lines, answer = happened.trace.lines(), happened.answer
        run = Run(scenario, lines, answer, happened.made, happened.logs)
        self.compared += 1
        self.shown.update(fact for fact in NEW_STYLE if fact.shown_by(run))

    def table(self) -> list[str]:
        """Say how often each was."""
        return [
            f"{fact.number:3} {100 * self.shown[fact] / self.compared:6.2f} %  {fact.claim}"
            for fact in NEW_STYLE
        ]


def search(examples: int, seed: int) -> Tally:
    """Draw and compare; where there is a counter-example, raise Differ for the smallest found."""
    tally = Tally()
    each(scenarios(), tally.add, examples, seed)
    return tally


def each(
    drawn: SearchStrategy[Scenario], check: Callable[[Scenario], Any], examples: int, seed: int
) -> None:
    """Check what is drawn, as often as told; nothing is kept from one run to the next."""

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(drawn)
    def holds(scenario: Scenario) -> None:
        check(scenario)

    with laboratory():
        holds()
