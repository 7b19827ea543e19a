"""`verify`: prove that every lesson's bank gets the verdicts that it promises."""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table

from autograder.host.framework import framework
from course import shelves
from course.lesson import Lesson
from course.proof import examples
from course.proof.bank import Row, rows
from course.proof.columns import ROOTS, Column, Said, columns
from course.source.problems import Problem

WIDTH = 500
"""How wide the table may become where there is no terminal to fit into, in characters."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `verify` takes on the command line."""
    shelves.add_arguments(parser)
    parser.add_argument(
        "--table",
        action="store_true",
        help="ask stock `nbgrader autograde` too, and print what everyone said of every answer",
    )


def run(arguments: argparse.Namespace) -> int:
    """Judge every answer of the lessons' banks in every way; 0 when each promise was kept."""
    _, lessons, broken = shelves.asked(arguments)
    for lesson in lessons:
        proof = prove(lesson, columns(nbgrader=arguments.table))
        if arguments.table:
            _show(proof)
        broken += proof.problems
        broken += [problem for root in ROOTS for problem in examples.broken(lesson, root)]
    console = _console(error=bool(broken))
    for problem in broken:
        console.print(str(problem))
    if not broken:
        console.print(f"{len(lessons)} lesson{'' if len(lessons) == 1 else 's'} verified.")
    return 1 if broken else 0


@dataclass(frozen=True, slots=True)
class Proof:
    """What everyone said of every answer of one lesson: `said[column][row]`."""

    lesson: Lesson
    rows: list[Row]
    columns: list[Column]
    said: list[list[Said]]

    @property
    def problems(self) -> list[Problem]:
        """A sentence for each answer of which somebody said something else than was promised."""
        found = []
        for column, answers in zip(self.columns, self.said, strict=True):
            for row, said in zip(self.rows, answers, strict=True):
                wrong = _broken(row, column, said)
                if wrong:
                    found.append(Problem(row.path, row.at, wrong))
        return found


def prove(lesson: Lesson, ways: list[Column]) -> Proof:
    """Let each way judge all answers of a lesson; says on stderr how far it is."""
    console = _console(error=True)
    bank = rows(lesson)
    said = []
    for way in ways:
        began = time.monotonic()
        done = f"{lesson.name}: {len(bank)} answers by the {way.title}".replace("\n", " ")
        with console.status(f"{done} ..."):  # a spinner, where there is a terminal
            said.append(way.judge(lesson, bank))
        console.print(f"{done}, {time.monotonic() - began:.1f} s")
    return Proof(lesson, bank, ways, said)


def _broken(row: Row, column: Column, said: Said) -> str:
    """What is wrong with what was said, with the mend; empty where all is as promised."""
    who = f"{row.slug}, {row.label}: by the {column.executor} on {framework(column.root).label}"
    promised = row.misconception or str(row.outcome)
    if said.outcome is not row.outcome or said.misconception != row.misconception:
        mend = said.message or "change the answer, the check, or what the answer is said to be"
        return f"{who} this is `{said}` and not `{promised}`; {mend}"
    points = sum(points for _, points in row.checks)
    due = points if row.outcome.value == "passed" else 0
    if said.marks != due:
        mend = "look at the points of its checks"
        return f"{who} this gets {said.marks:g} points and not {due:g}; {mend}"
    if said.framework != framework(column.root).label or said.executor != column.executor:
        return f"{who} something else ran: {said.executor} on {said.framework}"
    return ""


def _show(proof: Proof) -> None:
    """The table: an answer a row, a way of judging a column."""
    title = f"{proof.lesson.name}: every answer, judged in every way, with its marks"
    table = Table(title=title, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("answer", no_wrap=True)
    table.add_column("promised", overflow="fold")
    for column in proof.columns:
        table.add_column(column.title, overflow="fold")
    for index, row in enumerate(proof.rows):
        cells = [_cell(row, answers[index]) for answers in proof.said]
        promised = row.misconception or str(row.outcome)
        table.add_row(f"{row.slug}, {row.label}", promised, *cells)
    console = _console()
    console.print(table)
    ran = {f"{said.executor} on {said.framework}" for answers in proof.said for said in answers}
    console.print(f"What really ran: {'; '.join(sorted(ran))}.")


def _cell(row: Row, said: Said) -> str:
    points = sum(points for _, points in row.checks)
    return f"{said} {said.marks:g}/{points:g}"


def _console(error: bool = False) -> Console:
    console = Console(stderr=error, markup=False, highlight=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = WIDTH
    return console
