"""The solved notebook of a lesson: nbgrader's source, with solutions, hidden parts and markers."""

from __future__ import annotations

import copy
from collections.abc import Mapping

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from course.compiler.cells import cells_of, is_answer
from course.compiler.title import title
from course.source import ids
from course.source.parts import Hint, Lesson

_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def solved(lesson: Lesson, exam: bool = False) -> NotebookNode:
    """The notebook of a lesson with everything in it but the bank; the same each time.

    For an `exam` the hints are left out, and the checks tell no mistake's name.
    """
    cells = [new_markdown_cell(title(lesson), id=ids.TITLE)]
    for part in lesson.cells:
        if not (exam and isinstance(part, Hint)):
            cells += cells_of(part, lesson, exam)
    for cell, name in zip(cells, ids.numbered([cell.id for cell in cells]), strict=True):
        cell["id"] = name
    notebook = new_notebook(cells=cells, metadata=copy.deepcopy(_METADATA))
    nbformat.validate(notebook)
    return notebook


def with_answers(notebook: NotebookNode, answers: Mapping[str, str]) -> NotebookNode:
    """A copy of a notebook in which the answer cells of these slugs hold these sources.

    Raises KeyError for a slug that has no answer cell.
    """
    answered = copy.deepcopy(notebook)
    cells = {cell.id: cell for cell in answered.cells if is_answer(cell)}
    for slug, source in answers.items():
        if ids.answer(slug) not in cells:
            raise KeyError(f"no answer cell `{slug}`: this notebook has {', '.join(cells)}")
        cells[ids.answer(slug)]["source"] = source
    return answered


def dump(notebook: NotebookNode) -> str:
    """A notebook as the text of its file, as nbconvert writes it."""
    text = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    return text if text.endswith("\n") else f"{text}\n"
