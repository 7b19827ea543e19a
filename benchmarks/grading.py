"""What grading a class costs: `nbgrader autograde` beside `python -m autograder grade`.

    python -m benchmarks.grading [--quick] [--json FILE]

Both grade copies of one generated course, in turn, with nothing cached. All figures are those of
whole processes with everything that they start; what can be compared between machines is the
ratios. nbgrader's figures for the largest class are extrapolated, and say so.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import classes
from benchmarks.memory import peak
from course.errors import CourseError
from course.proof import classroom

LESSON = "06_short_circuiting"
TIMES_MANY, TIMES_MOST, MARGINAL, GROWTH = 20, 30, 1 / 40, 1.1


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many submissions the classes have; nbgrader grades `few` and `many`, the engine all.

    `memory` are two classes that the engine grades to see whether its memory grows.
    """

    few: int
    many: int
    most: int
    memory: tuple[int, int]


FULL, QUICK = Sizes(10, 100, 500, (200, 2_000)), Sizes(2, 10, 50, (20, 60))


@dataclass(frozen=True, slots=True)
class Cost:
    """What grading took, in seconds."""

    cpu: float
    wall: float


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write the figures to a file if one is named; return 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--quick", action="store_true", help="small classes, some minutes in all")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures there too")
    arguments = parser.parse_args(argv)
    found = measured(QUICK if arguments.quick else FULL)
    _show(found)
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


def measured(sizes: Sizes) -> dict[str, Any]:
    """Return the seconds and megabytes by size of class, and the ratios."""
    stock: dict[int, Cost] = {}
    ours: dict[int, Cost] = {}
    differ: set[Any] = set()
    for size in (sizes.few, sizes.many, sizes.most):
        with tempfile.TemporaryDirectory(prefix="class-") as folder:
            course = Path(folder).resolve() / "stock"
            classes.make(course, LESSON, size)
            copy = Path(shutil.copytree(course, course.with_name("ours")))
            if size != sizes.most:
                stock[size] = _nbgrader(course)
            ours[size] = _engine(copy)
            if size != sizes.most:
                honest = classes.honest(size)
                differ |= classes.marks(course, honest) ^ classes.marks(copy, honest)
    stock[sizes.most] = _extrapolated(stock, sizes)
    memory = {size: _memory(size) for size in sizes.memory}
    return {
        "seconds": {
            str(size): {"nbgrader": _row(stock[size]), "engine": _row(ours[size])} for size in ours
        },
        "extrapolated": f"nbgrader's figures at {sizes.most}, from {sizes.few} and {sizes.many}",
        "megabytes": {str(size): found for size, found in memory.items()},
        "marks that differ for honest work": len(differ),
        "targets": _targets(sizes, stock, ours, memory),
    }


def _nbgrader(course: Path) -> Cost:
    before, began = cpu(), time.monotonic()
    with contextlib.suppress(CourseError):  # some could not be graded, as some of the class must
        classroom.nbgrader(course, "autograde", LESSON)
    cost = Cost(cpu() - before, time.monotonic() - began)
    assert classes.hosts(course) == {"local"}, "stock nbgrader runs a notebook in its kernel"
    return cost


def _engine(course: Path) -> Cost:
    before, began = cpu(), time.monotonic()
    done = subprocess.run(command(course), capture_output=True, text=True)
    cost = Cost(cpu() - before, time.monotonic() - began)
    if done.returncode not in (0, 1):  # 1: as above
        raise SystemExit(done.stderr)
    assert classes.hosts(course) == {"sandbox"}, "the engine runs them in its sandbox"
    return cost


def command(course: Path) -> list[str]:
    """What is typed to have that course's class graded."""
    return [sys.executable, "-m", "autograder", "grade", LESSON, "--course", str(course)]


def _memory(size: int) -> float:
    with tempfile.TemporaryDirectory(prefix="class-") as folder:
        course = Path(folder).resolve()
        classes.make(course, LESSON, size)
        return peak(command(course))


def _extrapolated(stock: dict[int, Cost], sizes: Sizes) -> Cost:
    few, many = stock[sizes.few], stock[sizes.many]
    each = 1 / (sizes.many - sizes.few)
    more = sizes.most - sizes.many
    return Cost(
        many.cpu + more * (many.cpu - few.cpu) * each,
        many.wall + more * (many.wall - few.wall) * each,
    )


def _targets(
    sizes: Sizes, stock: dict[int, Cost], ours: dict[int, Cost], memory: dict[int, float]
) -> list[dict[str, Any]]:
    """Each target in words, the ratio that was found, and what it may be at most."""
    marginal = (ours[sizes.most].cpu - ours[sizes.many].cpu) / (sizes.most - sizes.many)
    stock_s = (stock[sizes.many].cpu - stock[sizes.few].cpu) / (sizes.many - sizes.few)
    small, large = sizes.memory
    rows = [
        (f"CPU at {sizes.many} / nbgrader's", "cpu", sizes.many, 1 / TIMES_MANY),
        (f"CPU at {sizes.most} / nbgrader's", "cpu", sizes.most, 1 / TIMES_MOST),
        (f"wall at {sizes.many} / nbgrader's", "wall", sizes.many, 1 / TIMES_MANY),
        (f"wall at {sizes.most} / nbgrader's", "wall", sizes.most, 1 / TIMES_MOST),
    ]
    found = [
        (words, getattr(ours[size], kind) / getattr(stock[size], kind), limit)
        for words, kind, size, limit in rows
    ]
    found.append(("one more submission / nbgrader's", marginal / stock_s, MARGINAL))
    found.append((f"memory at {large} / at {small}", memory[large] / memory[small], GROWTH))
    return [
        {"target": words, "found": ratio, "at most": limit, "met": ratio <= limit}
        for words, ratio, limit in found
    ]


def cpu() -> float:
    """The CPU time of all that this process started and waited for, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _row(cost: Cost) -> dict[str, float]:
    return {"cpu": cost.cpu, "wall": cost.wall}


def _show(found: dict[str, Any]) -> None:
    console = Console()
    table = Table("submissions", title=f"lesson {LESSON}", caption=found["extrapolated"])
    for heading in ("nbgrader CPU s", "wall s", "engine CPU s", "wall s"):
        table.add_column(heading, justify="right")
    for size, row in found["seconds"].items():
        cells = [row[who][what] for who in ("nbgrader", "engine") for what in ("cpu", "wall")]
        table.add_row(size, *(f"{cell:.1f}" for cell in cells))
    console.print(table)
    for size, megabytes in found["megabytes"].items():
        console.print(f"peak memory of the engine at {size}: {megabytes:.0f} MB")
    console.print(
        f"marks that differ for honest work: {found['marks that differ for honest work']}"
    )
    for target in found["targets"]:
        verdict = "[green]met[/]   " if target["met"] else "[red]missed[/]"
        limit = f"{target['found']:.4f}, at most {target['at most']:.4f}"
        console.print(f"{verdict} {target['target']}: {limit}", highlight=False)


if __name__ == "__main__":
    raise SystemExit(main())
