"""`python -m autograder`: the front door for whoever grades."""

from __future__ import annotations

import argparse
import sys

from autograder import judge_command
from autograder.judge import NotANotebook
from autograder.zygote import NoZygote


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; 0 when it did, 1 with one sentence on stderr when it could not."""
    parser = argparse.ArgumentParser(prog="python -m autograder", description=__doc__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    judge = commands.add_parser(
        "judge",
        help="print the verdicts on one notebook",
        description=judge_command.__doc__,
    )
    judge_command.add_arguments(judge)
    judge.set_defaults(run=judge_command.run)
    asked = parser.parse_args(arguments)
    try:
        status: int = asked.run(asked)
    except (NotANotebook, NoZygote) as error:
        print(error, file=sys.stderr)  # noqa: T201  a sentence for whoever typed the command
        return 1
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
