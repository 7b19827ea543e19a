"""Collect what students handed in: put it where nbgrader looks for it.

An ARCHIVE is what `course submit` wrote, a download of all submissions from Canvas or Moodle, any
other zip file, a folder, or a notebook. A table shows whose each notebook is and how that is known;
what is in doubt is left alone, with a sentence that says why.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich import box
from rich.console import Console
from rich.prompt import Confirm
from rich.table import Table

from autograder.grading.arguments import add_course, add_gradebook
from autograder.grading.collect import lessons, people, placing
from autograder.grading.collect.deciding import SURE, Decision, Fate, beside, decide
from autograder.grading.collect.unpacking import Unpacking
from autograder.grading.collect.whose import People
from autograder.grading.course import Course, read_course
from autograder.picture.words import visible

LONGEST = 300
"""How many characters of a name or a reason are shown."""

WIDTH = 250
"""Columns where there is no terminal: for a program, or a file, that reads the table."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `collect` takes on the command line."""
    parser.add_argument(
        "archives", metavar="ARCHIVE", nargs="+", type=Path, help="a zip file, a folder, a notebook"
    )
    parser.add_argument(
        "--assignment", metavar="NAME", required=True, help="such as 06_short_circuiting"
    )
    add_course(parser)
    add_gradebook(parser)
    parser.add_argument(
        "--yes", action="store_true", help="collect what is sure without asking; needed in a script"
    )
    parser.add_argument(
        "--newer",
        action="store_true",
        help="where nothing says when it was handed in, it replaces what was collected before",
    )
    parser.add_argument(
        "--new",
        action="store_true",
        help="believe manifests about students who are not in the gradebook",
    )


def run(arguments: argparse.Namespace) -> int:
    """Show what was found, and collect what is sure.

    Returns 0 if all of it is in place, 1 if something was left alone or nothing was to be written.
    """
    course = read_course(arguments.course, arguments.db)
    assignment = lessons.assignment(course, arguments.assignment)
    everybody = People(people.gradebook(course.db_url), strangers=arguments.new)
    console = _console()
    with tempfile.TemporaryDirectory(prefix="collect-") as scratch:
        unpacking = Unpacking(Path(scratch))
        found = [one for path in arguments.archives for one in unpacking.unpack(path)]
        now = datetime.now(UTC)
        decided = [
            beside(one, _folder(course, one.student, arguments.assignment), arguments.newer)
            for one in decide(found, everybody, arguments.assignment, assignment, now)
        ]
        decided.sort(key=lambda one: (one.fate is Fate.DOUBT, one.student, one.handed_in.way))
        if matched := [one for one in decided if one.student]:
            console.print(_table(matched))
        for one in decided:
            if one.fate is Fate.DOUBT:
                console.print(visible(f"{one.handed_in.where}: {one.why}", LONGEST))
        sure = [one for one in decided if one.fate in SURE]
        wanted = bool(sure) and (arguments.yes or _agreed(console, len(sure)))
        if wanted:
            _place(sure, course, arguments.assignment)
    doubtful = sum(one.fate is Fate.DOUBT for one in decided)
    for sentence in _conclusion(decided, unpacking.others, wanted):
        console.print(sentence)
    return 0 if decided and not doubtful and wanted == bool(sure) else 1


def _folder(course: Course, student: str, assignment: str) -> Path:
    return course.folder("submitted", student, assignment)


def _place(sure: Sequence[Decision], course: Course, assignment: str) -> None:
    """Put them in place, student by student: a student may have handed in several notebooks."""
    by_student: dict[str, list[Decision]] = defaultdict(list)
    for one in sure:
        by_student[one.student].append(one)
    for student, decisions in by_student.items():
        placing.place(decisions, _folder(course, student, assignment))


def _agreed(console: Console, count: int) -> bool:
    """Whether whoever sits at the terminal wants it; nobody does where there is none."""
    if not (sys.stdin.isatty() and console.is_terminal):
        return False
    return Confirm.ask(f"Collect {_files(count)}?", console=console, default=False)


def _console() -> Console:
    console = Console(markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = WIDTH
    return console


def _table(matched: Sequence[Decision]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for heading in ("student", "known by", "file", "handed in", ""):
        table.add_column(heading, overflow="fold")
    for one in matched:
        when = f"{one.when:%Y-%m-%d %H:%M:%S} UTC" if one.when else "not said"
        late = f"{when} (late, says {one.late})" if one.late else when
        words = (one.student, one.rule, one.handed_in.where, late, str(one.fate))
        table.add_row(*(visible(word, LONGEST) for word in words))
    return table


def _conclusion(decided: Sequence[Decision], others: int, wanted: bool) -> list[str]:
    """What came of it, in sentences."""
    counts = {fate: sum(one.fate is fate for one in decided) for fate in Fate}
    sure = sum(counts[fate] for fate in SURE)
    said = []
    if not decided:
        said.append("No notebook was found.")
    if sure:
        unwritten = f"Nothing is written yet; --yes collects {_files(sure)}."
        said.append(f"{_files(sure)} collected." if wanted else unwritten)
    if counts[Fate.THERE]:
        said.append(f"{_files(counts[Fate.THERE])} there already.")
    if counts[Fate.DOUBT]:
        said.append(f"{_files(counts[Fate.DOUBT])} left alone, as said above.")
    if others:
        said.append(f"{_files(others)} not looked at: no notebooks.")
    return said


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"
