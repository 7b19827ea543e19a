"""Compare a framework with what real Django did.

    python -m tests.minidjango.recorded FILE.json[.xz] [--root django|minidjango] [--only ID|basic]

Prints how many cases agree, and the first differences; the exit status is 0 when all do.
"""

import argparse
import sys
from pathlib import Path

from autograder.model import Json
from tests.minidjango.recorded.cases import disagreements, load

SHOWN = 5


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.minidjango.recorded")
    parser.add_argument("file", type=Path, help="cases, as JSON, compressed or not")
    parser.add_argument("--root", default="minidjango", help="the framework (minidjango)")
    parser.add_argument("--only", default="", metavar="ID|basic", help="one case; the plain ones")
    asked = parser.parse_args(words)
    cases = [case for case in load(asked.file) if is_asked_for(case, asked.only)]
    wrong = disagreements(cases, asked.root)
    for lines in wrong[:SHOWN]:
        print(lines[0] + (f" ({len(lines) - 1} more)" if len(lines) > 1 else ""))
    print(f"{len(cases) - len(wrong)} / {len(cases)} agree")
    return 1 if wrong or not cases else 0


def is_asked_for(case: Json, only: str) -> bool:
    """Whether a case has this id or, for `basic`, changes one thing in an otherwise plain stack."""
    return not only or case["id"] == only or (only == "basic" and case.get("basic", False))


if __name__ == "__main__":
    sys.exit(main())
