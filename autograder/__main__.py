"""`python -m autograder`: the front door for whoever grades."""

from __future__ import annotations

import argparse
import importlib
import sys

try:
    from autograder.grading.errors import GradingError
    from autograder.judge import NotANotebook
    from autograder.zygote import NoZygote
except ModuleNotFoundError as missing:
    if (missing.name or "").startswith("autograder"):
        raise
    # This is not the Python that the course set up.
    raise SystemExit(
        f"{missing.name} is not installed for {sys.executable}: activate the course's environment "
        "first, with `source .venv/bin/activate` (Windows: .venv\\Scripts\\activate)"
    ) from None

COMMANDS = {
    "grade": ("autograder.grading.command", "grade what a class has handed in"),
    "judge": ("autograder.judge_command", "print the verdicts on one notebook"),
    "collect": ("autograder.grading.collect.command", "put what students handed in into place"),
    "export": ("autograder.grading.export.command", "write marks as a school's system reads them"),
    "report": ("autograder.grading.report.command", "write one page about a class"),
}
"""Each command, the module that carries it out, and what it is for.

Such a module has `add_arguments(parser)` and `run(arguments) -> int`, the exit status; it is
imported when it is asked for.
"""


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command; 0 when it did, 1 with one sentence on stderr when it could not."""
    words = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="python -m autograder", description=__doc__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, (module, purpose) in COMMANDS.items():
        command = commands.add_parser(name, help=purpose)
        if name in words[:1]:
            carried_out_by = importlib.import_module(module)
            command.description = carried_out_by.__doc__
            carried_out_by.add_arguments(command)
            command.set_defaults(run=carried_out_by.run)
    asked = parser.parse_args(words)
    try:
        status: int = asked.run(asked)
    except (GradingError, NotANotebook, NoZygote) as error:
        print(error, file=sys.stderr)  # noqa: T201  a sentence for whoever typed the command
        return 1
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
