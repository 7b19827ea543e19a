"""What is built, held against nbgrader itself."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import ClearSolutions

from course.lesson import all_lessons, read
from course.shelves import Shelves
from course.source import markers
from tests.course.lesson_samples import NAME, SAMPLE, notebook, run_build, write

OWN = all_lessons(Shelves.of_the_course().lessons)


def lesson_text(path: Path | None) -> str:
    return SAMPLE if path is None else path.read_text(encoding="utf-8")


@pytest.fixture(params=[None, *OWN], ids=lambda path: path.stem if path else NAME)
def built(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A directory in which a lesson has been built, and the lesson's name."""
    name = request.param.stem if request.param else NAME
    write(tmp_path, lesson_text(request.param), name)
    assert run_build(tmp_path) == 0
    return tmp_path, name


def test_both_notebooks_are_valid_for_jupyter_and_for_nbgrader(built: tuple[Path, str]) -> None:
    for shelf in ("solutions", "notebooks"):
        made = nbformat.read(notebook(built[0], shelf, built[1]), as_version=nbformat.NO_CONVERT)
        nbformat.validate(made)
        MetadataValidator().validate_nb(made)
        ids = [cell.id for cell in made.cells]
        assert len(set(ids)) == len(ids)


def test_graded_points_are_those_of_the_front_matter(built: tuple[Path, str]) -> None:
    root, name = built
    made = nbformat.read(notebook(root, "notebooks", name), as_version=nbformat.NO_CONVERT)
    graded = [cell.metadata.get("nbgrader", {}) for cell in made.cells]
    points = [meta["points"] for meta in graded if meta.get("grade")]
    assert sum(points) == read(root / "lessons" / f"{name}.py").points


# The course's own lessons are searched for what is secret by `verify`.
@pytest.mark.parametrize("built", [None], ids=[NAME], indirect=True)
def test_a_student_gets_no_solution_no_hidden_part_no_bank_and_no_key(
    built: tuple[Path, str],
) -> None:
    root, name = built
    lesson = read(root / "lessons" / f"{name}.py")
    made = nbformat.read(notebook(root, "notebooks", name), as_version=nbformat.NO_CONVERT)
    shipped = {line.strip() for cell in made.cells for line in cell.source.split("\n")}
    everything = "\n".join(cell.source for cell in made.cells)
    secrets = set()
    for exercise in lesson.exercises:
        given_away = set(map(str.strip, exercise.stub.split("\n")))
        secrets |= set(map(str.strip, exercise.solution.split("\n"))) - given_away
        for check in exercise.checks:
            lines = check.source.split("\n")
            secrets |= {lines[n - 1].strip() for n in markers.hidden_lines(check.source)}
    reasons = [option.reason for quiz in lesson.quizzes for option in quiz.options]

    assert secrets - {""}, "the lesson has something to hide"
    assert not (secrets - {""}) & shipped
    assert not [reason for reason in reasons if reason in everything]
    assert not [word for word in ("BEGIN", "END HIDDEN", "[x]") if word in everything]


def test_the_solved_notebook_keeps_markers_and_hidden_parts(built: tuple[Path, str]) -> None:
    text = notebook(built[0], "solutions", built[1]).read_text(encoding="utf-8")
    for marker in (*markers.SOLUTION, *markers.HIDDEN):
        assert marker in text


LINES = st.sampled_from(
    ["x = 1", "    y = 2", "", "# note", "    ### BEGIN SOLUTION", "    ### END SOLUTION"]
)


@given(st.lists(LINES, max_size=12))
def test_a_stub_is_what_nbgrader_makes_of_a_solution(lines: list[str]) -> None:
    opened = False
    for line in lines:  # only what the compiler lets through: begin and end in turn
        if "SOLUTION" in line:
            if ("BEGIN" in line) == opened:
                return
            opened = not opened
    if opened or not any("BEGIN" in line for line in lines):
        return
    source = "\n".join(lines)
    cell = new_code_cell(source, metadata={"nbgrader": {"solution": True}})
    cell, _ = ClearSolutions().preprocess_cell(cell, {"language": "python"}, 0)
    assert "\n".join(text for _, text in markers.clear(source)) == cell.source
