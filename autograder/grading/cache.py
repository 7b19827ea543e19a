"""What has been graded already: results by what they depend on, and whose are in their place.

It lies beside the gradebook, and may be deleted at any time: then all is graded again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from autograder.grading.course import Course
from autograder.grading.job import Result
from autograder.writing import write_whole

FOLDER = ".autograder"


class Cache:
    """The results of one assignment, and for each student what was last put in its place."""

    def __init__(self, course: Course, assignment: str) -> None:
        where = sa.make_url(course.db_url)
        local = where.get_backend_name() == "sqlite" and where.database
        beside = Path(where.database or "").parent if local else course.root
        self._results = beside / FOLDER / assignment / "results"
        self._graded = beside / FOLDER / assignment / "graded"

    def result(self, key: str) -> Result | None:
        """The result under that key, if there is one that can be read."""
        data = _read(self._results / f"{key}.json")
        try:
            found = Result.from_json(data)
        except (TypeError, KeyError, ValueError):
            return None
        return found if found.key == key else None

    def keep(self, result: Result) -> None:
        """Keep a result, unless the grader went wrong: that is tried again."""
        if not result.ours:
            _write(self._results / f"{result.key}.json", result.to_json())

    def graded(self, student: str) -> Any:
        """What `note` was last told of that student; None if nothing."""
        return _read(self._graded / f"{student}.json")

    def note(self, student: str, state: Any) -> None:
        """Note that a student's submission is in the gradebook and in its folder."""
        _write(self._graded / f"{student}.json", state)

    def forget(self, student: str) -> None:
        """Note that this is so no longer."""
        with contextlib.suppress(FileNotFoundError):
            (self._graded / f"{student}.json").unlink()

    def drop_but(self, keys: Collection[str]) -> None:
        """Delete the results that nothing depends on any more."""
        for path in self._results.glob("*"):
            if path.stem not in keys:
                path.unlink(missing_ok=True)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def _write(path: Path, data: Any) -> None:
    content = json.dumps(data).encode()
    try:
        write_whole(path, content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
