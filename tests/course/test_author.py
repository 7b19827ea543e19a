"""The author's way: from a scaffold to a lesson that verifies, and the page that teaches it.

The class that is graded on the same lesson is that of `test_demo`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.hosts import LocalHost
from autograder.judge import judge
from course import build
from course.cli import VERBS, main
from course.compiler import solved
from course.lesson import read
from course.proof.bank import rows
from course.proof.columns import APART
from course.proof.forgers import forgers
from course.source import header, percent, todo, vocabulary
from course.source.problems import Problems
from tests.course.author_samples import NAME, write_teapots

PAGE = Path(build.__file__).with_name("README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of an author's with one lesson in it: scaffolded, then filled in."""
    folder = tmp_path_factory.mktemp("author") / "my own course" / "lessons"
    write_teapots(folder)
    return folder


def run(verb: str, lessons: Path, *words: str) -> int:
    return main([verb, *words, "--lessons", str(lessons)])


def test_a_scaffold_whose_todos_are_done_builds_and_verifies(
    lessons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert todo.left(lessons / f"{NAME}.py") == []
    assert run("build", lessons) == 0
    assert run("build", lessons, "--check") == 0
    assert (lessons.parent / "notebooks" / NAME / f"{NAME}.ipynb").is_file()
    assert (lessons.parent / "solutions" / NAME / f"{NAME}.ipynb").is_file()
    capsys.readouterr()
    status = run("verify", lessons, "01")
    printed, told = capsys.readouterr()
    assert (status, told.count(f"{NAME}.py:")) == (0, 0)
    answers = len(rows(read(lessons / f"{NAME}.py")))
    assert printed.startswith(f"1 lesson verified: {answers} answers, ")
    for executor in ("local host", APART):
        for framework in ("minidjango 5.2", "Django 5.2."):
            assert f"{NAME}: {answers} answers by the {executor} on {framework}" in told
    assert f"{NAME}: {len(forgers())} forgers, " in told
    assert "nbgrader generate_assignment, " in told


# -- the page --


def test_the_page_s_table_has_each_kind_of_cell_with_its_keys_and_no_other() -> None:
    markers = re.findall(r"^\| `(# %%[^`]*)` \| (.*) \|$", PAGE, re.MULTILINE)
    problems = Problems(Path("README.md"))
    told: dict[str, set[str]] = {}
    for marker, becomes in markers:
        (cell,) = percent.cells([marker, "# text"], 0, problems)
        kind = vocabulary.kind_of(cell, problems)
        assert kind is not None, problems.found
        assert kind.name not in told
        told[kind.name] = set(re.findall(r"(\w+)=", f"{marker} {becomes}"))
    assert problems.found == []
    kinds = (vocabulary.PROSE, vocabulary.EXAMPLE, *vocabulary._LED.values())
    assert told == {kind.name: set(kind.keys) for kind in kinds}


def snippets() -> str:
    """The page's Python, one piece after the other."""
    return "\n\n".join(re.findall(r"```python\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL))


def test_the_page_s_snippets_are_a_lesson_whose_answers_are_right(tmp_path: Path) -> None:
    path = tmp_path / "01_page.py"
    path.write_text(snippets(), encoding="utf-8")
    lesson = read(path)
    assert set(lesson.header.lines) == set(header._TYPES)
    notebook = solved(lesson)
    verdicts = judge(notebook, notebook, host=LocalHost)
    assert len(verdicts) == 3
    assert all(verdict.passed for verdict in verdicts.values()), verdicts


def test_the_page_s_commands_are_verbs_that_know_these_options(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = re.findall(r"python3 -m course ([a-z]+)", PAGE)
    assert set(said) == {"new", "build", "verify", "demo"}
    assert set(said) <= set(VERBS)
    for verb, option in re.findall(r"`(?:python3 -m course )?(\w+) (--\w+)`", PAGE):
        with pytest.raises(SystemExit):
            main([verb, "--help"])
        assert option in capsys.readouterr().out, (verb, option)


def test_a_file_that_the_page_names_is_there() -> None:
    root = Path(build.__file__).parent.parent
    named = re.findall(r"`((?:autograder|course)/[\w./]+)`", PAGE)
    assert named
    assert [name for name in named if not (root / name).exists()] == []
