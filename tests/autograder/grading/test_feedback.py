"""What a feedback page keeps of a check: what it found, and no line of how it asks."""

from __future__ import annotations

from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.card import MIMETYPE
from autograder.grading.feedback import ALONE, BELOW, without_sources

CARD = new_output(
    "display_data", {"text/plain": ":( wall", "text/html": "<b>wall</b>", MIMETYPE: {}}
)
POINTS = new_output("execute_result", {"text/plain": "0.5"}, execution_count=1)
FAILED = new_output("error", ename="CheckFailed", evalue="wall", traceback=["CheckFailed: wall"])
PRINTED = new_output("stream", name="stdout", text="printed")
QUOTING = new_output(
    "error", ename="AssertionError", evalue="", traceback=["> 3 assert secret() == 7", "Assert"]
)


def cell(*outputs: Any, **nbgrader: Any) -> Any:
    marks = {"grade": True, "solution": False, "locked": True, "grade_id": "wall-check"}
    metadata = {"nbgrader": {**marks, **nbgrader}}
    return new_code_cell("assert secret() == 7", metadata=metadata, outputs=list(outputs))


def kept(one: Any) -> Any:
    """The cell as nbconvert hands it on: it takes the function by its name, as nbgrader does."""
    exporter = NotebookExporter()
    exporter.register_preprocessor("autograder.grading.feedback.without_sources")
    made, _ = exporter.from_notebook_node(new_notebook(cells=[one]))
    (after,) = nbformat.reads(made, as_version=4).cells
    return after


def test_of_a_check_that_left_a_card_the_card_is_kept_and_nothing_else() -> None:
    after = kept(cell(PRINTED, CARD, POINTS, FAILED))
    assert after.source == BELOW
    assert [output.data for output in after.outputs] == [CARD.data]


def test_a_test_without_a_card_keeps_what_it_raised_and_not_the_line_that_raised_it() -> None:
    after = kept(cell(PRINTED, QUOTING))
    assert after.source == ALONE
    assert [output.get("traceback", output.get("text")) for output in after.outputs] == [
        "printed",
        ["AssertionError"],
    ]
    assert "secret" not in str(after)


def test_what_is_raised_with_words_is_told_in_them() -> None:
    raised = nbformat.from_dict({**QUOTING, "evalue": "the wall lets GET through"})
    assert kept(cell(raised)).outputs[0].traceback == ["AssertionError: the wall lets GET through"]


def test_what_a_student_wrote_is_left_as_it_is() -> None:
    for own in (
        cell(QUOTING, solution=True),
        cell(QUOTING, grade=False),
        cell(QUOTING, solution=True, grade=False),
    ):
        assert kept(own) == own


def test_a_cell_that_nbgrader_does_not_know_is_left_as_it_is() -> None:
    bare = new_notebook(cells=[new_code_cell("1 / 0"), nbformat.v4.new_markdown_cell("# A")])
    before = str(bare)
    assert str(without_sources(bare, {})[0]) == before
