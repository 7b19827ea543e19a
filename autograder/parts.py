"""`part(...)`: a part of a check that has points of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from autograder.evidence import Claim, Evidence
from autograder.judgement import is_about_the_answer
from autograder.points import Part
from autograder.session import session


@contextlib.contextmanager
def part(name: str, *, points: float) -> Iterator[None]:
    """A part of a check: its points are earned where all that is claimed in it holds.

        with part("it measures the view", points=1):
            ...

    What ends a part does not end the check. What a check claims outside its parts has to hold for
    any point to be earned, and whoever fails nowhere gets the points of the whole check. Raises
    RuntimeError outside a check and inside another part.
    """
    evidence = session().evidence
    if evidence is None or evidence.part:
        where = "inside another one" if evidence else "outside any check"
        raise RuntimeError(f"the part {name!r} stands {where}")
    before, evidence.part = set(map(id, evidence.broken())), name
    try:
        yield
    except Exception as error:
        if not is_about_the_answer(error):
            raise
        evidence.claims.append(Claim(False, name, str(error) or "a claim is false"))
    finally:
        evidence.part = ""
        evidence.parts.append(_part(name, points, evidence, before))


def _part(name: str, points: float, evidence: Evidence, before: set[int]) -> Part:
    broken = [claim for claim in evidence.broken() if id(claim) not in before]
    evidence.in_parts.update(map(id, broken))
    why = f"expected {broken[0].wanted}; {broken[0].happened}" if broken else ""
    return Part(name, points, why)
