"""What was handed in: whose it is, when it came, and every file of it, read once.

What is graded, kept and shown is what was read here, whatever happens to the files meanwhile.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.grading.course import Course
from autograder.grading.errors import GradingError

MOST = 100_000_000
"""How many bytes one submission may have."""

Files = tuple[tuple[str, bytes], ...]


class Unreadable(Exception):
    """A submission that cannot be graded as it lies there: one sentence."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What one student handed in: the notebooks by name, and the files beside them by path."""

    student: str
    folder: Path
    timestamp: datetime | None
    notebooks: dict[str, bytes]
    files: Files


def folders(course: Course, assignment: str, only: Collection[str] = ()) -> dict[str, Path]:
    """The folder of each student who handed in that assignment, sorted.

    With `only`, of these students; GradingError where there is none at all, or none of one of them.
    """
    pattern = re.compile(_pattern(course, assignment))
    found = {
        match["student_id"]: path
        for path in sorted(course.root.glob(_relative(course, "*", assignment)))
        if (match := pattern.fullmatch(str(path))) and path.is_dir()
    }
    for student in only:
        if student not in found:
            where = course.folder("submitted", student, assignment)
            raise GradingError(f"{student} has handed in nothing: there is no {where}")
    if not found:
        where = course.folder("submitted", "*", assignment)
        raise GradingError(f"Nothing has been handed in: no folder is named {where}")
    wanted = set(only) or found.keys() - course.excluded
    return {student: path for student, path in found.items() if student in wanted}


def read(course: Course, student: str, folder: Path, names: Collection[str]) -> Submission:
    """One submission, of which those notebooks are wanted; Unreadable where it cannot be graded."""
    found: dict[str, bytes] = {}
    wanted = {f"{name}.ipynb" for name in names}
    try:
        for path in files_of(folder, course.ignore):
            name = path.relative_to(folder).as_posix()
            if path.suffix != ".ipynb" or name in wanted:
                found[name] = path.read_bytes()
            if sum(map(len, found.values())) > MOST:
                raise Unreadable(f"it has more than {MOST // 1_000_000} MB of files")
    except OSError as error:
        raise Unreadable(f"{error.filename} cannot be read ({error.strerror})") from error
    notebooks = {name: found.pop(f"{name}.ipynb") for name in names if f"{name}.ipynb" in found}
    if not notebooks:
        raise Unreadable(f"there is no {' or '.join(sorted(wanted))} in {folder}")
    return Submission(student, folder, _timestamp(found), notebooks, tuple(found.items()))


def beside_the_master(course: Course, assignment: str) -> Files:
    """The files that the instructor ships with an assignment: each overwrites a student's own."""
    folder = course.folder("source", ".", assignment)
    kept = set(course.exclude_overwriting.get(assignment, []))
    found = []
    for path in files_of(folder, course.ignore):
        name = path.relative_to(folder).as_posix()
        if path.suffix != ".ipynb" and name not in kept:
            found.append((name, path.read_bytes()))
    return tuple(found)


def files_of(folder: Path, ignore: Collection[str]) -> Iterator[Path]:
    """The regular files under a folder, but for what nbgrader ignores; no link is followed."""

    def ignored(name: str) -> bool:
        return any(fnmatch.fnmatch(name, pattern) for pattern in ignore)

    for where, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if not ignored(name))
        for name in sorted(names):
            path = Path(where, name)
            if not ignored(name) and stat.S_ISREG(path.lstat().st_mode):
                yield path


def _timestamp(beside: dict[str, bytes]) -> datetime | None:
    """When it was handed in, in UTC and without a zone, as the gradebook keeps it."""
    from dateutil import parser, tz

    text = beside.get("timestamp.txt", b"").decode("utf-8", "replace").strip()
    if not text:
        return None
    try:
        date, clock, zone = text.split(" ") if text.count(" ") == 2 else (text, "", "")
        if not zone:
            when: datetime = parser.parse(text)
        else:  # as nbgrader: a zone that is a number counts seconds
            offset = int(zone) if re.fullmatch(r"[+-]?[0-9]+", zone) else tz.gettz(zone)
            when = parser.parse(f"{date} {clock} TZ", tzinfos={"TZ": offset})
        return when.astimezone(UTC).replace(tzinfo=None) if when.tzinfo else when
    except (ValueError, OverflowError):
        raise Unreadable(f"its timestamp.txt says no time: {text[:60]!r}") from None


def _relative(course: Course, student: str, assignment: str) -> str:
    return os.path.relpath(course.folder("submitted", student, assignment), course.root)


def _pattern(course: Course, assignment: str) -> str:
    """What the path of a student's folder looks like."""
    mark = "\0"
    path = re.escape(str(course.folder("submitted", mark, assignment)))
    first, *others = path.split(re.escape(mark))
    name = f"[^{re.escape(os.sep)}]*"
    return first + f"(?P<student_id>{name})" + "(?P=student_id)".join(others)
