"""`check`: judge a student's notebooks in the terminal, with the checks that were handed out."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from autograder import card
from autograder.hosts import PipeHost
from autograder.judge import NotANotebook, judge, read_notebook
from autograder.verdict import Verdict
from course import shelves
from course.errors import CourseError
from course.shelves import Shelves
from course.student import progress
from course.student.progress import Mark


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `check` takes on the command line."""
    parser.add_argument(
        "lesson",
        nargs="*",
        metavar="LESSON",
        help="a lesson's number or name, or a notebook; all that you have begun if none",
    )


def run(arguments: argparse.Namespace) -> int:
    """Judge the notebooks, show the cards, keep the verdicts for `lab`.

    Returns 0 when every check has passed, else 1. Raises CourseError where there is nothing to
    judge.
    """
    place = Shelves.of_the_course()
    work = place.notebooks.parent / "work"
    console = Console(markup=False, highlight=False, soft_wrap=True)
    verdicts: list[Verdict] = []
    for path in _chosen(work, arguments.lesson):
        console.print(f"{path.stem}\n")
        found = _judged(path, shelves.notebook(place.notebooks, path.stem))
        for grade_id, verdict in found.items():
            console.print(card.text(verdict) + "\n")
            if path.is_relative_to(work):
                progress.record(work, path.stem, grade_id, _mark(verdict))
        verdicts += found.values()
    points, out_of = sum(v.points for v in verdicts), sum(v.maximum for v in verdicts)
    passed = sum(v.passed for v in verdicts)
    console.print(f"{passed} of {len(verdicts)} checks passed, {points:g} of {out_of:g} points.")
    return 0 if passed == len(verdicts) else 1


def _chosen(work: Path, words: list[str]) -> list[Path]:
    """The notebooks that these words name, or all in `work/`."""
    begun = sorted(path for path in work.glob("*/*.ipynb") if path.stem == path.parent.name)
    if not words:
        if not begun:
            raise CourseError("There is nothing to check yet: start with python3 -m course lab")
        return begun
    return [_named(word, begun) for word in words]


def _named(word: str, begun: list[Path]) -> Path:
    for path in begun:
        if word in (path.stem, path.stem[:2], path.stem[:2].lstrip("0")):
            return path
    if Path(word).suffix == ".ipynb":
        return Path(word).resolve()
    there = ", ".join(path.stem for path in begun) or "none yet"
    raise CourseError(f"There is no lesson {word} in work: there is {there}")


def _judged(path: Path, master: Path) -> dict[str, Verdict]:
    try:
        notebook = read_notebook(path)
        checks = read_notebook(master) if master.exists() else notebook
    except NotANotebook as error:
        raise CourseError(str(error)) from None
    return judge(notebook, checks, host=PipeHost)


def _mark(verdict: Verdict) -> Mark:
    return {"verdict": str(verdict.outcome), "points": verdict.points, "max": verdict.maximum}
