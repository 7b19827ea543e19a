"""What must hold between the cells of a lesson."""

from __future__ import annotations

import builtins
import keyword
import math
from collections.abc import Iterator, Sequence

import autograder
from course.source import code, ids
from course.source.header import LESSON_NAME
from course.source.parts import Answer, Check, Exercise, Hint, Lesson, Part, Quiz
from course.source.problems import Problems

_API = set(autograder.__all__)


def check(lesson: Lesson, bank: Sequence[Answer], problems: Problems) -> None:
    """Add to `problems` what is wrong with a lesson whose cells, each by itself, are right."""
    _check_needs(lesson, problems)
    _check_slugs(lesson, problems)
    if not _check_owners(lesson, bank, problems):
        _check_complete(lesson, problems)
        _check_waiting(lesson, problems)
    _check_quizzes(lesson, problems)
    _check_ids(lesson, problems)
    _check_points(lesson, problems)
    code.check(lesson, problems)


def _check_needs(lesson: Lesson, problems: Problems) -> None:
    for need in lesson.header.needs:
        if LESSON_NAME.fullmatch(need) and not lesson.path.with_name(f"{need}.py").exists():
            mend = "name a lesson that is there, or say in a sentence what is needed"
            problems.add(lesson.header.lines["needs"], f"there is no lesson `{need}`", mend)


def _check_slugs(lesson: Lesson, problems: Problems) -> None:
    first: dict[str, int] = {}
    for part in lesson.cells:
        if not isinstance(part, Exercise | Quiz):
            continue
        if part.slug in first:
            wrong = f"the slug `{part.slug}` is that of line {first[part.slug]} already"
            problems.add(part.at, wrong, "give this one another")
        first.setdefault(part.slug, part.at)


def _check_owners(lesson: Lesson, bank: Sequence[Answer], problems: Problems) -> int:
    before = len(problems.found)
    owners = {exercise.slug: exercise.at for exercise in reversed(lesson.exercises)}
    known = ", ".join(f"`{slug}`" for slug in sorted(owners)) or "none"
    parts = [part for part in lesson.cells if isinstance(part, Check | Hint)]
    for part in [*parts, *bank]:
        name = _name(part)
        if part.slug not in owners:
            wrong = f"this {name} belongs to `{part.slug}`, and there is no such exercise"
            problems.add(part.at, wrong, f"name one of the lesson's exercises: {known}")
        elif part.at < owners[part.slug]:
            wrong = f"this {name} stands before its exercise `{part.slug}`"
            problems.add(part.at, wrong, f"move it beneath line {owners[part.slug]}")
    return len(problems.found) - before


def _check_complete(lesson: Lesson, problems: Problems) -> None:
    for exercise in lesson.exercises:
        slug = exercise.slug
        if not exercise.checks:
            mend = f'add a cell `# %% check="{slug}" points=1`'
            problems.add(exercise.at, f"the exercise `{slug}` has no check", mend)
        if not exercise.hints:
            mend = f'add a cell `# %% [markdown] hint="{slug}"`'
            problems.add(exercise.at, f"the exercise `{slug}` has no hint", mend)
        names = [one.name for one in exercise.checks]
        for n, one in enumerate(exercise.checks):
            if one.name in names[:n]:
                same = f"the name `{one.name}`" if one.name else "no name"
                wrong = f"this is the second check of `{slug}` with {same}"
                problems.add(one.at, wrong, 'give it one of its own, such as name="edges"')


def _check_waiting(lesson: Lesson, problems: Problems) -> None:
    """A check may wait for one that stands before it, of its own exercise."""
    checks = [part for part in lesson.cells if isinstance(part, Check)]
    for exercise in lesson.exercises:
        before: list[str] = []
        for one in exercise.checks:
            if one.needs and one.needs not in before:
                known = " or ".join(f'needs="{name}"' for name in before)
                mend = f"write {known}" if known else "take `needs` away, it is the first"
                wrong = f"no check of `{one.slug}` above this one is called `{one.needs}`"
                problems.add(one.at, wrong, mend)
            elif one.needs and sum(other.title == one.needs for other in checks) > 1:
                wrong = f"two exercises have a check that is called `{one.needs}`"
                problems.add(one.at, wrong, "give one of the two another name")
            before.append(one.title)


def _check_quizzes(lesson: Lesson, problems: Problems) -> None:
    for quiz in lesson.quizzes:
        name = quiz.function
        if name in _API or name in dir(builtins) or keyword.iskeyword(name):
            wrong = (
                f"the answer to `{quiz.slug}` would be a function called `{name}`, which is taken"
            )
            problems.add(quiz.at, wrong, "give it a slug of two words")


def _check_ids(lesson: Lesson, problems: Problems) -> None:
    taken = {ids.TITLE}
    named = [(at, name) for part in lesson.cells for at, name in _ids(part, lesson)]
    for at, name in named:
        if len(name) > ids.LONGEST:
            wrong = f"the cell id `{name}` is longer than the {ids.LONGEST} letters of an id"
            problems.add(at, wrong, "shorten the slug or the name")
        elif name in taken:
            problems.add(
                at, f"the cell id `{name}` is taken", "give this cell another slug or name"
            )
        taken.add(name)


def _ids(part: Part, lesson: Lesson) -> Iterator[tuple[int, str]]:
    if not isinstance(part, Exercise | Check | Quiz):
        return
    if any(_same_name(part, other) for other in lesson.cells if other is not part):
        return  # which is told as such
    if isinstance(part, Check):
        yield part.at, ids.check(part.slug, part.name)
        return
    yield part.at, ids.answer(part.slug)
    if isinstance(part, Exercise):
        yield from ((hint.at, ids.hint(part.slug, n)) for n, hint in enumerate(part.hints, 1))
    else:
        yield part.at, ids.check(part.slug)
        yield part.at, ids.question(part.slug)


def _same_name(one: Part, other: Part) -> bool:
    if isinstance(one, Check):
        return isinstance(other, Check) and (one.slug, one.name) == (other.slug, other.name)
    return (
        isinstance(one, Exercise | Quiz)
        and isinstance(other, Exercise | Quiz)
        and one.slug == other.slug
    )


def _check_points(lesson: Lesson, problems: Problems) -> None:
    earned = sum(part.points for part in lesson.cells if isinstance(part, Check | Quiz))
    if not math.isclose(earned, lesson.points):
        wrong = f"the front matter promises {lesson.points:g} points, the cells give {earned:g}"
        line = lesson.header.lines["points"]
        problems.add(line, wrong, f"write `points: {earned:g}`, or change a check's or a quiz's")


def _name(part: Check | Hint | Answer) -> str:
    if isinstance(part, Answer):
        return "wrong answer" if part.misconception else "right answer"
    return type(part).__name__.lower()
