"""What is wrong with a lesson: a file, a line, one sentence with its mend."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from course.errors import CourseError


def shown(path: Path) -> str:
    """`path` as a reader can find it: from the current directory where it lies inside."""
    resolved, here = path.resolve(), Path.cwd()
    return (resolved.relative_to(here) if resolved.is_relative_to(here) else path).as_posix()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in `path`, on `line` where one line is to blame."""

    path: Path
    line: int | None
    text: str

    def __str__(self) -> str:
        place = shown(self.path) if self.line is None else f"{shown(self.path)}:{self.line}"
        return f"{place}: {self.text}"


class LessonError(CourseError):
    """A lesson cannot be built; `problems` says all that is wrong with it, in order of lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.line or 0)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(slots=True)
class Problems:
    """What is found wrong while one file is read."""

    path: Path
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int | None, wrong: str, mend: str) -> None:
        """Note what is wrong on `line`, and how to mend it; the same thing only once."""
        problem = Problem(self.path, line, f"{wrong}; {mend}")
        if problem not in self.found:
            self.found.append(problem)

    def raise_any(self) -> None:
        """Raise `LessonError` if anything was found."""
        if self.found:
            raise LessonError(self.found)
