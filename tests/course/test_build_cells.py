"""What each part of a lesson is built into."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograder
from autograder.names import free_names
from autograder.seal import unseal
from course.compiler import check_cell, dump, released, solved, with_answers
from course.lesson import Check, Lesson, read
from course.source import python
from tests.course.lesson_samples import SAMPLE, write


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    """The sample lesson."""
    return read(write(tmp_path))


def cell(notebook: Any, name: str) -> Any:
    return next(cell for cell in notebook.cells if cell.id == name)


def test_cells_stand_in_the_order_of_the_file_and_are_named_by_slug_role_and_name(
    lesson: Lesson,
) -> None:
    ids = [cell.id for cell in solved(lesson).cells]
    assert ids[0] == "title"
    assert ids[4:] == [
        "which-one-question",
        "which-one",
        "which-one-check",
        "wall",
        "wall-hint-1",
        "wall-check",
        "wall-check-edges",
    ]


def test_ids_of_other_cells_come_from_their_text_alone(tmp_path: Path) -> None:
    twice = SAMPLE.replace("# %% raises=true", "# %% [markdown]\n# Again.\n\n" * 3 + "# %%")
    before = [c.id for c in solved(read(write(tmp_path, twice))).cells]
    moved = "# %% [markdown]\n# First.\n\n# %% [markdown]\n# Prose"
    after = [
        c.id
        for c in solved(
            read(write(tmp_path, twice.replace("# %% [markdown]\n# Prose", moved)))
        ).cells
    ]
    assert [name for name in after if name in before] == before
    again = [name for name in before if name.endswith(("-2", "-3"))]
    assert [name.partition("-")[0] for name in again] == [before[3]] * 2


FOLD = '<summary style="display:list-item;cursor:pointer">'


def test_a_check_imports_what_it_uses_and_stands_in_one_block(lesson: Lesson) -> None:
    assert (
        cell(solved(lesson), "wall-check").source
        == '''\
import autograder


@autograder.check("wall", points=2, hidden=True)
def _check():
    from autograder import fresh, onion
    from minidjango.http import HttpResponse

    def view(request):
        return HttpResponse("""
