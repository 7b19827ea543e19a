"""`verify`: prove that lessons keep what they promise, or say which do not, and how to mend it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from autograder import misconceptions
from course import shelves
from course.lesson import Lesson
from course.proof import enough, questions, table
from course.proof.columns import LOCAL, NBGRADER, PIPE, columns
from course.proof.curriculum import prove
from course.proof.promises import Proof
from course.proof.side_by_side import workers
from course.source import todo
from course.source.problems import Problem
from course.terminal import console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `verify` takes on the command line."""
    shelves.add_arguments(parser)
    parser.add_argument(
        "--table",
        action="store_true",
        help="ask stock `nbgrader autograde` too, and print what everyone said of every answer",
    )


def run(arguments: argparse.Namespace) -> int:
    """Prove the lessons; return 0 when all holds, else 1, with a line for each thing that does not.

    Of a lesson in which something is marked as still to be done, that is told, and nothing else.
    Raises CourseError where nbgrader fails.
    """
    place, lessons, problems = shelves.asked(arguments)
    if not (arguments.lesson or arguments.lessons or problems):
        problems += unused(lessons)
    problems += [*shelves.strays(place), *questions.problems(lessons)]
    unfinished = {lesson.name: todo.left(lesson.path) for lesson in lessons}
    problems += [problem for left in unfinished.values() for problem in left]
    ready = [lesson for lesson in lessons if not unfinished[lesson.name]]
    executors = (LOCAL, NBGRADER) if arguments.table else (LOCAL,)
    proofs: Sequence[Proof] = []
    if ready:
        with workers(console(error=True)) as hands:
            proofs, wrong = prove(place, ready, executors, hands)
            problems += wrong
    for proof in proofs:
        if arguments.table:
            table.show(proof, columns(PIPE, *executors), console())
        problems += proof.problems
    answers = sum(len(proof.said) for proof in proofs)
    return _conclude(problems, len(ready), answers)


def unused(lessons: Sequence[Lesson]) -> list[Problem]:
    """A sentence for each mistake that the course knows and no answer of these lessons makes."""
    path = Path(misconceptions.__file__)
    mend = "write a wrong answer that makes this mistake, or take the name out of the registry"
    return [
        Problem(path, None, f"no answer of any lesson is `{name}`; {mend}")
        for name in sorted(set(misconceptions.REGISTRY) - enough.used(lessons))
    ]


def _conclude(problems: list[Problem], lessons: int, answers: int) -> int:
    """Say what came of it; return the exit status."""
    say = console(error=bool(problems)).print
    for line in dict.fromkeys(str(problem) for problem in problems):
        say(line)
    if not problems:
        count = f"{lessons} lesson{'' if lessons == 1 else 's'} verified"
        say(f"{count}: {answers} answers, and everyone says of each what is promised.")
    return 1 if problems else 0
