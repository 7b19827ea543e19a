"""`verify`: a lesson's promises, kept or broken, and said by everyone who can judge."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from autograder import misconceptions
from course import verify
from course.cli import run_verb
from course.lesson import read
from course.proof.bank import pretend_students, rows
from course.proof.columns import APART, NBGRADER, Column, judged
from course.proof.promises import Proof
from tests.course.lesson_samples import NAME, WHOLE, notebook, run_build, write


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lesson that is right, and built."""
    root = tmp_path_factory.mktemp("whole")
    write(root, WHOLE)
    assert run_build(root) == 0
    return root


# -- a lesson that keeps its promises --


def test_stock_nbgrader_says_of_answers_on_real_django_what_was_promised(whole: Path) -> None:
    lesson = read(whole / "lessons" / f"{NAME}.py")
    students = pretend_students(lesson)[:3]
    column = Column(NBGRADER, "django")
    proof = Proof(lesson)
    for said in judged(lesson, students, column):
        proof.hear(column, said)
    asked = [row for row, said in proof.said.items() if said]
    assert {str(row.outcome) for row in asked} == {"passed", "not attempted", "failed"}
    assert not proof.broken
    assert len(asked) == 3 * 2


# -- a lesson that does not --

SPOILT = changed(
    WHOLE,
    # a right answer that is wrong
    ("        return self.inner(request)", "        self.inner(request)"),
    # a wrong one under another's name, and one that ends its process
    ('misconception="not-a-response"', 'misconception="wrong-status"'),
    ('    return lambda request: HttpResponse("let through")', "    __import__('os')._exit(1)"),
    # examples that do not do what they should
    ("# %% raises=true\n1 / 0", "# %% raises=true\n1 / 1\n\n# %%\nonoin()"),
)
# one that is another over again
SPOILT += """

# %% wrong="wall" misconception="called-next-twice"
def Wall(inner):
    def again(asked: object) -> object:
        "Comments and names make no other answer."
        inner(asked)
        return inner(asked)

    return again
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What `verify` tells of a lesson that is spoilt in many ways, as it is told; asked once."""
    root = tmp_path_factory.mktemp("spoilt")
    write(root, SPOILT)
    assert run_build(root) == 0
    released = notebook(root, "notebooks")
    text = released.read_text(encoding="utf-8")
    assert text.count("# YOUR CODE HERE") == 2
    leaked = text.replace("# YOUR CODE HERE", 'marker = \\"sesame\\"', 1)
    released.write_text(leaked, encoding="utf-8")
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        assert run_verb(["verify", "--lessons", str(root / "lessons")]) == 1
    lines = said.getvalue().splitlines()
    assert not [line for line in lines if "verified" in line]
    return [line for line in lines if ".py:" in line or ".ipynb:" in line]


def line_of(text: str) -> int:
    """The line of the spoilt lesson on which this stands once."""
    assert SPOILT.count(text) == 1, text
    return SPOILT[: SPOILT.index(text)].count("\n") + 1


BY_BOTH = f"says the {APART} on minidjango 5.2 and the {APART} on Django 5.2."
MEND = "change the answer, the check, or what the answer is said to be"


def test_an_answer_that_breaks_its_promise_is_told_once_with_its_line_and_mend(
    told: list[str],
) -> None:
    at = line_of('# %% right="wall"\nclass Wall')
    (line,) = [line for line in told if "right 2" in line]
    assert f"{NAME}.py:{at}: wall, right 2: this is `forgot-return` and not `passed`" in line
    assert BY_BOTH in line
    assert line.endswith(MEND)


def test_a_wrong_answer_under_another_s_name_is_told(told: list[str]) -> None:
    at = line_of('# %% wrong="wall" misconception="wrong-status"')
    (line,) = [line for line in told if f":{at}: " in line]
    assert "this is `not-a-response` and not `wrong-status`, " in line


def test_an_answer_that_ends_its_process_is_told_of_itself_and_of_nobody_else(
    told: list[str],
) -> None:
    at = line_of('# %% wrong="wall" misconception="never-called-next"')
    (line,) = [line for line in told if f":{at}: " in line]
    assert "`failed` and not `never-called-next`" in line
    assert "the process that ran the answer ended in the middle" in line
    assert len([line for line in told if "wall, " in line or "which-one, " in line]) == 3


def test_an_answer_that_is_another_one_after_renaming_is_told(told: list[str]) -> None:
    first = line_of("def Wall(get_response):\n    def layer(request)") - 1
    at = line_of("def Wall(inner):") - 1
    (line,) = [line for line in told if f":{at}: " in line]
    assert f"but for its names this is the answer of line {first}; write a really" in line


def test_examples_that_do_not_what_they_should_are_told_on_each_framework(
    told: list[str],
) -> None:
    nothing = [line for line in told if "marked with raises=true and raises nothing" in line]
    wrong = [line for line in told if "name 'onoin' is not defined at its line 1: `onoin" in line]
    assert (len(nothing), len(wrong)) == (2, 2)


def test_a_secret_line_in_a_student_s_notebook_is_told_with_the_line_of_its_lesson(
    told: list[str],
) -> None:
    at = line_of('        marker = "sesame"')
    (line,) = [line for line in told if f":{at}: " in line]
    assert """`marker = "sesame"` is not for students, and stands in """ in line


def test_a_notebook_that_nbgrader_would_not_have_made_is_told(told: list[str]) -> None:
    (line,) = [line for line in told if ".ipynb: " in line]
    assert f"notebooks/{NAME}/{NAME}.ipynb: this is not what nbgrader's generate_assignment" in line


def test_a_mistake_that_nobody_makes_is_told_when_all_lessons_are_verified(
    whole: Path,
) -> None:
    lesson = read(whole / "lessons" / f"{NAME}.py")
    used = {row.misconception for row in rows(lesson)}
    told = [str(problem) for problem in verify.unused([lesson])]
    assert told
    for name in misconceptions.REGISTRY:
        assert any(f"`{name}`" in line for line in told) is (name not in used)
