"""A small JSON file in `work/` about each lesson: {lesson: {name: value}}."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

from course.student import notebook_file

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """What is kept under `name`; `is_value` tells a value from what somebody else wrote there."""

    def __init__(self, name: str, is_value: Callable[[Any], bool]) -> None:
        self.name = name
        self._is_value = is_value

    def read(self, work: Path) -> dict[str, dict[str, Value]]:
        """Return all of it; nothing where there is no file, or one that does not hold it."""
        try:
            found = json.loads((work / self.name).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return found if self._well_formed(found) else {}

    def record(self, work: Path, lesson: str, name: str, value: Value) -> None:
        """Keep one value, in place of an earlier one. Raises OSError where it cannot be written."""
        everything = self.read(work)
        everything.setdefault(lesson, {})[name] = value
        self._write(work, everything)

    def forget(self, work: Path, lesson: str) -> bool:
        """Drop what is kept of a lesson; return whether there was anything."""
        everything = self.read(work)
        if lesson not in everything:
            return False
        del everything[lesson]
        self._write(work, everything)
        return True

    def _well_formed(self, found: object) -> bool:
        return isinstance(found, dict) and all(
            isinstance(values, dict) and all(map(self._is_value, values.values()))
            for values in found.values()
        )

    def _write(self, work: Path, everything: dict[str, dict[str, Value]]) -> None:
        content = json.dumps(everything, indent=1, sort_keys=True) + "\n"
        notebook_file.write_bytes(work / self.name, content.encode())
