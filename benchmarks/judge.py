"""What a verdict costs: the judge beside nbgrader, on the same notebooks of one lesson.

    python -m benchmarks.judge [--quick] [--json FILE]

All figures are CPU time of whole processes with everything that they start. One submission costs
what the last of many adds; what can be compared between machines is the ratios.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
LESSON = "06_short_circuiting"
SOLVED = ROOT / "solutions" / LESSON / f"{LESSON}.ipynb"
TARGET = 1 / 40


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write the figures to a file if one is named; return 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judge", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--quick", action="store_true", help="a few of each, a minute in all")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures there too")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    if arguments.child:
        CHILDREN[arguments.child[0]](int(arguments.child[1]))
        return 0
    found = measured(*((5, 30) if arguments.quick else (10, 60)))
    _show(found)
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


def measured(few: int, many: int) -> dict[str, Any]:
    """Return the figures in milliseconds, and the two ratios."""
    judge = _marginal(lambda count: _cpu_of("judged", count), few, many)
    autograde = _marginal(_autograded, 1, 1 + max(2, many // 15))
    cells = _printed("cells", 3)
    validate = _printed("validated", 3)
    return {
        "milliseconds": {
            "one submission, judged in a sandbox": 1e3 * judge,
            "one submission, nbgrader autograde": 1e3 * autograde,
            "one check cell in a notebook, median": 1e3 * median(cells),
            "one notebook, nbgrader's Validate": 1e3 * median(validate),
        },
        "ratios": {
            "judge / autograde": judge / autograde,
            "check cell / Validate": median(cells) / median(validate),
        },
        "at most": TARGET,
    }


def judged(count: int) -> None:
    """Judge that many submissions of a class, each in a host of its own."""
    from autograder.judge import judge
    from autograder.judge_command import hosts

    notebooks = [json.loads(text) for text in _class(count)]
    master = json.loads(SOLVED.read_text(encoding="utf-8"))
    with hosts() as host:
        for notebook in notebooks:
            judge(notebook, master, host=host)


def cells(rounds: int) -> None:
    """Run the solved notebook's cells in a shell as a kernel has; print what each check cost."""
    from IPython.core.interactiveshell import InteractiveShell

    from autograder.judge import code_cells, read_notebook

    shell = InteractiveShell.instance()
    spent = []
    for _ in range(rounds + 1):
        for cell in code_cells(read_notebook(SOLVED)):
            before = time.process_time()
            shell.run_cell(cell.source, silent=True)
            if cell.is_check:
                spent.append(time.process_time() - before)
    checks = len(spent) // (rounds + 1)
    print(json.dumps(spent[checks:]), file=sys.__stdout__)


def validated(rounds: int) -> None:
    """Let nbgrader validate the solved notebook; print what each time cost."""
    from nbgrader.validator import Validator

    spent = []
    for _ in range(rounds):
        before = _cpu()
        Validator().validate(str(SOLVED))
        spent.append(_cpu() - before)
    print(json.dumps(spent), file=sys.__stdout__)


CHILDREN: dict[str, Callable[[int], None]] = {
    "judged": judged,
    "cells": cells,
    "validated": validated,
}


def _class(count: int) -> list[str]:
    """That many notebooks of the lesson's bank, as they were handed in."""
    import nbformat

    from course.compiler import released, solved, with_answers
    from course.lesson import read
    from course.proof.bank import pretend_students

    lesson = read(ROOT / "course" / "lessons" / f"{LESSON}.py")
    handed_out = released(solved(lesson))
    made = [
        nbformat.writes(with_answers(handed_out, student.answers))
        for student in pretend_students(lesson)[:10]
    ]
    return list(islice(cycle(made), count))


def _autograded(count: int) -> float:
    """The CPU time of stock `nbgrader autograde` on that many submissions, in seconds."""
    import nbformat

    from course.compiler import solved
    from course.lesson import read
    from course.proof import classroom

    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder).resolve()
        lesson = read(ROOT / "course" / "lessons" / f"{LESSON}.py")
        classroom.release(course, LESSON, solved(lesson))
        for number, text in enumerate(_class(count)):
            classroom.hand_in(course, f"s{number}", LESSON, nbformat.reads(text, as_version=4))
        before = _cpu()
        classroom.nbgrader(course, "autograde", LESSON)
        return _cpu() - before


def _marginal(cost: Callable[[int], float], few: int, many: int) -> float:
    return (cost(many) - cost(few)) / (many - few)


def _cpu() -> float:
    """The CPU time of this process and of all that it started and waited for, in seconds."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _cpu_of(child: str, count: int) -> float:
    before = _cpu()
    _run(child, count)
    return _cpu() - before


def _printed(child: str, count: int) -> list[float]:
    found: list[float] = json.loads(_run(child, count))
    return found


def _run(child: str, count: int) -> str:
    command = [sys.executable, "-m", "benchmarks.judge", "--child", child, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def _show(found: dict[str, Any]) -> None:
    console = Console()
    table = Table("CPU time", "ms", title=f"lesson {LESSON}")
    for words, milliseconds in found["milliseconds"].items():
        table.add_row(words, f"{milliseconds:.1f}")
    console.print(table)
    for words, ratio in found["ratios"].items():
        met = "met   " if ratio <= found["at most"] else "missed"
        console.print(f"{met} {words}: 1/{1 / ratio:.0f}, at most 1/{1 / found['at most']:.0f}")


if __name__ == "__main__":
    raise SystemExit(main())
