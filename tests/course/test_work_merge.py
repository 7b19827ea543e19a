"""A lesson that changed meets a notebook that a student has worked in."""

from typing import Any

import nbformat
from hypothesis import given, settings
from hypothesis import strategies as st

from course.student.merge import is_locked, merge

Cell = dict[str, Any]
Notebook = dict[str, Any]

ROLES: dict[str, dict[str, Any]] = {
    "prose": {},
    "example": {},
    "answer": {"solution": True, "grade": False, "locked": False},
    "check": {"solution": False, "grade": True, "locked": True, "points": 2},
    "fixed": {"solution": False, "grade": False, "locked": True},
}


def cell(name: str, source: str, role: str = "prose", outputs: list[Any] | None = None) -> Cell:
    metadata: dict[str, Any] = {}
    if ROLES[role]:
        metadata["nbgrader"] = {**ROLES[role], "grade_id": name, "schema_version": 3}
    made = {"id": name, "cell_type": "markdown", "metadata": metadata, "source": source}
    if role != "prose":
        made.update(cell_type="code", outputs=outputs or [], execution_count=None)
    return made


def notebook(*cells: Cell) -> Notebook:
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)}


def texts(merged: Notebook) -> list[str]:
    return [cell["source"] for cell in merged["cells"]]


names = st.sampled_from([f"cell-{letter}" for letter in "abcdefgh"])
words = st.text(alphabet="xyz \n", max_size=4)


@st.composite
def lessons(draw: st.DrawFn) -> Notebook:
    chosen = draw(st.lists(names, unique=True))
    return notebook(
        *(cell(name, draw(words), draw(st.sampled_from(sorted(ROLES)))) for name in chosen)
    )


@st.composite
def worked_in(draw: st.DrawFn, lesson: Notebook) -> Notebook:
    """What a student might make of a lesson: run, edit, delete, move, copy, add; ids get lost."""
    cells = [dict(one) for one in lesson["cells"]]
    for number, one in enumerate(cells):
        if draw(st.booleans()):
            one["source"] = f"mine {number} {draw(words)}"
        if one["cell_type"] == "code" and draw(st.booleans()):
            one["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "ran"}]
    for number in range(draw(st.integers(0, 3))):
        added = cell(f"added-{number}", f"added {number} {draw(words)}", "example")
        cells.insert(draw(st.integers(0, len(cells))), {**added, "metadata": {}})
    if cells and draw(st.booleans()):
        cells.append(dict(draw(st.sampled_from(cells))))
    if draw(st.booleans()):
        cells = draw(st.permutations(cells))
    if cells and draw(st.booleans()):
        del cells[draw(st.integers(0, len(cells) - 1))]
    if draw(st.booleans()):
        cells = [{key: one[key] for key in one if key != "id"} for one in cells]
    return notebook(*cells)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Notebook, Notebook, Notebook]:
    base = draw(lessons())
    return base, draw(worked_in(base)), draw(lessons())


@settings(max_examples=400)
@given(histories())
def test_nothing_that_a_student_wrote_in_an_open_cell_is_lost(
    history: tuple[Notebook, Notebook, Notebook],
) -> None:
    base, mine, new = history
    theirs = {one["source"] for one in base["cells"]}
    merged = texts(merge(base, mine, new))
    for one in mine["cells"]:
        if one["source"] not in theirs and not is_locked(one):
            assert one["source"] in merged


@given(histories())
def test_merging_twice_is_merging_once(history: tuple[Notebook, Notebook, Notebook]) -> None:
    base, mine, new = history
    once = merge(base, mine, new)
    assert merge(new, once, new) == once
    assert merge(base, once, new) == once


@given(lessons(), lessons())
def test_a_copy_that_nobody_touched_becomes_the_new_release(base: Notebook, new: Notebook) -> None:
    assert merge(base, base, new) == new


