"""The table of `verify --table`: an answer a row, and what everyone said of it."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.table import Table

from course.proof.bank import Row
from course.proof.columns import Column, Said
from course.proof.promises import Proof, keeps


def show(proof: Proof, ways: list[Column], console: Console) -> None:
    """Print every answer of a lesson, what is promised of it, and who says otherwise."""
    title = f"{proof.lesson.name}: every answer, judged in {len(ways)} ways"
    table = Table(title=title, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("answer", overflow="fold")
    table.add_column("promised", overflow="fold")
    table.add_column("marks", justify="right", no_wrap=True)
    table.add_column("said", overflow="fold")
    for row, said in proof.said.items():
        promised = row.misconception or str(row.outcome)
        table.add_row(
            f"{row.slug}, {row.label}", promised, _marks(row, said), _agreed(row, said, ways)
        )
    console.print(table)
    for name, executors in sorted(_ran(proof).items()):
        console.print(f"Judged on {name} by: {', '.join(sorted(executors))}.")
    console.print()


def _ran(proof: Proof) -> dict[str, set[str]]:
    """Who really judged, by framework."""
    found: dict[str, set[str]] = {}
    for said in proof.said.values():
        for one in said.values():
            found.setdefault(one.framework, set()).add(one.executor)
    return found


def _marks(row: Row, said: Mapping[Column, Said]) -> str:
    given = sorted({one.marks for one in said.values()})
    points = sum(points for _, points in row.checks)
    return f"{' or '.join(f'{marks:g}' for marks in given)}/{points:g}"


def _agreed(row: Row, said: Mapping[Column, Said], ways: list[Column]) -> str:
    """`all 6`, or who says what else, a line each, and who was not asked."""
    others = [f"{c.title}: {one}" for c, one in said.items() if not keeps(row, one)]
    if len(said) < len(ways):
        others.append(f"not asked: {len(ways) - len(said)} of {len(ways)}")
    return "\n".join(others) or f"all {len(ways)}"
