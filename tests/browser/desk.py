"""A checkout in which `course lab` runs."""

from __future__ import annotations

import signal
from pathlib import Path

from course.compiler import dump, released, solved
from course.lesson import read
from course.shelves import Shelves
from course.source import ids
from tests.course.test_lab import Lab, free_port

LESSON = "06_short_circuiting"
EXERCISE = "block-list"


class Desk:
    """A checkout with one exercise of a lesson; `lab` is started."""

    def __init__(self, root: Path) -> None:
        self.work = root / "work"
        self.lesson = self.work / LESSON / f"{LESSON}.ipynb"
        release = root / "notebooks" / LESSON / self.lesson.name
        release.parent.mkdir(parents=True)
        release.write_text(handed_out(), encoding="utf-8")
        self._root = root
        self.start()

    def start(self) -> None:
        """Type `course lab`."""
        self._lab = Lab(self._root, free_port())

    def stop(self) -> None:
        """Press Ctrl-C in its terminal, and wait until it is gone."""
        self._lab.process.send_signal(signal.SIGINT)
        try:
            self._lab.process.communicate(timeout=60)
        finally:
            self._lab.process.kill()

    @property
    def complaints(self) -> str:
        """What stands in its terminal beside what `course lab` says."""
        return (self._root / "lab.log").read_text(encoding="utf-8")

    @property
    def url(self) -> str:
        """Where `course lab` says that the lesson is open."""
        return f"{self._lab.url}{self._lab.page}?token={self._lab.token}"

    def url_of(self, name: str) -> str:
        """Where another notebook in `work/` is open alone."""
        return f"{self._lab.url}/lab/tree/{name}?reset&token={self._lab.token}"


def handed_out() -> str:
    """The exercise as a student gets it. A whole lesson takes a browser much longer to open."""
    lesson = read(Shelves.of_the_course().lessons / f"{LESSON}.py")
    (exercise,) = (one for one in lesson.exercises if one.slug == EXERCISE)
    checks = (ids.check(check.slug, check.name) for check in exercise.checks)
    wanted = {ids.TITLE, ids.answer(EXERCISE), *checks}
    notebook = released(solved(lesson))
    notebook.cells = [cell for cell in notebook.cells if cell.id in wanted]
    return dump(notebook)