@given(histories())
def test_every_check_is_there_once_as_released_and_the_ids_stay_apart(
    history: tuple[Notebook, Notebook, Notebook],
) -> None:
    base, mine, new = history
    merged = merge(base, mine, new)
    ids = [one["id"] for one in merged["cells"]]
    assert len(ids) == len(set(ids))
    graded = [one for one in merged["cells"] if "nbgrader" in one["metadata"]]
    expected = [one for one in new["cells"] if "nbgrader" in one["metadata"]]
    assert [one["metadata"] for one in graded] == [one["metadata"] for one in expected]
    locked = [one["source"] for one in graded if is_locked(one)]
    assert locked == [one["source"] for one in expected if is_locked(one)]


@given(histories())
def test_what_comes_of_a_merge_is_a_valid_notebook(
    history: tuple[Notebook, Notebook, Notebook],
) -> None:
    nbformat.validate(nbformat.from_dict(merge(*history)))


def test_an_edited_answer_keeps_its_text_and_takes_the_new_marks() -> None:
    base = notebook(cell("timing", "raise NotImplementedError", "answer"))
    mine = notebook(cell("timing", "return 42", "answer"))
    new = notebook(cell("timing", "raise NotImplementedError  # try", "answer"))
    new["cells"][0]["metadata"]["tags"] = ["raises-exception"]
    (merged,) = merge(base, mine, new)["cells"]
    assert merged["source"] == "return 42"
    assert merged["metadata"] == new["cells"][0]["metadata"]


def test_new_cells_come_in_where_they_belong_and_the_students_stay_where_they_were() -> None:
    base = notebook(cell("a", "A"), cell("b", "B"), cell("c", "C"))
    mine = notebook(cell("top", "note"), cell("a", "A"), cell("own", "try"), *base["cells"][1:])
    new = notebook(cell("a", "A2"), cell("fresh", "F"), cell("b", "B"), cell("last", "L"))
    assert texts(merge(base, mine, new)) == ["note", "A2", "try", "F", "B", "L"]


def test_what_the_student_threw_away_stays_away_until_it_says_something_new() -> None:
    base = notebook(cell("a", "A"), cell("b", "B"), cell("check", "assert", "check"))
    assert texts(merge(base, notebook(), base)) == ["assert"]
    new = notebook(cell("a", "A"), cell("b", "B2"), base["cells"][2])
    assert texts(merge(base, notebook(), new)) == ["B2", "assert"]


def test_what_a_cell_showed_stays_as_long_as_its_text_does() -> None:
    shown = [{"output_type": "stream", "name": "stdout", "text": "403"}]
    base = notebook(cell("a", "print(403)", "example"), cell("b", "print(1)", "example"))
    mine = notebook(*(cell(one["id"], one["source"], "example", shown) for one in base["cells"]))
    new = notebook(cell("a", "print(403)", "example"), cell("b", "print(2)", "example"))
    assert [one["outputs"] for one in merge(base, mine, new)["cells"]] == [shown, []]


def test_an_open_cell_that_becomes_locked_leaves_the_students_text_below_it() -> None:
    base = notebook(cell("a", "example", "example"))
    mine = notebook(cell("a", "my own try", "example"))
    new = notebook(cell("a", "assert", "fixed"))
    assert texts(merge(base, mine, new)) == ["assert", "my own try"]


def test_an_answer_is_found_by_its_grade_id_when_an_editor_has_lost_the_cell_ids() -> None:
    base = notebook(cell("intro", "Hello"), cell("timing", "raise", "answer"))
    mine = notebook(*({**one, "id": "lost"} for one in base["cells"]))
    mine["cells"][1]["source"] = "return 42"
    del mine["cells"][1]["id"]
    new = notebook(cell("intro", "Hello!"), cell("timing", "raise", "answer"))
    merged = merge(base, mine, new)
    assert [one["id"] for one in merged["cells"] if one["source"] == "return 42"] == ["timing"]
