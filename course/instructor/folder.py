"""A folder that a verb makes whole and may make again, and nobody else's work."""

from __future__ import annotations

import contextlib
import shutil
import stat
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from course.door.environment import ROOT
from course.errors import CourseError
from course.source.problems import shown

# What running the course, an editor or the system leaves in a folder, and nobody would miss.
LITTER = [
    "__pycache__",
    ".venv",
    ".venv.lock",
    "*.egg-info",
    ".*_cache",
    ".hypothesis",
    ".ipynb_checkpoints",
    ".jupyter",
    ".DS_Store",
]


@contextlib.contextmanager
def made_whole(folder: Path, verb: str) -> Iterator[Path]:
    """An empty folder aside, which takes the place of `folder` when this is left without an error.

    What is in `folder` is replaced if the same verb made it. Raises CourseError, before anything
    is made, where it holds something else or lies among what the course is made of; and where the
    system refuses to write.
    """
    folder = folder.resolve()
    _refuse_the_course_itself(folder)
    _refuse_what_is_not_ours(folder, verb)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        try:
            yield aside
            _mark(aside, verb)
            aside.chmod(0o755)  # a temporary folder is its owner's alone
            _refuse_what_is_not_ours(folder, verb)  # it took a while
            _take_the_place(aside, folder)
        finally:
            _remove(aside)
    except OSError as error:
        mend = "mend that, or choose another folder"
        raise CourseError(f"{error.filename or folder}: {error.strerror}; {mend}.") from error


def _refuse_the_course_itself(folder: Path) -> None:
    root = Path(ROOT)
    inside = folder.is_relative_to(root) and (root / "grading") not in folder.parents
    if inside or root.is_relative_to(folder):
        mend = "choose one outside it, or a new one in grading/"
        raise CourseError(f"{shown(folder)} is a folder of the course's own; {mend}.")


def _refuse_what_is_not_ours(folder: Path, verb: str) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise CourseError(f"{shown(folder)} is a file; name a folder.")
    there = {path.name for path in folder.iterdir()}
    made = _made(folder, verb)
    if there and not made:
        mend = "choose another folder, or empty this one"
        raise CourseError(f"{shown(folder)} is not empty, and `{verb}` did not make it; {mend}.")
    others = [n for n in sorted(there - made) if not any(fnmatch(n, litter) for litter in LITTER)]
    if others:
        mend = "move that away, or choose another folder"
        wrong = f"{others[0]} was put into {shown(folder)} since `{verb}` made it"
        raise CourseError(f"{wrong}; {mend}.")


def _marker(folder: Path, verb: str) -> Path:
    return folder / f".made-by-{verb}"


def _mark(folder: Path, verb: str) -> None:
    """Note which verb made a folder, and what it put there."""
    said = f"`python3 -m course {verb}` made this, and replaces it when it is run again:"
    names = sorted(path.name for path in folder.iterdir())
    _marker(folder, verb).write_text("\n".join([said, *names, ""]), encoding="utf-8")


def _made(folder: Path, verb: str) -> set[str]:
    """The names that the verb left in a folder when it made it; none if it did not."""
    marker = _marker(folder, verb)
    if not marker.is_file():
        return set()
    return {marker.name, *marker.read_text(encoding="utf-8").splitlines()[1:]}


def _take_the_place(aside: Path, folder: Path) -> None:
    before = aside.with_name(f"{aside.name}.before")
    if folder.exists():
        folder.rename(before)
    aside.rename(folder)
    _remove(before)


def _remove(folder: Path) -> None:
    if folder.exists():
        for path in folder.rglob("*"):  # nbgrader's are read-only, which Windows will not delete
            if path.is_file() and not path.is_symlink():
                path.chmod(path.stat().st_mode | stat.S_IWUSR)
        shutil.rmtree(folder)
