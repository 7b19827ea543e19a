"""Words that would tell who somebody is, kept off an anonymous page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from autograder.grading.marks import Student

PATH = re.compile(
    r"[A-Za-z]:[\\/]\w|(?:~|/(?:home|users|root|tmp|var|mnt|opt|srv|usr|private))/", re.I
)
"""What looks like a path on somebody's machine; the path of a request is not one."""

SHORT = 2
"""A name of one letter would be found in every sentence."""


def fit_for_strangers(students: Iterable[Student], root: Path) -> Callable[[str], bool]:
    """Whether a sentence names no student, no student's id, and no path of this course's."""
    words = {word for student in students for word in _words(student) if len(word) >= SHORT}
    named = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(words))) + r")(?!\w)", re.I)

    def fit(sentence: str) -> bool:
        reveals = (words and named.search(sentence)) or PATH.search(sentence)
        return not reveals and str(root) not in sentence

    return fit


def _words(student: Student) -> Iterable[str]:
    for said in (student.id, student.first_name, student.last_name, student.email):
        if said:
            yield said
            yield from said.split()
    if student.lms_user_id:
        yield student.lms_user_id
