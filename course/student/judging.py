"""Judge a student's notebook in a process of its own, with the checks that were handed out.

`check`, `submit` and `pytest work/` all ask here, so that they cannot come to different verdicts.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from autograder.hosts import PipeHost
from autograder.judge import NotANotebook, judge, read_notebook
from autograder.verdict import Outcome, Verdict
from course.errors import CourseError
from course.student import notebook_file, progress, work
from course.student.desk import Desk
from course.student.notebook_file import Notebook

NOT_YET = (Outcome.NOT_ATTEMPTED, Outcome.SKIPPED)
"""The outcomes that wait for something else to be done first."""

Tell = Callable[[Verdict], None]
"""What hears each verdict as soon as there is one."""


def judged(desk: Desk, lesson: str, tell: Tell | None = None) -> dict[str, Verdict]:
    """Return the verdicts on a student's own notebook by `grade_id`, and keep them for `progress`.

    Raises CourseError, with the mend, if it is not a notebook.
    """
    mine = work.read_own(desk, desk.mine(lesson).relative_to(desk.work))
    checks = notebook_file.read(desk.handed_out(lesson))

    def keep(check: str, verdict: Verdict) -> None:
        mark = progress.Mark(
            verdict=str(verdict.outcome), points=verdict.points, max=verdict.maximum
        )
        progress.record(desk.work, lesson, check, mark)
        if tell:
            tell(verdict)

    return judge(mine, checks, host=PipeHost, tell=keep)


def judged_file(path: Path, master: Path, tell: Tell | None = None) -> dict[str, Verdict]:
    """Return the verdicts on any notebook by `grade_id`; without a master, by its own checks.

    Raises CourseError if it is not a notebook.
    """

    def told(_: str, verdict: Verdict) -> None:
        if tell:
            tell(verdict)

    try:
        notebook: Notebook = read_notebook(path)
        checks: Notebook = read_notebook(master) if master.exists() else notebook
    except NotANotebook as error:
        raise CourseError(str(error)) from None
    return judge(notebook, checks, host=PipeHost, tell=told)


def to_mend(verdicts: dict[str, Verdict]) -> str | None:
    """Return the check to look at next, by `grade_id`; None where all have passed.

    An answer that is wrong comes before one that is not there yet, or waits for another.
    """
    missing = [name for name, verdict in verdicts.items() if not verdict.passed]
    wrong = [name for name in missing if verdicts[name].outcome not in NOT_YET]
    return next(iter(wrong or missing), None)
