"""The notebook that a student gets: what nbgrader's `generate_assignment` makes of a solved one."""

from __future__ import annotations

import copy
from typing import Any

from nbformat import NotebookNode


def released(notebook: NotebookNode) -> NotebookNode:
    """A solved notebook without solutions and hidden parts, its cells locked and summed.

    nbgrader's own preprocessors do it, all that its `GenerateAssignment` lists and in that order.
    Only SaveCells is left out, which writes to the gradebook and changes no cell.
    """
    resources: dict[str, Any] = {}
    made = copy.deepcopy(notebook)
    for preprocessor in _preprocessors():
        made, resources = preprocessor()(made, resources)
    return made


def _preprocessors() -> list[Any]:
    # nbgrader takes two seconds to import: not for those who only read a lesson.
    from nbgrader.converters import GenerateAssignment
    from nbgrader.preprocessors import SaveCells

    listed = GenerateAssignment.preprocessors.default()
    return [preprocessor for preprocessor in listed if preprocessor is not SaveCells]
