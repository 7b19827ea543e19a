"""Look long for something that the two frameworks do not do alike.

    python -m tests.minidjango.live --examples 20000 [--seed N]

Prints how many of the examples show each fact; the exit status is 1 when one of them differs, and
the smallest such is shown.
"""

import argparse
import random
import sys

from tests.minidjango.live.comparing import Differ
from tests.minidjango.live.searching import search


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.minidjango.live")
    parser.add_argument("--examples", type=int, default=2000, help="how many (2000)")
    parser.add_argument("--seed", type=int, help="to draw the same again")
    asked = parser.parse_args(words)
    seed = random.randrange(10**6) if asked.seed is None else asked.seed
    print(f"--seed {seed}")
    try:
        tally = search(asked.examples, seed)
    except Differ as difference:
        print(difference)
        return 1
    print(*tally.table(), f"{tally.compared} examples, and no counter-example", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
