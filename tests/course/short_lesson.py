"""Lesson 06 without what takes nbgrader and a browser long: its exercises, and nothing to read."""

from __future__ import annotations

import functools

from nbformat import NotebookNode as Notebook

from course.compiler import solved
from course.lesson import read
from course.proof.bank import pretend_students
from course.shelves import Shelves
from course.source import ids
from course.source.parts import Lesson

NAME = "06_short_circuiting"


@functools.cache
def lesson() -> Lesson:
    """The whole lesson."""
    return read(Shelves.of_the_course().lessons / f"{NAME}.py")


def master() -> Notebook:
    """The solved notebook, of its title, its exercises and their checks."""
    checks = (check for exercise in lesson().exercises for check in exercise.checks)
    wanted = {ids.TITLE, *(ids.answer(exercise.slug) for exercise in lesson().exercises)}
    wanted |= {ids.check(check.slug, check.name) for check in checks}
    notebook = solved(lesson())
    notebook.cells = [cell for cell in notebook.cells if cell.id in wanted]
    return notebook


def answers(student: str) -> dict[str, str]:
    """What a pretend student writes into its cells, by slug."""
    slugs = {exercise.slug for exercise in lesson().exercises}
    (rows,) = (one.rows for one in pretend_students(lesson()) if one.name == student)
    return {row.slug: row.source for row in rows if row.slug in slugs}
