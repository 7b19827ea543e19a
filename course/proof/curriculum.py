"""A curriculum, proved: what is asked of its lessons, of whom, and in which order.

Everything is asked of hosts in processes of their own first. An answer that breaks its promise
there may be one that never ends, or that ends its process: nobody else is asked about it, for it
would take the process with it in which `verify` judges, or nbgrader's kernel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from autograder.host.framework import framework
from course.proof import built, enough, examples, forgery, stock, twins
from course.proof.bank import Row, Student, alone, pretend_students
from course.proof.columns import APART, ROOTS, Column, Said, columns, judged
from course.proof.forgers import forgers
from course.proof.promises import Proof, keeps
from course.proof.side_by_side import Job, Workers
from course.shelves import Shelves
from course.source.parts import Lesson
from course.source.problems import Problem


def prove(
    place: Shelves, lessons: Sequence[Lesson], executors: Iterable[str], workers: Workers
) -> tuple[list[Proof], list[Problem]]:
    """What everyone says of these lessons, and what is wrong with the notebooks that are built.

    `executors` are asked besides those hosts. Raises CourseError where nbgrader fails.
    """
    proofs = [Proof(lesson, found=_read(place, lesson)) for lesson in lessons]
    wrong = built.solutions(place, lessons)
    released = _released(place, lessons, wrong)
    workers.do([*released, *(job for proof in proofs for job in _first(proof))])
    workers.do([job for proof in proofs for job in _by_itself(proof)])
    others = columns(*executors)
    workers.do([job for proof in proofs for job in _others(proof, others)])
    return proofs, wrong


def _read(place: Shelves, lesson: Lesson) -> list[Problem]:
    """What can be seen by reading alone."""
    return [*enough.problems(lesson), *twins.problems(lesson), *built.leaks(place, lesson)]


def _released(place: Shelves, lessons: Sequence[Lesson], wrong: list[Problem]) -> list[Job]:
    """Let nbgrader itself release what is solved as it should be."""
    spoilt = {problem.path for problem in wrong}
    names = [lesson.name for lesson in lessons if built.solution(place, lesson) not in spoilt]

    def hear(released: dict[str, bytes]) -> None:
        wrong.extend(built.notebooks(place, released))

    title = "nbgrader generate_assignment"
    return [Job(title, stock.generate_assignment, (place.solutions, names), hear)] if names else []


def _first(proof: Proof) -> Iterator[Job]:
    lesson = proof.lesson
    students = pretend_students(lesson)
    for column in columns(APART):
        for student in students:
            yield _ask(proof, [student], column)
    stock_forgers = forgers()
    for forger in stock_forgers:
        title = f"{lesson.name}: {len(stock_forgers)} forgers"
        yield Job(title, forgery.problems, (lesson, forger), proof.found.extend)
    for root in ROOTS:
        title = f"{lesson.name}: its examples on {framework(root).label}"
        yield Job(title, examples.broken, (lesson, root), proof.found.extend)


def _by_itself(proof: Proof) -> Iterator[Job]:
    """Ask again about what broke its promise, among answers that are all right."""
    title = f"{proof.lesson.name}: {len(proof.broken)} answers again, each by itself"
    for row in proof.broken:

        def hear(kept: bool, row: Row = row) -> None:
            if kept:
                proof.alone.add(row)

        odd = [column for column, said in proof.said[row].items() if not keeps(row, said)]
        yield Job(title, _keeps_alone, (proof.lesson, row, odd), hear)


def _keeps_alone(lesson: Lesson, row: Row, odd: list[Column]) -> bool:
    student = alone(lesson, row)
    return all(keeps(row, judged(lesson, [student], column)[0][row]) for column in odd)


def _others(proof: Proof, others: list[Column]) -> Iterator[Job]:
    broken = set(proof.broken)
    if any(row.label == "solution" for row in broken):
        return  # which stands in for every answer that is left out
    for column in others:
        students = [
            replace(student, rows=tuple(row for row in student.rows if row not in broken))
            for student in pretend_students(proof.lesson)
        ]
        yield _ask(proof, students, column)


def _ask(proof: Proof, students: list[Student], column: Column) -> Job:
    def hear(heard: list[dict[Row, Said]]) -> None:
        for said in heard:
            proof.hear(column, said)

    title = f"{proof.lesson.name}: {len(proof.said)} answers by the {column.title}"
    return Job(title, judged, (proof.lesson, students, column), hear)
