"""What was handed in, restored: as nbgrader does it, and on where nbgrader gives up."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.grading.gradebook import Gradebook
from autograder.grading.master import Master
from autograder.grading.restoring import Damaged, restore
from tests.autograder.grading import damage
from tests.autograder.grading import nbgrader_samples as samples

Notebook = dict[str, Any]
SEEDS = 40


@pytest.fixture(scope="module")
def course(plain_course: Path) -> Path:
    return plain_course


@pytest.fixture(scope="module")
def master(course: Path) -> Master:
    return Gradebook(f"sqlite:///{course / 'gradebook.db'}").masters("ps1")[samples.NOTEBOOK]


@pytest.fixture
def stock(course: Path, tmp_path: Path) -> Iterator[Callable[[bytes], Notebook]]:
    """nbgrader's own preprocessors, up to where it would run the notebook."""
    from nbconvert.exporters import NotebookExporter
    from nbgrader.converters import Autograde
    from traitlets.config import Config

    config = Config({"Exporter": {"default_preprocessors": []}})
    names = {"student": "ada", "assignment": "ps1", "notebook": samples.NOTEBOOK}
    url = f"sqlite:///{course / 'gradebook.db'}"

    def sanitized(submitted: bytes) -> Notebook:
        exporter = NotebookExporter(config=config)
        for step in Autograde().sanitize_preprocessors:
            exporter.register_preprocessor(step)
        path = tmp_path / "submitted.ipynb"
        path.write_bytes(submitted)
        resources = {"nbgrader": {**names, "db_url": url}}
        text, _ = exporter.from_filename(str(path), resources=resources)
        text.encode()  # it is written to a file next
        found: Notebook = json.loads(text)
        return found

    logging.disable(logging.CRITICAL)
    yield sanitized
    logging.disable(logging.NOTSET)


def plain(notebook: Notebook) -> Notebook:
    """Lines joined, and without ids: those that are made anew are chance in nbformat."""
    copy: Notebook = json.loads(json.dumps(notebook))
    for cell in copy["cells"]:
        cell.pop("id", None)
        cell["source"] = "".join(cell["source"])
    return copy


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_nbgrader_restores_is_restored_alike(
    course: Path, master: Master, stock: Callable[[bytes], Notebook], seed: int
) -> None:
    submitted = damage.damaged(samples.released(course), random.Random(seed))
    try:
        theirs = plain(stock(submitted))
    except Exception:  # noqa: BLE001  it gives up in every possible way
        check_alone(submitted, master)
    else:
        assert plain(restore(submitted, master)) == theirs


def check_alone(submitted: bytes, master: Master) -> None:
    """One sentence, or a notebook in which nothing of the master's is changed."""
    try:
        notebook = restore(submitted, master)
    except Damaged as damaged:
        sentence = str(damaged)
    else:
        check_cells(notebook, master)
        sentence = "restored"
    assert sentence
    assert "\n" not in sentence


def check_cells(notebook: Notebook, master: Master) -> None:
    """A valid notebook, whose cells are the master's wherever they must be."""
    from nbformat import from_dict, validate
    from nbgrader.nbgraderformat import MetadataValidator

    validate(json.loads(json.dumps(notebook)), relax_add_props=True)
    known = {cell.grade_id: cell for cell in master.cells}
    for cell in notebook["cells"]:
        nbgrader = cell["metadata"].get("nbgrader", {})
        if nbgrader.get("grade_id") in known:
            source = known[nbgrader["grade_id"]]
            assert not source.locked or cell["source"] == source.source
            assert not nbgrader["grade"] or nbgrader["points"] == source.points
    MetadataValidator().validate_nb(from_dict(notebook))


def test_a_copied_cell_is_nobodys_and_the_last_one_counts(course: Path, master: Master) -> None:
    notebook = samples.answered(course, square=samples.RIGHT)
    copied = json.loads(json.dumps(notebook["cells"][2]))
    notebook["cells"].insert(0, {**copied, "source": "pass"})
    cells = restore(json.dumps(notebook).encode(), master)["cells"]
    assert "nbgrader" not in cells[0]["metadata"]
    assert cells[3]["source"] == samples.RIGHT
    assert cells[3]["metadata"]["nbgrader"]["grade_id"] == "square"
    assert len({cell["id"] for cell in cells}) == len(cells)


@pytest.mark.parametrize("version", [0, 1, 2, 4])
def test_metadata_of_another_schema_is_the_masters_again(
    course: Path, master: Master, version: int
) -> None:
    notebook = samples.answered(course, square=samples.RIGHT)
    for cell in notebook["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["schema_version"] = version
    restored = restore(json.dumps(notebook).encode(), master)
    upright = restore(json.dumps(samples.answered(course, square=samples.RIGHT)).encode(), master)
    assert restored == upright


def test_a_notebook_of_format_3_is_carried_over(course: Path, master: Master) -> None:
    import nbformat

    new = nbformat.from_dict(samples.answered(course, square=samples.RIGHT))
    old = nbformat.writes(nbformat.convert(new, 3), version=3)
    restored = restore(old.encode(), master)
    assert restored == restore(old.encode(), master), "nothing in it is chance"
    found = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
        for cell in restored["cells"]
        if "nbgrader" in cell["metadata"]
    }
    assert found["square"] == samples.RIGHT
    assert found.keys() == {cell.grade_id for cell in master.cells}


@pytest.mark.parametrize(
    ("submitted", "sentence"),
    [
        (b"", "it is not JSON: Expecting value in line 1"),
        (b"\xff\xfe\x00", "it is not text in UTF-8"),
        (b"[1]", "it is JSON but not a notebook"),
        (b'{"nbformat": 4, "cells": [], "metadata": 1}', "it is JSON but not a notebook: "),
        (b'{"nbformat": 9}', "its format is unknown: nbformat 9, minor 0"),
        (b'{"nbformat": 2}', "it is of an old format, nbformat 2, and cannot be converted"),
        (b"[" * 100_000, "it is nested deeper than any notebook"),
        (b"1" * 10_000, "it is not JSON that can be read"),
    ],
)
def test_what_is_no_notebook_is_given_back_with_a_sentence(
    master: Master, submitted: bytes, sentence: str
) -> None:
    with pytest.raises(Damaged) as raised:
        restore(submitted, master)
    assert str(raised.value).startswith(sentence)


def test_half_a_character_does_not_keep_a_notebook_from_being_written(
    course: Path, master: Master
) -> None:
    notebook = samples.answered(course, square="x = '\ud800'")
    cells = restore(json.dumps(notebook).encode(), master)["cells"]
    assert "\ufffd" in json.dumps(cells, ensure_ascii=False).encode().decode()
