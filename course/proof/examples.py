"""The worked examples of a lesson, run as a reader runs them."""

from __future__ import annotations

import contextlib

from autograder.host.capture import Captured, captured
from autograder.host.cells import Cells
from autograder.host.framework import framework
from autograder.host.whereabouts import line_of
from autograder.hosts import LocalHost
from autograder.session import Session, using
from course.source.parts import Example, Exercise, Lesson
from course.source.problems import Problem


def broken(lesson: Lesson, root: str) -> list[Problem]:
    """The examples that raise although they should not, or the other way round, on a framework.

    Examples and solutions are run in the lesson's order, in one namespace, as in its notebook.
    """
    cells = Cells()
    solutions = {exercise.slug: exercise.solution for exercise in lesson.exercises}
    found = []
    with using(Session(LocalHost(root, cells.namespace), lambda verdict: None)):
        for part in lesson.cells:
            if isinstance(part, Exercise):
                _run(cells, root, solutions[part.slug])
            elif isinstance(part, Example):
                error = _run(cells, root, part.source)
                if wrong := _wrong(part, error):
                    on = framework(root).label
                    found.append(Problem(lesson.path, part.at, f"on {on}, {wrong}"))
    return found


def _run(cells: Cells, root: str, source: str) -> BaseException | None:
    with contextlib.redirect_stdout(Captured()), captured():
        return cells.run(framework(root).one_word(source))


def _wrong(example: Example, error: BaseException | None) -> str:
    if error is not None and not example.raises:
        where = f" at its {line}" if (line := line_of(error)) else ""
        raised = f"{type(error).__name__}: {error}"
        return f"this example raises {raised}{where}; mend it, or mark it with raises=true"
    if error is None and example.raises:
        return "this example is marked with raises=true and raises nothing; take the mark away"
    return ""
