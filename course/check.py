"""`check`: judge a student's notebooks in the terminal, with the checks that were handed out."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from autograder import card
from autograder.verdict import Verdict
from course.student import advice, notebook_file, soundness
from course.student.desk import Desk
from course.student.judging import judged, judged_file, to_mend


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `check` takes on the command line."""
    parser.add_argument(
        "lesson",
        nargs="*",
        metavar="LESSON",
        help="a lesson's number, its name or the start of it, or a notebook "
        "(if none: the lesson that you saved last)",
    )
    parser.add_argument("--all", action="store_true", help="every lesson that you have begun")
    parser.add_argument(
        "--cards",
        action="store_true",
        help="the card of every check, not only of the first that needs you",
    )


def run(arguments: argparse.Namespace) -> int:
    """Judge the notebooks, say what came of each check, keep the verdicts for `lab`.

    Returns 0 when every check has passed, else 1. Raises CourseError where there is nothing to
    judge.
    """
    desk = Desk.of_the_course()
    console = terminal()
    found: list[Verdict] = []
    next_steps = []
    for path in chosen(desk, arguments.lesson, every=arguments.all):
        verdicts = shown(desk, path, console, cards=arguments.cards)
        found += verdicts.values()
        if is_own(desk, path):
            next_steps.append((to_mend(verdicts) is None, path.stem, to_mend(verdicts)))
    console.print(total(found))
    if next_steps:
        _, lesson, check = min(next_steps, key=lambda step: step[0])  # the first that is unfinished
        console.print(advice.after(desk, lesson, check))
    return 0 if all(verdict.passed for verdict in found) else 1


def terminal() -> Console:
    """Return where to write: the real standard output, whatever the judge puts in its place."""
    return Console(file=sys.stdout, markup=False, highlight=False, emoji=False, soft_wrap=True)


def chosen(desk: Desk, words: list[str], *, every: bool) -> list[Path]:
    """Return the notebooks that these words name; without words, the one that was saved last."""
    if words:
        paths = [named(desk, word) for word in words]
        return list(dict.fromkeys(paths))
    lessons = desk.begun() if every else [desk.latest()]
    return [desk.mine(lesson) for lesson in lessons if lesson] or [desk.mine(desk.copies()[0])]


def named(desk: Desk, word: str) -> Path:
    """Return the notebook that a word names: any notebook file, or a lesson of the student's."""
    path = Path(word).expanduser().resolve()
    if path.suffix == ".ipynb" and not is_own(desk, path):
        return path
    return desk.mine(desk.own(word))


def is_own(desk: Desk, path: Path) -> bool:
    """Tell whether a notebook is the student's own copy of a lesson."""
    return path.resolve() == desk.mine(path.stem).resolve() and path.stem in desk.lessons()


def shown(desk: Desk, path: Path, console: Console, *, cards: bool) -> dict[str, Verdict]:
    """Judge a notebook, showing each verdict as it comes and then the card to read; return them."""
    console.print(f"{path.stem}, as it was saved {saved(path)}\n")

    def tell(verdict: Verdict) -> None:
        text = card.text(verdict)
        console.print(text + "\n" if cards else text.partition("\n")[0])

    with console.status("running your answers and their checks"):
        verdicts = (
            judged(desk, path.stem, tell)
            if is_own(desk, path)
            else judged_file(path, desk.handed_out(path.stem), tell)
        )
    next_one = to_mend(verdicts)
    if not cards:
        console.print("\n" + card.text(verdicts[next_one]) + "\n" if next_one else "")
    if is_own(desk, path):
        released = notebook_file.read(desk.handed_out(path.stem))
        for sentence in soundness.faults(notebook_file.read(path), released):
            console.print(sentence + "\n")
    return verdicts


def saved(path: Path) -> str:
    """Say when a file was written; raise nothing where there is none, for its reader will."""
    try:
        moment = time.localtime(path.stat().st_mtime)
    except OSError:
        return "never"
    today = moment[:3] == time.localtime()[:3]
    return time.strftime("at %H:%M:%S" if today else "on %d %B at %H:%M", moment)


def total(verdicts: Iterable[Verdict]) -> str:
    """Return how many checks passed and how many points that makes."""
    found = list(verdicts)
    points, out_of = sum(v.points for v in found), sum(v.maximum for v in found)
    passed = sum(v.passed for v in found)
    return f"{passed} of {len(found)} checks passed, {points:g} of {out_of:g} points."
