"""From a lesson to its notebooks: solved for nbgrader's source, released for students."""

from course.compiler.notebook import dump, solved, with_answers
from course.compiler.release import released

__all__ = ["dump", "released", "solved", "with_answers"]
