"""Verdicts as Gradescope reads them: `results.json`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from autograder import card
from autograder.verdict import Outcome, Verdict

LONGEST = 20_000
"""How many characters of a card are sent."""
LATER = "after_published"
"""When what a hidden part says is shown to students: with the marks."""
WITH_THE_MARKS = "What the hidden part of this check says is shown when the marks are published."

Entry = dict[str, Any]


def entries(
    verdicts: Mapping[str, Verdict], visible: Mapping[str, Verdict], label: str = ""
) -> list[Entry]:
    """The `tests` of a notebook: one for each check, with its points.

    `visible` has the verdicts on the visible parts of those checks that have a hidden one: they are
    shown at once, without points, and the whole check later. `label` stands before each name.
    """
    found = []
    for grade_id, verdict in verdicts.items():
        hidden = grade_id in visible
        if hidden:
            found.append(_visible_part(visible[grade_id], label))
        entry = {**_entry(verdict, label), "visibility": LATER if hidden else "visible"}
        entry["extra_data"] = {"grade_id": grade_id, **_known(verdict)}
        found.append(entry)
    return found


def missing(name: str, points: float, why: str) -> Entry:
    """The entry for a notebook that could not be judged at all: none of its points, and why."""
    said = {"name": name, "score": 0, "max_score": points, "status": "failed"}
    return {**said, "output": why, "output_format": "text", "visibility": "visible"}


def whole(tests: list[Entry], lines: list[str], seconds: float, extra: Entry) -> Entry:
    """The whole of `results.json`."""
    return {
        "tests": tests,
        "output": "\n".join(lines),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "stdout_visibility": "hidden",
        "execution_time": round(seconds),
        "extra_data": extra,
    }


def _entry(verdict: Verdict, label: str) -> Entry:
    """A check with its points; a fault of the grader's own has none to give or to lose."""
    entry = {
        "name": f"{label}{verdict.check}",
        "output": card.text(verdict)[:LONGEST],
        "output_format": "text",
    }
    if verdict.outcome is Outcome.ERRORED:
        return {**entry, "score": 0, "max_score": 0}
    status = "passed" if verdict.passed else "failed"
    return {**entry, "score": verdict.points, "max_score": verdict.maximum, "status": status}


def _visible_part(verdict: Verdict, label: str) -> Entry:
    shown = replace(verdict, points=0, maximum=0, pending=False)
    entry = _entry(shown, label)
    entry["name"] += ", visible part"
    entry["output"] += f"\n\n{WITH_THE_MARKS}"
    return {**entry, "visibility": "visible"}


def _known(verdict: Verdict) -> dict[str, str]:
    return {"verdict": str(verdict.outcome), "misconception": verdict.misconception}
