"""Notebook files (nbformat 4), read and written whole: a source is one string in between."""

import json
from pathlib import Path
from typing import Any

from autograder.writing import write_whole
from course.errors import CourseError

Notebook = dict[str, Any]


class NotebookError(CourseError):
    """A file that is not a notebook; says which and why, without a mend."""


def read(path: Path) -> Notebook:
    """Read a notebook file.

    Raises NotebookError if it is not JSON or not shaped like an nbformat 4 notebook, and OSError
    if it cannot be opened.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotebookError(f"{path} is not a notebook: it is not JSON ({error})") from error
    fault = misshapen(notebook)
    if fault:
        raise NotebookError(f"{path} is not a notebook of nbformat 4: {fault}")
    for cell in notebook["cells"]:
        cell.setdefault("metadata", {})
        if isinstance(cell["source"], list):
            cell["source"] = "".join(cell["source"])
    return notebook  # type: ignore[no-any-return]


def misshapen(notebook: object) -> str:
    """Say what is wrong with the shape of a would-be notebook, or return ""."""
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        return 'it has no "nbformat": 4'
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        return "it has no list of cells"
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
            return f"cell {number} has no known cell_type"
        if not isinstance(cell.get("metadata", {}), dict):
            return f"cell {number} has strange metadata"
        if not isinstance(cell.get("id", ""), str):
            return f"cell {number} has a strange id"
        source = cell.get("source")
        lines = source if isinstance(source, list) else [source]
        if not all(isinstance(line, str) for line in lines):
            return f"cell {number} has no source"
    return ""


def write(path: Path, notebook: Notebook) -> None:
    """Write a notebook file whole or not at all, in nbformat's own layout."""
    write_bytes(path, as_bytes(notebook))


def as_bytes(notebook: Notebook) -> bytes:
    """Return a notebook as its file has it, in nbformat's own layout."""
    cells = [{**cell, "source": cell["source"].splitlines(True)} for cell in notebook["cells"]]
    layout = json.dumps({**notebook, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True)
    # Half a surrogate pair is no UTF-8; backslashreplace makes JSON's own escape of it.
    return (layout + "\n").encode("utf-8", "backslashreplace")


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, making the folders that it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
