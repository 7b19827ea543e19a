"""The folder of a graded submission: made aside and put in its place whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from autograder.grading.course import Course
from autograder.grading.submitted import Files


def write(
    course: Course, student: str, assignment: str, notebooks: Mapping[str, str], files: Files
) -> None:
    """Put the autograded notebooks, by name, and the files beside them where nbgrader does.

    What an earlier run left there goes. Without a notebook, nothing is there afterwards. Raises
    OSError where the folder cannot be written.
    """
    place = course.folder("autograded", student, assignment)
    aside = _aside(place, "new")
    with contextlib.ExitStack() as gone:
        gone.callback(shutil.rmtree, aside, ignore_errors=True)
        for name, text in notebooks.items():
            _keep(course, aside / f"{name}.ipynb", text.encode())
        if not notebooks:
            _replace(place, None)
            return
        for path, content in files:
            _keep(course, aside / path, content)
        _replace(place, aside)


def written(course: Course, student: str, assignment: str, names: list[str]) -> list[int] | None:
    """What tells whether somebody else wrote these notebooks since; None where one is missing."""
    place = course.folder("autograded", student, assignment)
    try:
        found = [(place / f"{name}.ipynb").stat() for name in names]
    except OSError:
        return None
    return [number for stat in found for number in (stat.st_mtime_ns, stat.st_size)]


def _keep(course: Course, path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if course.groupshared:
        path.parent.chmod(path.parent.stat().st_mode | 0o2770)
    path.write_bytes(content)
    path.chmod(course.permissions)


def _replace(place: Path, new: Path | None) -> None:
    """Put a folder in place of another; a rename cannot do that in one step."""
    old = _aside(place, "old")
    with contextlib.suppress(FileNotFoundError):
        os.rename(place, old)
    if new is not None:
        os.rename(new, place)
    shutil.rmtree(old, ignore_errors=True)


def _aside(place: Path, kind: str) -> Path:
    """A free place beside, where nothing of an interrupted run is left."""
    aside = place.with_name(f".{place.name}.{kind}")
    if aside.exists():
        shutil.rmtree(aside)
    return aside
