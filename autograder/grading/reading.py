"""What a student handed in, read as a notebook: valid nbformat 4, without outputs, or not at all.

As nbgrader reads it: lines are joined, transient entries dropped, cells without an id or with
somebody else's given one, outputs cleared. The schemas are nbformat's own files; nbformat itself is
imported for notebooks of old formats only, since its import takes longer than grading a class.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fastjsonschema

Notebook = dict[str, Any]
Cell = dict[str, Any]

NEWEST_MINOR = 5
"""The newest nbformat 4 that has a schema."""

SURROGATE = re.compile("[\ud800-\udfff]")
ESCAPED = re.compile(rb"\\u[dD][89a-fA-F]|\xed[\xa0-\xbf]")
"""Where there may be one in a file: escaped as JSON does, or as bytes that are not quite UTF-8."""
JSON_LIKE = re.compile(r"application/.*\+json")


class Damaged(Exception):
    """A submission that is no notebook, in one sentence."""


def read(submitted: bytes) -> Notebook:
    """The notebook in those bytes, ready to be restored; raises Damaged where there is none."""
    notebook = _newest(_parsed(submitted))
    cells, metadata = notebook.get("cells"), notebook.get("metadata")
    if not isinstance(cells, list) or not isinstance(metadata, dict):
        raise Damaged("it is JSON but not a notebook: it has no list of cells, or no metadata")
    for transient in ("orig_nbformat", "orig_nbformat_minor", "signature"):
        metadata.pop(transient, None)
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
            raise Damaged(f"its cell {number} is no cell, or has no metadata")
        _tidy(cell)
    if notebook["nbformat_minor"] >= NEWEST_MINOR:
        _identify(cells)
    return notebook


def check(notebook: Notebook) -> None:
    """Raise Damaged unless this is what nbformat calls a valid notebook."""
    minor = min(notebook["nbformat_minor"], NEWEST_MINOR)
    whole = {**notebook, "cells": []}
    try:
        _schema(minor, "")({**whole, "nbformat_minor": minor})
        where = ""
        for number, cell in enumerate(notebook["cells"], 1):
            where = f"in its cell {number}, "
            kind = cell.get("cell_type")
            if kind not in ("code", "markdown", "raw"):
                raise Damaged(f"its cell {number} is of no known type")
            _schema(minor, kind)(cell)
    except fastjsonschema.JsonSchemaValueException as error:
        # It names what it was given "data", and may quote all of it.
        said = str(error.message).removeprefix("data.").removeprefix("data ")[:200]
        raise Damaged(f"it is not a valid notebook: {where}{said}") from None


def _parsed(submitted: bytes) -> Notebook:
    try:
        notebook = json.loads(submitted)
    except json.JSONDecodeError as error:
        raise Damaged(f"it is not JSON: {error.msg} in line {error.lineno}") from None
    except UnicodeDecodeError:
        raise Damaged("it is not text in UTF-8") from None
    except ValueError:  # a number with more digits than Python reads
        raise Damaged("it is not JSON that can be read") from None
    if ESCAPED.search(submitted):
        notebook = _without_surrogates(notebook)
    if not isinstance(notebook, dict):
        raise Damaged("it is JSON but not a notebook")
    return notebook


def _without_surrogates(value: Any) -> Any:
    """The value with halves of characters, which no file can hold, replaced."""
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        clean = _without_surrogates
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def _newest(notebook: Notebook) -> Notebook:
    """The notebook as nbformat 4; what an older format had, nbformat knows how to carry over."""
    major, minor = notebook.get("nbformat", 1), notebook.get("nbformat_minor", 0)
    if type(major) is not int or type(minor) is not int or not 1 <= major <= 4 or minor < 0:
        raise Damaged(f"its format is unknown: nbformat {major!r}, minor {minor!r}"[:200])
    notebook["nbformat_minor"] = minor
    if major == 4:
        return notebook
    import nbformat

    try:
        converted = nbformat.convert(nbformat.reader.reads(json.dumps(notebook)), 4)
        plain: Notebook = json.loads(json.dumps(converted))
    except Exception as error:  # noqa: BLE001  damaged ones fail in every possible way
        raise Damaged(
            f"it is of an old format, nbformat {major}, and cannot be converted: {error!s:.100}"
        ) from None
    for cell in plain["cells"]:
        cell.pop("id", None)  # nbformat's are chance; a submission's result must not be
    return plain


def _tidy(cell: Cell) -> None:
    """Join what was split into lines; drop what is not kept; clear the outputs."""
    cell["metadata"].pop("trusted", None)
    if "source" in cell:
        cell["source"] = _joined(cell["source"])
    attachments = cell.get("attachments")
    for bundle in attachments.values() if isinstance(attachments, dict) else ():
        for kind in bundle if isinstance(bundle, dict) else ():
            if kind != "application/json" and not JSON_LIKE.fullmatch(kind):
                bundle[kind] = _joined(bundle[kind])
    if cell.get("cell_type") == "code":
        cell["outputs"], cell["execution_count"] = [], None
        for field in ("collapsed", "scrolled"):
            cell["metadata"].pop(field, None)


def _joined(lines: Any) -> Any:
    try:
        return "".join(lines) if isinstance(lines, list) else lines
    except TypeError:  # not all of them are text: what is wrong is said later
        return lines


def _identify(cells: list[Cell]) -> None:
    """Give an id to a cell that has none, or one that stands before it already."""
    taken = {cell["id"] for cell in cells if isinstance(cell.get("id"), str)}
    seen: set[str] = set()
    for number, cell in enumerate(cells, 1):
        own = cell.get("id", "")
        if not isinstance(own, str):
            raise Damaged(f"its cell {number} has an id that is no text")
        if "id" not in cell or own in seen:
            own = f"cell-{number}"
            while own in taken:
                own += "-"
            cell["id"] = own
            taken.add(own)
        seen.add(own)


@functools.cache
def _schema(minor: int, kind: str) -> Callable[[Any], Any]:
    """nbformat's schema of a kind of cell, or of all that is round the cells.

    One kind at a time, because its whole schema tries every kind on every cell.
    """
    folder = folder_of("nbformat") / "v4"
    schema = _relaxed(json.loads((folder / f"nbformat.v4.{minor}.schema.json").read_bytes()))
    if kind:
        schema = {key: schema[key] for key in ("$schema", "definitions")}
        schema["$ref"] = f"#/definitions/{kind}_cell"
    compiled: Callable[[Any], Any] = fastjsonschema.compile(schema, use_default=False)
    return compiled


def _relaxed(schema: Any) -> Any:
    """The schema without its ban on what it does not know, as nbconvert relaxes it."""
    if isinstance(schema, list):
        return [_relaxed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: True if key == "additionalProperties" else _relaxed(value)
        for key, value in schema.items()
    }


def folder_of(package: str) -> Path:
    """Where a package is, without importing it."""
    spec = importlib.util.find_spec(package)
    assert spec is not None, package
    assert spec.submodule_search_locations is not None, package
    return Path(spec.submodule_search_locations[0])
