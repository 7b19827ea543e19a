"""`hint`: the next hint of an exercise, from a nudge to nearly the answer."""

import argparse
import sys

from course.errors import CourseError
from course.student import advice, hints_shown, progress
from course.student.desk import Desk, command, matching
from course.student.exercises import Exercise, exercises


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `hint` takes on the command line."""
    parser.add_argument(
        "lesson", nargs="?", metavar="LESSON", help="as 06 (if none: the lesson that you are at)"
    )
    parser.add_argument(
        "exercise",
        nargs="?",
        metavar="EXERCISE",
        help="its name, as `check` says it, or the start of it "
        "(if none: the first that has not passed)",
    )
    parser.add_argument("--again", action="store_true", help="begin with the first hint again")


def run(arguments: argparse.Namespace) -> int:
    """Show one hint more than the last time; return 0.

    Raises CourseError if there is no such lesson or exercise, or no copy of it yet.
    """
    desk = Desk.of_the_course()
    desk.copies()
    found = wanted(desk, arguments.lesson, arguments.exercise)
    if found is None:
        say(advice.begin(desk))
        return 0
    lesson, exercise = found
    if exercise is None:
        say(f"Every exercise of {lesson} has passed. {advice.begin(desk)}")
    elif not exercise.hints:
        say(without_hints(desk, lesson, exercise))
    else:
        show(desk, lesson, exercise, again=arguments.again)
    return 0


def wanted(
    desk: Desk, lesson: str | None, exercise: str | None
) -> tuple[str, Exercise | None] | None:
    """Return the lesson and the exercise that are asked for; None where all is finished.

    One word alone may be an exercise of the lesson that the student is at.
    """
    at = advice.current(desk)
    if lesson is not None and exercise is None and at and not matching(lesson, desk.lessons()):
        own = [one for one in exercises(desk.handed_out(at)) if one.slug.startswith(lesson)]
        if own:
            return at, own[0]
    if lesson is None and at is None:
        return None
    name = desk.own(lesson) if lesson is not None else str(at)
    return name, named(desk, name, exercise) if exercise else first_open(desk, name)


def named(desk: Desk, lesson: str, word: str) -> Exercise:
    """Return the exercise of a lesson that a word names: its slug, or the start of it."""
    there = exercises(desk.handed_out(lesson))
    found = [one for one in there if word in (one.slug, *one.checks)]
    found = found or [one for one in there if one.slug.startswith(word)]
    if not found:
        known = ", ".join(one.slug for one in there) or "none"
        raise CourseError(f'There is no exercise "{word}" in {lesson}: there is {known}.')
    if len(found) > 1:
        several = " or ".join(one.slug for one in found)
        raise CourseError(f'Which exercise is "{word}"? It may be {several}.')
    return found[0]


def first_open(desk: Desk, lesson: str) -> Exercise | None:
    """Return the first exercise of a lesson that has not passed, or else the first question."""
    checks = progress.standing(desk.work, desk.handed_out(lesson))
    passed = {check.check for check in checks if check.passed}
    left = [one for one in exercises(desk.handed_out(lesson)) if not passed.issuperset(one.checks)]
    return min(left, key=lambda one: one.is_question, default=None)


def show(desk: Desk, lesson: str, exercise: Exercise, *, again: bool) -> None:
    """Show the next hint of an exercise, and remember it."""
    from rich.console import Console
    from rich.markdown import Markdown

    seen = 0 if again else hints_shown.read(desk.work).get(lesson, {}).get(exercise.slug, 0)
    of = len(exercise.hints)
    if seen >= of:
        say(no_more(lesson, exercise))
        return
    hint = exercise.hints[seen]
    hints_shown.record(desk.work, lesson, exercise.slug, seen + 1)
    say(f"{lesson}, {exercise.slug}\n\n{hint.title}\n")
    Console(file=sys.stdout).print(Markdown(hint.text))
    more = command("hint", lesson, exercise.slug)
    say(f"\nThe next one: {more}" if seen + 1 < of else "\nThat was the last one.")


def no_more(lesson: str, exercise: Exercise) -> str:
    """Say that all hints have been seen, and what there is to do."""
    again = command("hint", lesson, exercise.slug, "--again")
    count = len(exercise.hints)
    seen = "the only hint" if count == 1 else f"all {count} hints"
    return (
        f"You have seen {seen} for {exercise.slug}; the last one said nearly the answer.\n"
        f"From the first on: {again}\n"
        f"What your answer does: {command('check', lesson)}"
    )


def without_hints(desk: Desk, lesson: str, exercise: Exercise) -> str:
    """Say kindly why there is nothing to show."""
    card = f"{command('check', lesson)} says what your answer does"
    if exercise.is_question:
        return (
            f"{exercise.slug} is a question, and questions have no hints: "
            f"try an answer, and {card}, and why."
        )
    if any(one.hints for one in exercises(desk.handed_out(lesson))):
        return f"There is no hint for {exercise.slug}; {card}."
    return f"This edition of {lesson} comes without hints, as for an exam; {card}."


def say(text: str) -> None:
    """Write to standard output."""
    sys.stdout.write(text + "\n")