unindented
""")


    app = onion(Wall, view=view)
    app.get("/")
    ### BEGIN HIDDEN TESTS
    autograder.hidden()
    app.get(fresh("/hidden/{}/"))
    ### END HIDDEN TESTS'''
    )


def test_a_second_check_says_its_name(lesson: Lesson) -> None:
    assert cell(solved(lesson), "wall-check-edges").source == (
        "import autograder\n\n\n"
        '@autograder.check("wall", "edges", points=1)\n'
        "def _check():\n    from autograder import onion\n\n"
        '    app = onion(Wall)\n    app.get("/edge/")'
    )


def test_a_check_that_waits_says_for_which(tmp_path: Path) -> None:
    waits = SAMPLE.replace('name="edges"', 'name="edges" needs="wall"')
    source = cell(solved(read(write(tmp_path, waits))), "wall-check-edges").source
    assert '@autograder.check("wall", "edges", points=1, needs="wall")\n' in source


def test_a_question_is_shown_without_key_or_reasons(lesson: Lesson) -> None:
    notebook = solved(lesson)
    asked = "Which one?\n\n- **a.** this\n- **b.** that"
    assert cell(notebook, "which-one-question").source == asked
    answer = cell(notebook, "which-one").source
    space: dict[str, Any] = {}
    exec(answer, space)
    assert space["which_one"]() == "b"


def test_a_quiz_check_carries_key_and_reasons_sealed(lesson: Lesson) -> None:
    tree = ast.parse(cell(solved(lesson), "which-one-check").source)
    (sealed,) = [
        node.args[1].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and len(node.args) == 2
        and isinstance(node.args[1], ast.Constant)
    ]
    reasons = {"a": "Not this.", "b": "That, because it is."}
    assert unseal(sealed) == ("b", reasons, {"a": "inside-out"})


def test_a_hint_is_folded_and_counted(lesson: Lesson) -> None:
    assert cell(solved(lesson), "wall-hint-1").source == (
        f"<details>{FOLD}Hint 1 of 1: Where to look</summary>\n\nIn the `return`.\n\n</details>"
    )


def test_markup_in_the_title_of_a_hint_is_html(tmp_path: Path) -> None:
    text = SAMPLE.replace("# Where to look", "# What `a < b` & c say")
    source = cell(solved(read(write(tmp_path, text))), "wall-hint-1").source
    assert "Hint 1 of 1: What <code>a &lt; b</code> &amp; c say</summary>" in source


def test_a_notebook_runs_on_after_answers_checks_and_examples_meant_to_fail(
    lesson: Lesson,
) -> None:
    tagged = [c for c in solved(lesson).cells if c.metadata.get("tags") == ["raises-exception"]]
    names = [c.id for c in tagged if "nbgrader" in c.metadata]
    assert names == ["which-one", "which-one-check", "wall", "wall-check", "wall-check-edges"]
    assert [c.source for c in tagged if "nbgrader" not in c.metadata] == ["1 / 0"]


def test_magics_and_commands_that_are_commented_out_come_alive_in_examples_alone(
    tmp_path: Path,
) -> None:
    text = SAMPLE.replace("1 / 0", "# %timeit 1\n# !ls\n# why?\n# rm it\n1 / 0")
    text = text.replace("        marker =", "        # why?\n        # %time\n        marker =")
    lesson = read(write(tmp_path, text))
    notebook = solved(lesson)
    assert any(c.source == "%timeit 1\n!ls\n# why?\n# rm it\n1 / 0" for c in notebook.cells)
    assert "# why?\n        # %time\n" in cell(notebook, "wall").source


def test_the_title_cell_says_what_the_front_matter_says(lesson: Lesson) -> None:
    source = solved(lesson).cells[0].source
    assert source.startswith("# 01 · A sample\n\nIt is small.\n")
    for said in ("- see one of each", "- nothing", "about 5 minutes", "4 points", "- the rest"):
        assert said in source


def test_a_needed_lesson_is_linked(tmp_path: Path) -> None:
    write(tmp_path, name="00_before_it")
    lesson = read(write(tmp_path, SAMPLE.replace("#   - nothing", "#   - 00_before_it")))
    link = "- [00 · Before it](../00_before_it/00_before_it.ipynb)"
    assert link in solved(lesson).cells[0].source


def test_answers_take_the_place_of_answer_cells_in_a_copy(lesson: Lesson) -> None:
    notebook = solved(lesson)
    before = dump(notebook)
    answered = with_answers(notebook, {"wall": "Wall = None", "which-one": "which_one = None"})
    assert cell(answered, "wall").source == "Wall = None"
    assert cell(answered, "which-one").source == "which_one = None"
    assert dump(notebook) == before
    with pytest.raises(KeyError, match="no answer cell `wall-check`: this notebook has"):
        with_answers(notebook, {"wall-check": "pass"})


def test_releasing_leaves_the_solved_notebook_alone(lesson: Lesson) -> None:
    notebook = solved(lesson)
    before = dump(notebook)
    assert dump(released(notebook)) != before
    assert dump(notebook) == before


def test_a_lesson_knows_its_answers_with_their_lines(lesson: Lesson) -> None:
    (exercise,) = lesson.exercises
    assert [check.name for check in exercise.checks] == ["", "edges"]
    assert [(right.source, right.line) for right in exercise.rights] == [
        ("def Wall(get_response):\n    return get_response", 70)
    ]
    assert [(wrong.misconception, wrong.line) for wrong in exercise.wrongs] == [
        ("forgot-return", 75)
    ]
    assert "SOLUTION" not in exercise.solution
    assert 'marker = "sesame"' in exercise.solution
    assert exercise.stub.endswith("# YOUR CODE HERE\n        raise NotImplementedError()")


STATEMENTS = st.sampled_from(
    [
        'text = """\n  two\nlines\n"""',
        "f = f'''\n{1 +\n 2}\n  x'''",
        "r = rb'''\n\\n\n'''",
        "s = 'a\\\n  b'",
        "total = 1 + \\\n  2",
        "def g():\n    '''Doc.\n\n    More.\n    '''\n    return [\n1,\n    ]",
        "for n in range(2):\n    if n:\n        t = '''\n'''\n    # note",
        "if True:\n    import os\nelse:\n    pass",
        "# a comment alone\npass",
    ]
)
IMPORTS = st.sampled_from(["import os", "from a import (\n    b,\n    c,\n)", "# why\nimport sys"])


@given(st.lists(IMPORTS, max_size=3), st.lists(STATEMENTS, min_size=1, max_size=6), st.booleans())
def test_a_built_check_means_what_was_written(
    imports: list[str], statements: list[str], spaced: bool
) -> None:
    source = ("\n\n" if spaced else "\n").join([*imports, *statements])
    tree = ast.parse(check_cell.built(Check("slug", "", 1, source, 1, 2)))
    written = ast.parse(source).body
    only_import, block = tree.body
    assert ast.unparse(only_import) == "import autograder"
    assert isinstance(block, ast.FunctionDef)
    own = len(block.body) - len(written)
    assert [ast.dump(node) for node in block.body[own:]] == [ast.dump(node) for node in written]
    used = set(free_names(source)) & set(autograder.__all__)
    assert [ast.unparse(node) for node in block.body[:own]] == check_cell.imported(used)


@given(st.lists(STATEMENTS, min_size=1, max_size=6))
def test_one_step_in_changes_no_string(statements: list[str]) -> None:
    source = "\n".join(statements)
    inside = ast.parse(f"if True:\n{python.indented(source)}").body[0]
    assert isinstance(inside, ast.If)
    assert ast.dump(ast.Module(inside.body, [])) == ast.dump(ast.parse(source))


@given(
    st.lists(
        st.text(st.sampled_from("ab \"'#%`-[]{}\\é⟶.:"), min_size=1).map(str.rstrip), min_size=1
    )
)
def test_prose_arrives_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    prose = "\n".join(lines).strip("\n")
    marker = any(line.strip().startswith("%%") for line in lines)
    if not prose.strip() or marker or "```" in prose:
        return
    commented = "\n".join(f"# {line}".rstrip() for line in prose.split("\n"))
    text = SAMPLE.replace('# Prose, with "quotes", it\'s here.', commented)
    cells = solved(read(write(tmp_path_factory.mktemp("prose"), text))).cells
    assert cells[1].source == prose


def test_the_names_that_a_check_may_use_are_those_of_the_checking_api() -> None:
    assert {"check", "fresh", "onion", "quiz"} <= set(autograder.__all__)
