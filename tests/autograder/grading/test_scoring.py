"""Marks from outputs, as nbgrader's own `determine_grade` gives them."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import pytest

from autograder.grading.master import Master, MasterCell
from autograder.grading.restoring import checksum
from autograder.grading.scoring import comments, scores
from tests.autograder.grading import nbgrader_samples as samples

PARTIAL = ["0.5", "0", "-1", "nan", "'x'", "None", "2", "1e-3", "2.5", ["1"], ["1", "2"], ""]
OUTPUTS: list[dict[str, Any]] = [
    {"output_type": "stream", "name": "stdout", "text": "1"},
    {"output_type": "stream", "name": "stderr", "text": "careful"},
    {"output_type": "error", "ename": "E", "evalue": "", "traceback": []},
    {"output_type": "display_data", "data": {"text/plain": "0.25"}, "metadata": {}},
    *(
        {"output_type": "execute_result", "data": {"text/plain": shown}, "metadata": {}}
        for shown in PARTIAL
    ),
]


def graded(kind: str = "code", source: str = "pass", **flags: Any) -> dict[str, Any]:
    cell = samples.cell(kind, source, "it", **{"grade": True, "points": 2, **flags})
    cell["metadata"]["nbgrader"]["checksum"] = checksum(cell)
    return cell


def master() -> Master:
    cell = MasterCell("it", "code", "pass", True, True, False, False, 2.0, "")
    return Master("ps1", "squares", (cell,), {})


def score(cell: dict[str, Any]) -> float | None:
    found = scores({"cells": [cell]}, master())
    assert found[0].needs_manual == (found[0].auto is None)
    assert found[0].maximum == 2
    return found[0].auto


@pytest.mark.parametrize("outputs", list(itertools.product(OUTPUTS, OUTPUTS[:5])))
def test_a_score_is_what_nbgrader_makes_of_the_outputs(outputs: list[dict[str, Any]]) -> None:
    from nbformat import from_dict
    from nbgrader.utils import determine_grade

    cell = graded()
    cell["outputs"] = copy.deepcopy(list(outputs))
    try:
        theirs, _ = determine_grade(from_dict(cell))
    except (ValueError, KeyError):  # it gives up the submission; here the cell waits for a person
        theirs = None
    assert score(cell) == theirs


@pytest.mark.parametrize("kind", ["code", "markdown"])
@pytest.mark.parametrize("changed", [True, False])
def test_an_answer_for_a_person_is_as_nbgrader_leaves_it(kind: str, changed: bool) -> None:
    from nbformat import from_dict
    from nbgrader.utils import compute_checksum, determine_grade

    cell = graded(kind, solution=True)
    assert cell["metadata"]["nbgrader"]["checksum"] == compute_checksum(from_dict(cell))
    cell["source"] += "!" * changed
    assert score(cell) == determine_grade(from_dict(cell))[0]
    said = comments({"cells": [cell]}, master())
    assert said == ({} if changed else {"it": "No response."})


def test_what_the_master_does_not_know_has_no_score() -> None:
    cell = graded()
    cell["metadata"]["nbgrader"]["grade_id"] = "unknown"
    assert scores({"cells": [cell, samples.cell("markdown", "prose")]}, master()) == []
