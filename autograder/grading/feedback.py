"""Feedback pages without the checks' source: what a check found, and not how it asks.

nbgrader's `generate_feedback` shows each cell as it was graded, hidden tests included, so that the
first page that goes back gives them away. `nbgrader_config.py` has it ask here first; the
autograded notebook, which instructors read, keeps everything.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.card import MIMETYPE
from autograder.grading.reading import folder_of

Cell = dict[str, Any]

PREPROCESSORS = (
    "nbgrader.preprocessors.GetGrades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    "autograder.grading.feedback.without_sources",
)
"""What `generate_feedback` asks here: what nbgrader asks by itself, and then us."""

TEMPLATES = (
    Path(__file__).with_name("templates"),
    folder_of("nbgrader") / "server_extensions" / "formgrader" / "templates",
)
"""Where the templates of a page are: ours before nbgrader's, which fetches its mathematics."""

BELOW = "# How this is checked is not shown here. What the check found stands below."
ALONE = "# How this is checked is not shown here."
"""What stands in the place of a check's source, where it left a card, and where it did not."""


def without_sources(notebook: Any, resources: Any) -> tuple[Any, Any]:
    """The notebook with each check's source taken out: a preprocessor of nbconvert's.

    Of a check that left a card, the card stays: what else it left says less. A test without one
    keeps what it left, but for the walk through its lines that ends in what it raised.
    """
    for cell in notebook["cells"]:
        if _is_check(cell):
            cell["outputs"] = _told(cell["outputs"])
            cell["source"] = BELOW if any(map(_is_card, cell["outputs"])) else ALONE
    return notebook, resources


def _is_check(cell: Cell) -> bool:
    """Whether this is a cell that nbgrader marks by itself."""
    marks = cell["metadata"].get("nbgrader", {})
    by_itself = bool(marks.get("grade")) and not marks.get("solution")
    return cell["cell_type"] == "code" and by_itself


def _is_card(output: Cell) -> bool:
    return MIMETYPE in output.get("data", {})


def _told(outputs: list[Cell]) -> list[Cell]:
    """The outputs that tell of the answer."""
    if any(map(_is_card, outputs)):
        return [output for output in outputs if output["output_type"] == "display_data"]
    return [_shortened(output) for output in outputs]


def _shortened(output: Cell) -> Cell:
    """An output; an error without its traceback, which quotes the lines that it comes through."""
    if output["output_type"] != "error":
        return output
    said = f"{output['ename']}: {output['evalue']}" if output["evalue"] else output["ename"]
    return type(output)({**output, "traceback": [said]})
