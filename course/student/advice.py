"""What to type next: one line, at the end of what a student's verb says."""

from course.student import progress
from course.student.desk import Desk, command
from course.student.exercises import Exercise, exercises


def current(desk: Desk) -> str | None:
    """Return the lesson that the student is at, or None if all are finished.

    That is the one that was saved last, unless it is finished; then the first that is not.
    """
    latest = desk.latest()
    lessons = [*([latest] if latest else []), *desk.lessons()]
    return next((lesson for lesson in lessons if not finished(desk, lesson)), None)


def finished(desk: Desk, lesson: str) -> bool:
    """Tell whether every check of a lesson has passed."""
    return progress.is_finished(desk.work, desk.handed_out(lesson))


def begin(desk: Desk) -> str:
    """Return the sentence that says which lesson to open."""
    lesson = current(desk)
    if lesson is None:
        return "All lessons are finished. You have seen the whole onion."
    return f"Next: {command('lab', lesson)}"


def after(desk: Desk, lesson: str, check: str | None) -> str:
    """Return what to do when a lesson has been checked; `check` is the one to look at, if any."""
    if check is None:
        return f"{lesson} is finished. {begin(desk)}"
    exercise = of(desk, lesson, check)
    slug = exercise.slug if exercise else check
    again = f"Next: go on with {slug}, save, and type {command('check', lesson)}"
    if exercise and exercise.hints:
        return f"{again} (a hint: {command('hint', lesson, slug)})"
    return again


def of(desk: Desk, lesson: str, check: str) -> Exercise | None:
    """Return the exercise or question that a check judges."""
    found = exercises(desk.handed_out(lesson))
    return next((exercise for exercise in found if check in exercise.checks), None)
