"""The hostile set as answers to one exercise, and those of them that a class has."""

from __future__ import annotations

import os
import random

from tests.autograder.answers import HEAD, WRONGS
from tests.hostile.burglars import GRAB, HARMS, READS
from tests.hostile.cheats import CANNED, CHEATS
from tests.hostile.nuisances import DEADLY, HANGING_ANSWERS, NOISES, SELF_INFLICTED

WRONG = WRONGS["never-short-circuits"]
WORDS = {"home": "/", "root": "/", "canary": "nothing", "port": 9}
HOSTILE = [
    *(
        f"{cell}\n{WRONG}"
        for several in (CHEATS, NOISES, SELF_INFLICTED, DEADLY)
        for cell in several.values()
    ),
    *CANNED.values(),
    *(f"{GRAB}\n{cell.format(**WORDS)}\n{WRONG}" for cell in (READS | HARMS).values()),
    *(f"{HEAD}\n        {body.lstrip()}\n" for body in HANGING_ANSWERS.values()),
]
"""What the hostile hand in: an attack, and an answer that is wrong in any case."""

SEED = os.environ.get("HOSTILE_SEED", str(random.SystemRandom().randrange(10**6)))
COUNT = int(os.environ.get("HOSTILE_COUNT", "8"))
"""How many of them are in the class, drawn; all, where there are no more."""


def drawn() -> dict[str, str]:
    """The answers of those who are in the class, by their names."""
    chosen = random.Random(SEED).sample(HOSTILE, min(COUNT, len(HOSTILE)))
    return {f"m{number}": answer for number, answer in enumerate(chosen)}
