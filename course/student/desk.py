"""A student's desk: the lessons that were handed out, the student's own copies, and their names.

Every verb of a student's asks here which lesson it is about, so that all of them understand the
same words.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from course.cli import COMMAND
from course.door.environment import ROOT
from course.errors import CourseError

BASE = ".base"


@dataclass(frozen=True, slots=True)
class Desk:
    """`released` are the lessons as they were handed out, `work` is the student's own."""

    released: Path
    work: Path

    @classmethod
    def of_the_course(cls) -> "Desk":
        """The course's own: `notebooks/` and `work/`."""
        return cls(Path(ROOT, "notebooks"), Path(ROOT, "work"))

    def handed_out(self, lesson: str) -> Path:
        """Return the notebook of a lesson as it is handed out now."""
        return self.released / lesson / f"{lesson}.ipynb"

    def mine(self, lesson: str) -> Path:
        """Return the student's own notebook of a lesson."""
        return self.work / lesson / f"{lesson}.ipynb"

    def base(self, lesson: str) -> Path:
        """Return the lesson as it was when the student got it."""
        return self.work / BASE / lesson / f"{lesson}.ipynb"

    def lessons(self) -> list[str]:
        """Return the names of the lessons in their order: folders `NN_name/NN_name.ipynb`.

        Raises CourseError if there are none.
        """
        folders = sorted(folder.name for folder in self.released.glob("*"))
        names = [name for name in folders if self.handed_out(name).is_file()]
        if not names:
            raise CourseError(
                f"There are no lessons in {self.released}: restore it with: git checkout notebooks"
            )
        return names

    def named(self, word: str) -> str:
        """Return the lesson that a word names.

        That is its number, its name, the start of either, or a path to its folder or notebook.
        Raises CourseError if there is no such lesson, or if there are several.
        """
        names = self.lessons()
        found = matching(word, names)
        if not found:
            raise CourseError(f'There is no lesson "{word}": the lessons are {", ".join(names)}.')
        if len(found) > 1:
            raise CourseError(f'Which lesson is "{word}"? It may be {" or ".join(found)}.')
        return found[0]

    def own(self, word: str) -> str:
        """Return the lesson that a word names, of which the student has a copy.

        Raises CourseError, with the mend, if there is no such lesson or no copy yet.
        """
        lesson = self.named(word)
        if not self.mine(lesson).exists():
            raise CourseError(
                f"{lesson} is not in your folder work yet: {lab(lesson)} puts it there."
            )
        return lesson

    def copies(self) -> list[str]:
        """Return the lessons of which the student has a copy, in their order.

        Raises CourseError, with the mend, if there is none.
        """
        found = [lesson for lesson in self.lessons() if self.mine(lesson).is_file()]
        if not found:
            raise CourseError(f"You have no lessons in {self.work} yet: start with {COMMAND} lab")
        return found

    def begun(self) -> list[str]:
        """Return the lessons in which the student has changed something, in their order."""
        return [lesson for lesson in self.copies() if not self.is_untouched(lesson)]

    def is_untouched(self, lesson: str) -> bool:
        """Tell whether a student's copy is as it was handed out, byte for byte."""
        mine = contents(self.mine(lesson))
        return mine in (contents(self.base(lesson)), contents(self.handed_out(lesson)))

    def latest(self) -> str | None:
        """Return the lesson that the student has saved last, or None if none is begun."""
        begun = self.begun()
        return max(begun, key=lambda lesson: self.mine(lesson).stat().st_mtime, default=None)


def matching(word: str, names: list[str]) -> list[str]:
    """Return the names that a word may mean: the one that it is, or all that begin with it."""
    path = Path(os.path.expanduser(word))
    wanted = (path.stem if path.suffix == ".ipynb" else path.name).lower().replace("-", "_")
    if wanted.isascii() and wanted.isdigit():
        wanted = wanted.zfill(2) + "_"
    if not wanted or wanted in names:
        return [name for name in names if name == wanted]
    return [
        name
        for name in names
        if name.startswith(wanted) or name.partition("_")[2].startswith(wanted)
    ]


def contents(path: Path) -> bytes | None:
    """Return what is in a file, or None if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def lab(lesson: str) -> str:
    """Return what to type to open a lesson."""
    return command("lab", lesson)


def command(verb: str, lesson: str, *words: str) -> str:
    """Return what to type to ask a verb about a lesson."""
    return " ".join([COMMAND, verb, lesson.partition("_")[0], *words])
