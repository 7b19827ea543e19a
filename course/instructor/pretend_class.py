"""A class out of the bank, graded by nbgrader's own commands from release to export."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from autograder.grading.feedback import PREPROCESSORS, TEMPLATES
from course.compiler import solved, with_answers
from course.instructor.marks import Answered, HandedIn
from course.proof import classroom
from course.proof.bank import Student, pretend_students, rows
from course.source.parts import Lesson

UNTOUCHED = "untouched"
"""The name of the student who hands in the notebook as it was handed out."""

FEEDBACK = [
    *(f"--GenerateFeedback.preprocessors={name}" for name in PREPROCESSORS),
    *(f"--HTMLExporter.extra_template_basedirs={folder}" for folder in TEMPLATES),
]
"""What `nbgrader_config.py` says of feedback, for a class that has none: without what it says of
scripts, for a pretend student writes none."""

EXPORTED = "grades.csv"
"""The name that nbgrader gives to what it exports."""


def grade(course: Path, lesson: Lesson, console: Console) -> list[HandedIn]:
    """Release a lesson to a class in `course`, let all hand it in, grade it, write the feedback.

    Says on `console` how far it is. Raises CourseError where nbgrader fails.
    """
    students = [*pretend_students(lesson), _untouched(lesson)]
    with _step(console, f"{lesson.name}: nbgrader generate_assignment", 1, int):
        released = classroom.release(course, lesson.name, solved(lesson))
    for student in students:
        answers = {} if student.name == UNTOUCHED else student.answers
        classroom.hand_in(course, student.name, lesson.name, with_answers(released, answers))
    for command, folder in (("autograde", "autograded"), ("generate_feedback", "feedback")):
        options = FEEDBACK if command == "generate_feedback" else ()
        words = f"{lesson.name}: nbgrader {command}, {len(students)} students"
        done = _counter(course / folder, f"*/{lesson.name}/{lesson.name}.*")
        with _step(console, words, len(students), done) as tick:
            classroom.nbgrader(course, command, lesson.name, *options, tick=tick)
    graded = classroom.graded(course, lesson.name)
    return [
        _handed_in(course, lesson, student, graded.get(student.name, {})) for student in students
    ]


def export(course: Path, console: Console) -> Path:
    """Let nbgrader export the marks of the class; return the CSV file."""
    with _step(console, "nbgrader export", 1, int):
        classroom.nbgrader(course, "export", "--to", EXPORTED)
    return course / EXPORTED


def _untouched(lesson: Lesson) -> Student:
    return Student(UNTOUCHED, tuple(row for row in rows(lesson) if row.label == "stub"))


def _handed_in(
    course: Path, lesson: Lesson, student: Student, graded: dict[str, classroom.Graded]
) -> HandedIn:
    answered = tuple(
        Answered(row, {name: graded[name] for name, _ in row.checks if name in graded})
        for row in student.rows
    )
    page = classroom.feedback_page(course, student.name, lesson.name)
    return HandedIn(student.name, lesson, answered, page)


def _counter(folder: Path, pattern: str) -> Callable[[], int]:
    return lambda: sum(1 for _ in folder.glob(pattern))


@contextlib.contextmanager
def _step(
    console: Console, words: str, total: int, done: Callable[[], int]
) -> Iterator[Callable[[], None]]:
    """A bar while something is done, where there is a terminal; a line once it is."""
    began = time.monotonic()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
    )
    disable = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=disable) as progress:
        task = progress.add_task(words, total=total)
        yield lambda: progress.update(task, completed=done())
    console.print(f"{words}, {time.monotonic() - began:.1f} s")
