"""What must hold of the code in a lesson: stubs bind their names, checks use only what they may."""

from __future__ import annotations

import builtins

import autograder
from autograder import misconceptions
from autograder.names import defined_names, free_names, misused
from course.source import markers, python
from course.source.parts import Answer, Check, Exercise, Lesson
from course.source.problems import Problems

_API = set(autograder.__all__)


def check(lesson: Lesson, problems: Problems) -> None:
    """Add to `problems` what is wrong with the code of a lesson, all of which compiles."""
    for exercise in lesson.exercises:
        _check_stub(exercise, problems)
        for one in exercise.checks:
            _check_check(one, exercise, problems)
        for answer in (*exercise.rights, *exercise.wrongs):
            _check_answer(answer, exercise, problems)


def _check_stub(exercise: Exercise, problems: Problems) -> None:
    cleared = markers.clear(exercise.source)
    if exercise.stub == exercise.source:
        mend = (
            f"put `{markers.SOLUTION[0]}` and `{markers.SOLUTION[1]}` round what a student writes"
        )
        problems.add(exercise.at, f"the exercise `{exercise.slug}` has no solution region", mend)
        return
    if wrong := python.fault(exercise.stub):
        line = exercise.line + cleared[min(wrong[0], len(cleared)) - 1][0] - 1
        mend = "let the solution region replace whole statements"
        problems.add(line, f"without its solution this is not Python ({wrong[1]})", mend)
        return
    for n in python.raised_at_once(exercise.stub):
        line = exercise.line + cleared[n - 1][0] - 1
        mend = "put the solution region inside a function or a method"
        problems.add(line, "the stub would raise when its cell runs", mend)
        return
    defined = defined_names
    for name in sorted(defined(exercise.solution) - defined(exercise.stub)):
        mend = "define it outside the solution region, with the region inside it"
        problems.add(exercise.at, f"the stub does not define `{name}`, the solution does", mend)


def _check_check(check: Check, exercise: Exercise, problems: Problems) -> None:
    if wrong := python.fault(check.visible):
        mend = "let the hidden part hold whole statements"
        problems.add(
            check.line + wrong[0] - 1,
            f"without its hidden part this is not Python ({wrong[1]})",
            mend,
        )
        return
    if python.only_defines(check.visible):
        mend = "let a student see at least one thing that is asked"
        problems.add(check.at, "the visible part of this check does nothing", mend)
    theirs = defined_names(exercise.solution)
    allowed = _API | theirs | set(dir(builtins))
    free = free_names(check.visible) | free_names(check.source)
    for name, line in sorted(free.items()):
        if name not in allowed:
            mend = f"import or define it in the check, or let the exercise `{check.slug}` define it"
            problems.add(check.line + line - 1, f"a check may not use the name `{name}`", mend)
    for line, sentence in misused(check.source, theirs):
        misuse, _, mend = sentence.partition("; ")
        problems.add(check.line + line - 1, misuse, mend)


def _check_answer(answer: Answer, exercise: Exercise, problems: Problems) -> None:
    used = {name for one in exercise.checks for name in free_names(one.source)}
    needed = used & defined_names(exercise.solution)
    for name in sorted(needed - defined_names(answer.source)):
        mend = f"let it define `{name}`, however it is written"
        problems.add(answer.at, f"this answer has no `{name}`, which is checked", mend)
    if answer.misconception and answer.misconception not in misconceptions.REGISTRY:
        mend = f"name one of {', '.join(sorted(misconceptions.REGISTRY))}"
        problems.add(answer.at, f"there is no misconception `{answer.misconception}`", mend)
