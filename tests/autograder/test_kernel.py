"""The same check cells in a real kernel: what a student sees, and what stock nbgrader counts."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder.card import MIMETYPE
from tests.autograder.answers import CHECK, RIGHTS, STUB, WRONGS

PARTS = """
from autograder import check, fresh, onion, part

@check("block-list", points=3)
def _check():
    app = onion(BlockList)
    app.get(fresh("/{}/"))
    with part("says no", points=2):
        app.get("/admin/", status=403)
    with part("in time", points=1):
        app.trace.never_reached("hello")
"""


def run(*sources: str) -> list[Any]:
    """The outputs of each cell, run in a kernel of its own."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, timeout=60, kernel_name="python3", allow_errors=True).execute()
    nbformat.validate(notebook)
    return [cell.outputs for cell in notebook.cells]


@pytest.fixture(scope="module")
def outputs() -> list[Any]:
    """One kernel: an answer and the check, by turns."""
    wrong = WRONGS["short-circuit-too-late"]
    loud = "import logging\nlogging.basicConfig()\n" + RIGHTS["raises"]
    right, broken = RIGHTS["class"], "class BlockList(:"
    return run(
        *(loud, CHECK, wrong, CHECK, STUB, CHECK, "del BlockList", CHECK),
        *(right, CHECK, broken, CHECK, CHECK),
        *(wrong, PARTS),
    )


def test_a_passed_check_shows_its_card_and_nothing_that_nbgrader_would_count(
    outputs: list[Any],
) -> None:
    (card,) = outputs[1]
    assert card.output_type == "display_data"
    assert card.data[MIMETYPE]["verdict"] == "passed"
    assert card.data[MIMETYPE]["ran"]["executor"] == "kernel"
    assert card.data["text/plain"].startswith(":) block-list: passed, 2 of 2 points")
    assert "data:image/svg+xml;base64," in card.data["text/html"]


def test_a_failed_check_shows_its_card_and_one_line_of_error(outputs: list[Any]) -> None:
    card, error = outputs[3]
    assert card.data[MIMETYPE]["misconception"] == "short-circuit-too-late"
    assert card.data["text/html"].count("data:image/svg+xml;base64,") == 2
    assert error.output_type == "error"
    (line,) = error.traceback
    assert line.startswith("CheckFailed: block-list: failed. Your layer answers, but the view had")
    assert "GET /admin/" in error.evalue


@pytest.mark.parametrize("cell", [5, 7])
def test_a_stub_and_a_missing_name_are_not_attempted(outputs: list[Any], cell: int) -> None:
    card, _ = outputs[cell]
    assert card.data[MIMETYPE]["verdict"] == "not attempted"


def test_an_answer_that_was_mended_passes_in_the_same_kernel(outputs: list[Any]) -> None:
    (card,) = outputs[9]
    assert card.data[MIMETYPE]["verdict"] == "passed"


def test_an_answer_that_does_not_compile_is_told_of_above_the_card_of_the_one_before(
    outputs: list[Any],
) -> None:
    note, card = outputs[11]
    assert (
        "stopped with SyntaxError, so this may be about an older answer" in note.data["text/plain"]
    )
    assert card.data[MIMETYPE]["verdict"] == "passed"
    (card,) = outputs[12]
    assert card.data[MIMETYPE]["verdict"] == "passed"


def test_points_that_were_earned_stand_before_the_error_where_nbgrader_looks_for_them(
    outputs: list[Any],
) -> None:
    card, points, error = outputs[14]
    assert card.data[MIMETYPE]["points"] == 2
    assert "part:     :( in time, 0 of 1 point: expected hello is never" in card.data["text/plain"]
    assert (points.output_type, points.data["text/plain"]) == ("execute_result", "2.0")
    assert error.output_type == "error"


def test_an_answer_that_never_ends_is_stopped_with_a_card_and_its_line() -> None:
    endless = "        while True:\n            pass\n        if blocked:"
    loops = RIGHTS["class"].replace("        if blocked:", endless)
    notebook = new_notebook(cells=[new_code_cell(source) for source in (loops, CHECK, CHECK)])
    client = NotebookClient(
        notebook,
        timeout=4,
        kernel_name="python3",
        allow_errors=True,
        interrupt_on_timeout=True,
        error_on_timeout={"ename": "Timeout", "evalue": "", "traceback": []},
    )
    client.execute()
    for cell in notebook.cells[1:]:
        cards = [out for out in cell.outputs if MIMETYPE in out.get("data", {})]
        assert [card.data[MIMETYPE]["verdict"] for card in cards] == ["timed out"]
        assert "`while True:`" in cards[0].data["text/plain"] or "`pass`" in str(cards[0].data)
        errors = [out for out in cell.outputs if out.output_type == "error"]
        assert all(len(error.traceback) <= 1 for error in errors)
