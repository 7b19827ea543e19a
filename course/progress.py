"""`progress`: how far a student is, lesson by lesson."""

import argparse
import json
import sys
from dataclasses import dataclass

from course.student import advice, progress
from course.student.desk import Desk


@dataclass(frozen=True, slots=True)
class Row:
    """One lesson: how many of its checks have passed, what that is worth, and what comes next.

    `next` is the exercise or question to go on with, or "" when the lesson is finished.
    """

    lesson: str
    begun: bool
    passed: int
    checks: int
    points: float
    max: float
    next: str

    @property
    def state(self) -> str:
        """What there is to do, in a word."""
        if not self.next:
            return "finished"
        return self.next if self.begun or self.passed else ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `progress` takes on the command line."""
    parser.add_argument("--json", action="store_true", help="as JSON, for a program to read")


def run(arguments: argparse.Namespace) -> int:
    """Show how every lesson stands; return 0.

    Raises CourseError where nothing has been begun.
    """
    desk = Desk.of_the_course()
    begun = set(desk.begun())
    rows = [row(desk, lesson, begun=lesson in begun) for lesson in desk.lessons()]
    if arguments.json:
        sys.stdout.write(as_json(desk, rows) + "\n")
    else:
        show(rows)
        sys.stdout.write(f"\n{advice.begin(desk)}\n")
    return 0


def row(desk: Desk, lesson: str, *, begun: bool) -> Row:
    """Return how one lesson stands, by the cards in its notebook and the last `check`."""
    checks = progress.standing(desk.work, desk.handed_out(lesson))
    passed = [check for check in checks if check.passed]
    left = next((check.check for check in checks if not check.passed), None)
    exercise = advice.of(desk, lesson, left) if left else None
    return Row(
        lesson,
        begun,
        len(passed),
        len(checks),
        sum(check.points for check in passed),
        sum(check.maximum for check in checks),
        exercise.slug if exercise else left or "",
    )


def as_json(desk: Desk, rows: list[Row]) -> str:
    """Return `{"current": lesson or null, "lessons": [...]}`, a row for each lesson."""
    lessons = [{name: getattr(one, name) for name in Row.__slots__} for one in rows]
    return json.dumps({"current": advice.current(desk), "lessons": lessons}, indent=1)


def show(rows: list[Row]) -> None:
    """Show the rows as a table, with their sum."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_footer=len(rows) > 1, pad_edge=False)
    table.add_column("lesson", "together", overflow="fold")
    table.add_column(
        "checks passed", together([(r.passed, r.checks) for r in rows]), justify="right"
    )
    table.add_column("points", together([(r.points, r.max) for r in rows]), justify="right")
    table.add_column("next", overflow="fold")
    for one in rows:
        table.add_row(
            one.lesson,
            f"{one.passed} of {one.checks}",
            f"{one.points:g} of {one.max:g}",
            one.state,
            style="" if one.begun else "dim",
        )
    Console(file=sys.stdout, highlight=False, markup=False).print(table)


def together(counts: list[tuple[float, float]]) -> str:
    """Return the sum of what there is, of what there could be."""
    return f"{sum(had for had, _ in counts):g} of {sum(of for _, of in counts):g}"
