"""Whether a mutant and the solution can be told apart, by what they do in made-up scenarios.

What an exercise leaves open, its right answers show: where one of them differs from the solution
(another text on a page that it refuses), a mutant that differs in just that is a right answer too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from autograder.host.wire import Message
from course.proof.mutants.playing import Player, Seen
from course.proof.mutants.scenarios import Scenario, material, scenario

SCENARIOS = 500
"""How many are played before two answers are taken for one."""

Commands = Sequence[Message]
"""What a host was told when an answer was judged: its cells, and what its checks asked."""


class Teller:
    """Tells mutants of an exercise from its solution.

    `rights` gives its right answers when they are needed; `sources` are the texts of the solution
    and of all mutants that are to be told from it.
    """

    def __init__(
        self,
        slug: str,
        solution: Commands,
        rights: Callable[[], list[Commands]],
        sources: Sequence[str],
    ) -> None:
        self._slug, self._material = slug, material(solution, sources)
        self._solution, self._rights = Player(solution), rights
        self._scenarios: dict[int, Scenario] = {}
        self._known: dict[int, Seen] = {}
        self._open: dict[int, set[tuple[object, ...]]] = {}
        self._players: list[Player] | None = None

    def differences(self, mutant: Commands) -> list[str]:
        """Where they differ in the first scenario that shows it; empty where none of them does."""
        player = Player(mutant)
        for number in range(SCENARIOS):
            if number not in self._known:
                asked = scenario(self._material, f"{self._slug} {number}")
                self._scenarios[number] = asked
                self._known[number] = self._solution.play(asked)
            asked = self._scenarios[number]
            differ = _different(self._known[number], player.play(asked))
            if differ and (differ := differ - self._left_open(number)):
                return sorted(" ".join(map(str, key[1:])) for key in differ)
        return []

    def _left_open(self, number: int) -> set[tuple[object, ...]]:
        """Where, in this scenario, right answers differ from the solution."""
        if self._players is None:
            self._players = [Player(right) for right in self._rights()]
        if number not in self._open:
            asked, known = self._scenarios[number], self._known[number]
            differ = [_different(known, right.play(asked)) for right in self._players]
            self._open[number] = set().union(*differ)
        return self._open[number]


def _different(one: Seen, other: Seen) -> set[tuple[object, ...]]:
    """Where two differ: a number does, by 1 or more."""
    keys = {*one, *other}
    return {key for key in keys if not _same(key, one.get(key), other.get(key))}


def _same(key: tuple[object, ...], one: object, other: object) -> bool:
    if key[1] == "number" and isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < 1
    return one == other
