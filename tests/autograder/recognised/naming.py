"""What a failure is called, and what it might have been called."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from autograder import judgement, misconceptions
from autograder.evidence import Evidence
from autograder.hosts import LocalHost
from autograder.judge import judge
from autograder.misconceptions import Misconception
from course.source.python import indented
from tests.autograder.answers import check_cell, notebook

HEAD = "from autograder import *\n@check('c', points=2)\ndef _check():\n"


@dataclass
class Told:
    """The name of a failure, or the outcome where it has none; all names that fit; its message."""

    name: str
    fit: list[str]
    message: str


def told(answer: str, check: str) -> Told:
    """What is said of an answer to a check."""
    fit: list[str] = []

    def diagnose(evidence: Evidence) -> Misconception | None:
        fit.extend(entry.name for entry in misconceptions.fitting(evidence))
        return misconceptions.diagnose(evidence)

    cells = notebook(answer, check_cell(HEAD + indented(check), "c"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judgement, "diagnose", diagnose)
        verdict = judge(cells, host=lambda: LocalHost("minidjango"))["c"]
    return Told(verdict.misconception or str(verdict.outcome), fit, verdict.message)
