"""`course test`: everything that must hold before a change is shared, in one run."""

import argparse
import os
import shlex
import subprocess
import sys
import time

from course.door.environment import ROOT

# What is checked, in this order, and what a reader types to run one alone. pytest is last: its
# summary is what one wants to see at the end.
STEPS = [
    ("ruff", "format", "--check"),
    ("ruff", "check"),
    ("mypy",),
    ("course", "build", "--check"),
    ("course", "verify"),
    ("pytest",),
]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `test` understands."""
    parser.add_argument(
        "pytest", nargs="*", metavar="-- ARGUMENT", help="what follows -- is handed to pytest"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run every step, whatever becomes of the others; return 0 if all is well, else 1."""
    failed = []
    for number, step in enumerate(STEPS, start=1):
        words = [*step, *arguments.pytest] if step == ("pytest",) else [*step]
        heading = f"[{number}/{len(STEPS)}] {' '.join(words)}"
        tell(f"\n{heading}")
        began = time.monotonic()
        if not passes(words):
            failed.append(words)
        if words[0] != "pytest":
            verdict = "failed" if words in failed else "passed"
            tell(f"{heading}: {verdict} in {time.monotonic() - began:.1f} s")
    if failed:
        tell("\nNot everything passed. To run one alone:")
        for words in failed:
            tell(f"  {shlex.join(alone(words))}")
    return 1 if failed else 0


def tell(line: str) -> None:
    """Write a line between the steps' own output."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def passes(words: list[str]) -> bool:
    """Run a step in this Python, its output shown as it comes."""
    module = "course.cli" if words[0] == "course" else words[0]
    command = [sys.executable, "-m", module, *words[1:]]
    return subprocess.run(command, cwd=ROOT).returncode == 0


def alone(words: list[str]) -> list[str]:
    """Return what to type, from the root of the repository, to run a step alone."""
    if words[0] == "course":
        return ["python3", "-m", *words]
    return [os.path.relpath(sys.executable, ROOT), "-m", *words]
