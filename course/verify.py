"""`verify`: prove that lessons keep what they promise, or say which do not, and how to mend it."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from autograder import misconceptions
from course import shelves
from course.demo import drawn
from course.errors import CourseError
from course.lesson import Lesson
from course.proof import enough, questions, seeds, table
from course.proof.columns import APART, LOCAL, NBGRADER, columns
from course.proof.curriculum import prove
from course.proof.mutants import proving, report, survivors
from course.proof.promises import Proof
from course.proof.side_by_side import workers
from course.shelves import Shelves
from course.source import todo
from course.source.problems import Problem
from course.terminal import console


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `verify` takes on the command line."""
    shelves.add_arguments(parser)
    more = parser.add_mutually_exclusive_group()
    more.add_argument(
        "--table",
        action="store_true",
        help="ask stock `nbgrader autograde` too, and print what everyone said of every answer",
    )
    more.add_argument(
        "--mutants",
        action="store_true",
        help="change each solution in every way that is known, instead, and list what the checks "
        "let through",
    )
    parser.add_argument(
        "--seeds",
        type=int,
        default=0,
        metavar="N",
        help="judge every answer N times more, with other fresh values each time: its mark must "
        "not hang on them (100 take some minutes)",
    )
    parser.add_argument(
        "--seed",
        type=int,
        metavar="N",
        help="the first of these seeds; without it, one is drawn. With --mutants: judge those of "
        "one lesson, which this seed draws",
    )


def run(arguments: argparse.Namespace) -> int:
    """Prove the lessons; return 0 when all holds, else 1, with a line for each thing that does not.

    Of a lesson in which something is marked as still to be done, that is told, and nothing else.
    Raises CourseError where nbgrader fails, or the options do not go together.
    """
    if arguments.mutants and arguments.seeds:
        raise CourseError("--mutants judges each mutant once: leave --seeds out.")
    if arguments.seeds < 0:
        raise CourseError("--seeds says how many: a number from 0 on, such as 100.")
    place, lessons, problems = shelves.asked(arguments)
    if not (arguments.lesson or arguments.lessons or problems):
        problems += unused(lessons)
    problems += [*shelves.strays(place), *questions.problems(lessons)]
    unfinished = {lesson.name: todo.left(lesson.path) for lesson in lessons}
    problems += [problem for left in unfinished.values() for problem in left]
    ready = [lesson for lesson in lessons if not unfinished[lesson.name]]
    if arguments.mutants:
        if arguments.seed is not None and ready:
            ready = [drawn(ready, arguments.seed)]
            console().print(f"Drawn: {ready[0].name}.")
        whole = not arguments.lesson and arguments.seed is None
        return _judge_mutants(place, ready, problems, whole)
    executors = (LOCAL, NBGRADER) if arguments.table else (LOCAL,)
    proofs: Sequence[Proof] = []
    many = seeds.drawn(arguments.seeds, arguments.seed)
    if ready:
        with workers(console(error=True)) as hands:
            proofs, wrong = prove(place, ready, executors, hands)
            problems += [*wrong, *seeds.prove(proofs, many, hands)]
    for proof in proofs:
        if arguments.table:
            table.show(proof, columns(APART, *executors), console())
        problems += proof.problems
    answers = sum(len(proof.said) for proof in proofs)
    said = f"{answers} answers, and everyone says of each what is promised"
    if many:
        said += f", with the {seeds.told(many)} too"
    return _conclude(problems, f"{_count(ready)} verified: {said}.")


def _judge_mutants(
    place: Shelves, lessons: Sequence[Lesson], problems: list[Problem], whole: bool
) -> int:
    """Judge the mutants of these lessons, of which `whole` says that they are all; as `run`."""
    began = time.monotonic()
    path = survivors.path_of(place)
    entries, wrong = survivors.read(path)
    problems += wrong
    if lessons:
        with workers(console(error=True)) as hands:
            tallies = proving.prove(lessons, hands)
        report.show(tallies, time.monotonic() - began, console())
        problems += report.problems(tallies, path, entries, whole)
    return _conclude(problems, "Each mutant that is let through has its reason.")


def unused(lessons: Sequence[Lesson]) -> list[Problem]:
    """A sentence for each mistake that the course knows and no answer of these lessons makes."""
    path = Path(misconceptions.__file__)
    mend = "write a wrong answer that makes this mistake, or take the name out of the registry"
    return [
        Problem(path, None, f"no answer of any lesson is `{name}`; {mend}")
        for name in sorted(set(misconceptions.REGISTRY) - enough.used(lessons))
    ]


def _count(lessons: Sequence[Lesson]) -> str:
    return f"{len(lessons)} lesson{'' if len(lessons) == 1 else 's'}"


def _conclude(problems: list[Problem], well: str) -> int:
    """Say what is wrong, or that all is well; return the exit status."""
    say = console(error=bool(problems)).print
    for line in dict.fromkeys(str(problem) for problem in problems):
        say(line)
    if not problems:
        say(well)
    return 1 if problems else 0
