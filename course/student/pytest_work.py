"""`pytest work/`: every check of a student's notebooks is a test, with the verdict of `check`.

    pytest work/                        all lessons
    pytest work/06_short_circuiting     one of them
    pytest work/ -k block-list          one check, by its name

What has passed has passed; what is not attempted yet, or waits for another check, is skipped; an
answer that is wrong, or that does not end, fails with its card; a check that went wrong itself is
an error. A notebook is judged once, when its first check is asked for. `conftest.py`, at the root,
hands this to pytest.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder import card
from autograder.verdict import Outcome, Verdict
from course.errors import CourseError
from course.student import notebook_file, progress
from course.student.desk import Desk
from course.student.judging import NOT_YET, judged


def collected(file_path: Path, parent: pytest.Collector) -> LessonFile | None:
    """Return the collector of a student's own copy of a lesson; None for any other notebook."""
    desk = Desk(parent.config.rootpath / "notebooks", parent.config.rootpath / "work")
    lesson = file_path.stem
    if file_path != desk.mine(lesson) or not desk.handed_out(lesson).is_file():
        return None
    file: LessonFile = LessonFile.from_parent(parent, path=file_path, desk=desk)
    return file


class LessonFile(pytest.File):
    """A student's notebook; its items are the checks that were handed out with the lesson."""

    def __init__(self, *, desk: Desk, **rest: Any) -> None:
        super().__init__(**rest)
        self.desk = desk
        self._verdicts: dict[str, Verdict] | None = None

    def collect(self) -> Iterator[CheckItem]:
        """Make an item of every check; raise CollectError, in a sentence, where this is broken."""
        lesson = self.path.stem
        try:
            notebook_file.read(self.path)
            checks = progress.graded(self.desk.handed_out(lesson))
        except CourseError as error:
            raise self.CollectError(str(error)) from None
        for check in checks:
            yield CheckItem.from_parent(self, name=check)

    def verdicts(self) -> dict[str, Verdict]:
        """Judge the notebook, the first time that it is asked for."""
        if self._verdicts is None:
            self._verdicts = judged(self.desk, self.path.stem)
        return self._verdicts


class CheckItem(pytest.Item):
    """One check, named by the `grade_id` of its cell."""

    parent: LessonFile

    def setup(self) -> None:
        """Judge; what goes wrong here is nobody's answer, and pytest counts it as an error."""
        try:
            verdict = self.parent.verdicts()[self.name]
        except CourseError as error:
            pytest.fail(str(error), pytrace=False)
        if verdict.outcome is Outcome.ERRORED:
            pytest.fail(card.text(verdict), pytrace=False)

    def runtest(self) -> None:
        """Pass, skip or fail as the verdict says; a failure is the card, and no traceback."""
        verdict = self.parent.verdicts()[self.name]
        if verdict.outcome in NOT_YET:
            yet = " yet" if verdict.outcome is Outcome.NOT_ATTEMPTED else ""
            reason = f"{self.name}: {verdict.outcome}{yet}. {verdict.message}"
            # As pytest's own `skip` mark does: the place to look at is the notebook, and not this.
            raise pytest.skip.Exception(reason, _use_item_location=True)
        if not verdict.passed:
            pytest.fail(card.text(verdict), pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where this is: in the notebook, under the check's name."""
        return self.path, 0, self.name
