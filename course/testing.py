"""`course test`: everything that must hold before a change is shared, in one run."""

import argparse
import os
import random
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from course import cli
from course.door.environment import ROOT

Step = tuple[str, ...]

VERIFY = ("course", "verify")
MUTANTS = ("course", "verify", "--mutants")
DEMO = ("course", "demo")
SEEDS = "2"
"""With how many seeds every answer is judged here; `course verify --seeds 100` takes minutes."""
PYTEST = ("pytest", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
"""All processors work (pytest-xdist), each at a file of tests, which share what is slow to make."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `test` understands."""
    parser.add_argument(
        "--all",
        action="store_true",
        help="let stock nbgrader grade a pretend class in every lesson, and judge the mutants of "
        "every lesson, not only of one drawn",
    )
    parser.add_argument(
        "pytest", nargs="*", metavar="-- ARGUMENT", help="what follows -- is handed to pytest"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run every step, whatever becomes of the others; return 0 if all is well, else 1."""
    # Other values and another lesson each time. The seed stands in the heading of a step, to have
    # the same again.
    seed = ("--seed", str(random.randrange(10_000)))
    drawn = () if arguments.all else seed
    fresh = ("--seeds", SEEDS, *seed)
    todo = steps(verify=fresh, mutants=drawn, demo=drawn, pytest=arguments.pytest)
    failed = []
    behind: dict[Step, Callable[[], bool]] = {}
    for number, words in enumerate(todo, start=1):
        heading = f"[{number}/{len(todo)}] {' '.join(words)}"
        tell(f"\n{heading}")
        began = time.monotonic()
        if words[:2] == VERIFY and not behind:
            behind |= {other: begin(other) for other in todo if other[:2] == DEMO}
        if not (behind[words]() if words in behind else passes(words)):
            failed.append(words)
        if words[0] != "pytest":
            verdict = "failed" if words in failed else "passed"
            tell(f"{heading}: {verdict} in {time.monotonic() - began:.1f} s")
    if failed:
        tell("\nNot everything passed. To run one alone:")
        for words in failed:
            tell(f"  {shlex.join(alone(words))}")
    return 1 if failed else 0


def steps(
    verify: Sequence[str] = (),
    mutants: Sequence[str] = (),
    demo: Sequence[str] = (),
    pytest: Sequence[str] = (),
) -> list[Step]:
    """What is checked, in this order, and what a reader types to run one alone.

    What is handed over are further arguments for those steps. In the edition for students only
    pytest is left: the others are for those who change the course. It is last everywhere, because
    its summary is what one wants to see at the end.
    """
    if "build" not in cli.offered():
        return [(*PYTEST, *pytest)]
    return [
        ("ruff", "format", "--check"),
        ("ruff", "check"),
        ("mypy",),
        (*VERIFY, *verify),
        (*MUTANTS, *mutants),
        (*DEMO, *demo),
        (*PYTEST, *pytest),
    ]


def begin(words: Sequence[str]) -> Callable[[], bool]:
    """Run a step behind another; what is returned waits for it, shows what it said, and judges it.

    nbgrader uses one processor: meanwhile the others have something to do.
    """
    running = subprocess.Popen(
        command(words), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )

    def wait() -> bool:
        sys.stdout.write(running.communicate()[0])
        return running.returncode == 0

    return wait


def tell(line: str) -> None:
    """Write a line between the steps' own output."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def passes(words: Sequence[str]) -> bool:
    """Run a step in this Python, its output shown as it comes."""
    return subprocess.run(command(words), cwd=ROOT).returncode == 0


def command(words: Sequence[str]) -> list[str]:
    """What starts a step in this Python."""
    module = "course.cli" if words[0] == "course" else words[0]
    return [sys.executable, "-m", module, *words[1:]]


def alone(words: Step) -> list[str]:
    """Return what to type, from the root of the repository, to run a step alone."""
    if words[0] == "course":
        return ["python3", "-m", *words]
    return [os.path.relpath(sys.executable, ROOT), "-m", *words]
