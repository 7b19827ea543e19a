"""Whoever is hostile in a class costs the others no mark, and earns none."""

from __future__ import annotations

import copy
import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from autograder.__main__ import main
from tests.autograder.answers import CHECK, RIGHT
from tests.autograder.grading import nbgrader_samples as samples
from tests.autograder.zygotes import a_zygote
from tests.hostile.damage import DAMAGES
from tests.hostile.drawn import COUNT, SEED, WRONG, drawn


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with one exercise, released by nbgrader, and three honest students."""
    with a_zygote():
        pass  # nothing is judged without one
    folder = tmp_path_factory.mktemp("class")
    master = {**samples.source_notebook(), "cells": _cells()}
    samples.write(folder / "source" / samples.ASSIGNMENT / f"{samples.NOTEBOOK}.ipynb", master)
    samples.run_nbgrader("GenerateAssignment", folder)
    for student, answer in (("ada", RIGHT), ("mia", WRONG), ("zoe", RIGHT)):
        samples.hand_in(folder, student, samples.answered(folder, block_list=answer))
    return folder


def _cells() -> list[dict[str, Any]]:
    answer = f"### BEGIN SOLUTION\n{RIGHT}\n### END SOLUTION"
    return [
        samples.cell("code", answer, "block-list", solution=True) | {"id": "answer"},
        samples.cell("code", CHECK, "check", points=2, grade=True, locked=True) | {"id": "check"},
    ]


def _grade(course: Path) -> tuple[int, dict[str, float | None]]:
    """Grade it; the exit status, and who has how many points."""
    status = main(["grade", samples.ASSIGNMENT, "--course", str(course), "--timeout", "2"])
    return status, {grade[0]: grade[3] for grade in samples.rows(course)["grades"]}


def test_the_hostile_cost_nobody_a_mark_and_earn_none(course: Path, tmp_path: Path) -> None:
    print(f"HOSTILE_SEED={SEED}")
    alone, many = (Path(shutil.copytree(course, tmp_path / name)) for name in ("alone", "many"))
    marks = {"ada": 2.0, "mia": 0.0, "zoe": 2.0}
    assert _grade(alone) == (0, marks)
    for name, source in drawn().items():
        samples.hand_in(many, name, samples.answered(many, block_list=source))
    assert _grade(many) == (0, marks | dict.fromkeys(drawn(), 0.0))
    rows, honest = samples.rows(many), samples.rows(alone)
    for table in ("grades", "comments", "notebooks"):
        assert [row for row in rows[table] if row[0] in marks] == honest[table]


def test_the_damaged_have_marks_or_a_sentence_and_the_run_goes_on(
    course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print(f"HOSTILE_SEED={SEED}")
    folder = Path(shutil.copytree(course, tmp_path / "course"))
    whole = samples.answered(folder, block_list=RIGHT)
    for number in range(COUNT):
        chance = random.Random(f"{SEED} {number}")
        damaged = chance.choice(DAMAGES)(copy.deepcopy(whole), chance)
        samples.hand_in(folder, f"d{number}", damaged)
    status = main(
        [
            "grade",
            samples.ASSIGNMENT,
            "--course",
            str(folder),
            "--timeout",
            "2",
            "--json",
            str(tmp_path / "said"),
        ]
    )
    said = json.loads((tmp_path / "said").read_text())
    graded = {row[0] for row in samples.rows(folder)["grades"]}
    sentences = {trouble["student"]: trouble["sentence"] for trouble in said["troubles"]}
    assert status == (1 if sentences else 0)
    handed_in = {path.name for path in (folder / "submitted").iterdir()}
    assert graded | set(sentences) == handed_in
    assert all(sentence and "\n" not in sentence for sentence in sentences.values())
    assert "Traceback" not in capsys.readouterr().err
