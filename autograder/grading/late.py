"""What is taken off for being late: nbgrader's own method, or the course's plug-in for it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from autograder.grading.course import Course
from autograder.grading.errors import GradingError


def penalty(course: Course) -> Callable[[str, float, float], float | None]:
    """From a student, their score and the seconds that they are late to what is taken off.

    None where nothing is said about it, which is nbgrader's default; never more than the score, nor
    less than nothing. The plug-in is loaded when somebody is late.
    """
    if not any(course.config[name] for name in ("AssignLatePenalties", "LateSubmissionPlugin")):
        return lambda student, score, seconds: None
    loaded: list[Any] = []

    def taken_off(student: str, score: float, seconds: float) -> float | None:
        try:
            if not loaded:
                loaded.append(_plugin(course))
            off = loaded[0].late_submission_penalty(student, score, seconds)
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            raise GradingError(
                f"The course's plug-in for late submissions failed for {student} ({told})."
            ) from error
        return None if off is None else min(max(float(off), 0.0), score)

    return taken_off


def _plugin(course: Course) -> Any:
    """nbgrader's plug-in, as the course configures it."""
    root = str(course.root)
    if root not in sys.path:  # nbgrader too finds a plug-in that is in the course's folder
        sys.path.insert(0, root)
    from nbgrader.preprocessors import AssignLatePenalties

    step = AssignLatePenalties(config=course.config)
    step.init_plugin()
    return step.plugin_inst
