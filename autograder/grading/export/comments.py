"""A comment on a submission for Moodle: the points of each check, and why they are not more."""

from __future__ import annotations

from html import escape

from autograder.grading.export.junit import CardsOf, in_order
from autograder.grading.export.sheet import shown
from autograder.grading.marks import Assignment, Mark
from autograder.picture.words import visible

LONGEST = 300
"""How many characters of a message are told."""


def comment(assignment: Assignment, mark: Mark, cards: CardsOf) -> str:
    """The comment in HTML, as Moodle keeps it: a line for each check."""
    lines = []
    for check, card in in_order(assignment, mark, cards):
        line = f"{check.grade_id}: {shown(check.score)} of {shown(check.maximum)}"
        if check.waits:
            line += ", waits for a mark by hand"
        elif check.score < check.maximum and card.message:
            name = f" ({card.misconception})" if card.misconception else ""
            line += f"{name}. {visible(card.message, LONGEST)}"
        lines.append(escape(line, quote=False))
    if mark.penalty:
        lines.append(f"For lateness: {shown(-mark.penalty)}")
    return "<br>\n".join(lines)
