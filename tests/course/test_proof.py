"""The parts of `verify`: who hands in what, who is asked, what is told."""

from __future__ import annotations

import functools
import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from autograder.host.framework import framework
from autograder.hosts import PipeHost
from autograder.verdict import Outcome
from course.lesson import Lesson, read
from course.proof import columns, enough, table
from course.proof.bank import Row, Student, alone, rows
from course.proof.columns import APART, LOCAL, NBGRADER, Column, Said, judged
from course.proof.promises import Proof
from tests.course.lesson_samples import WHOLE, write

HERE, THERE = Column(LOCAL, "minidjango"), Column(APART, "minidjango")


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    return read(write(tmp_path, WHOLE))


def kept(row: Row, **other: Any) -> Said:
    """What is said of a row that keeps its promise, or something `other`."""
    points = sum(points for _, points in row.checks) if row.outcome is Outcome.PASSED else 0
    said = {
        "outcome": row.outcome,
        "misconception": row.misconception,
        "marks": points,
        "framework": "minidjango 5.2",
        "executor": "local host",
        "controlled": True,
        **other,
    }
    return Said(**said)


def told(lesson: Lesson, **others: Said) -> list[str]:
    """What is told where the local host says what was promised, but of these rows, by label."""
    proof = Proof(lesson)
    labels = {label.replace("_", " "): said for label, said in others.items()}
    proof.hear(HERE, {row: labels.get(row.label, kept(row)) for row in rows(lesson)})
    return [problem.text for problem in proof.problems]


# -- what is promised and what is said --


def test_nothing_is_told_of_a_lesson_that_keeps_its_promises(lesson: Lesson) -> None:
    assert told(lesson) == []


def test_marks_that_are_not_the_points_of_its_checks_are_told(lesson: Lesson) -> None:
    right = next(row for row in rows(lesson) if row.label == "right 1")
    (line,) = told(lesson, right_1=kept(right, marks=2))
    assert line.startswith("wall, right 1: this gets 2 points and not 3, says the local host")
    assert line.endswith("look at the points of its checks")


def test_a_framework_that_is_not_the_one_that_was_asked_is_told(lesson: Lesson) -> None:
    right = next(row for row in rows(lesson) if row.label == "right 1")
    (line,) = told(lesson, right_1=kept(right, framework="Django 5.2"))
    assert "something else ran, local host on Django 5.2" in line


def test_a_solution_of_which_nothing_fresh_was_claimed_is_told(lesson: Lesson) -> None:
    solution = next(row for row in rows(lesson) if row.label == "solution")
    (line,) = told(lesson, solution=kept(solution, controlled=False))
    assert line.startswith("the checks of `wall` have no positive control; let one ask a fresh")


def test_an_answer_that_keeps_its_promise_by_itself_is_told_as_one_that_needs_another(
    lesson: Lesson,
) -> None:
    right = next(row for row in rows(lesson) if row.label == "right 1")
    proof = Proof(lesson, alone={right})
    proof.hear(HERE, {right: kept(right, marks=0)})
    (problem,) = proof.problems
    assert problem.text.endswith("let no exercise need another")


# -- the table --


def test_the_table_fits_eighty_columns_and_says_only_who_differs(lesson: Lesson) -> None:
    ways = columns.columns(APART, LOCAL, NBGRADER)
    proof = Proof(lesson)
    for way in ways:
        label = framework(way.root).label
        heard = {r: kept(r, framework=label, executor=way.executor) for r in rows(lesson)}
        proof.hear(way, heard)
    wrong = next(row for row in rows(lesson) if row.label == "wrong 1")
    proof.said[wrong][ways[-1]] = kept(wrong, misconception="wrong-status")
    unasked = next(row for row in rows(lesson) if row.label == "wrong 2")
    for way in ways[2:]:
        del proof.said[unasked][way]
    out = io.StringIO()
    table.show(proof, ways, Console(file=out, width=80))
    lines = [" ".join(line.split()) for line in out.getvalue().splitlines()]
    assert max(map(len, out.getvalue().splitlines())) <= 80
    for row in set(rows(lesson)) - {wrong, unasked}:
        points = sum(points for _, points in row.checks)
        marks = f"{points if row.outcome is Outcome.PASSED else 0:g}/{points:g}"
        promised = row.misconception or row.outcome
        assert f"{row.slug}, {row.label} {promised} {marks} all 6" in lines
    assert len([line for line in lines if "all 6" in line]) == len(rows(lesson)) - 2
    text = " ".join(lines)
    assert f"nbgrader autograde on {framework('django').label}: wrong-status" in text
    assert "not asked: 4 of 6" in text
    assert f"Judged on minidjango 5.2 by: {', '.join(sorted((LOCAL, NBGRADER, APART)))}." in text


# -- who hands in what --


def test_an_answer_alone_is_among_answers_that_are_all_right(lesson: Lesson) -> None:
    for row in rows(lesson):
        student = alone(lesson, row)
        assert sorted(other.slug for other in student.rows) == ["wall", "which-one"]
        others = [other for other in student.rows if other != row]
        assert row in student.rows
        assert all(other.outcome is Outcome.PASSED for other in others)


LATE = """
# %% exercise="gate"
class Gate:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        ### BEGIN SOLUTION
        return self.get_response(request)
        ### END SOLUTION


# %% [markdown] hint="gate"
# Where to look
#
# In the `return`.

# %% check="gate" points=1
app = onion(Gate)
app.get(fresh("/{}/"))

"""
HANGS = """

# %% wrong="wall" misconception="wrong-order"
def Wall(get_response):
    while True:
        pass


# %% wrong="gate" misconception="forgot-return"
def Gate(get_response):
    return lambda request: None


# %% wrong="gate" misconception="forgot-return"
def Gate(get_response):
    return lambda request: get_response(request) and None
"""


def test_an_answer_that_hangs_is_said_of_itself_and_of_nobody_else_in_its_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = functools.partial(PipeHost, deadline=2.0)
    monkeypatch.setitem(columns._HOSTS, APART, hasty)
    bank = WHOLE.index('# %% right="wall"')
    text = WHOLE[:bank] + LATE.lstrip() + WHOLE[bank:].rstrip() + "\n" + HANGS
    lesson = read(write(tmp_path, text.replace("points: 4", "points: 5")))
    hangs = next(row for row in rows(lesson) if "while True" in row.source)
    wrong = next(row for row in rows(lesson) if (row.slug, row.label) == ("gate", "wrong 1"))
    (said,) = judged(lesson, [Student("both", (hangs, wrong))], THERE)
    assert (str(said[hangs]), said[hangs].marks) == ("timed out", 0)
    assert (str(said[wrong]), said[wrong].marks) == ("forgot-return", 0)


# -- enough --


def test_an_exercise_with_too_few_answers_or_hints_is_told_with_its_line(tmp_path: Path) -> None:
    begin, end = WHOLE.index('# %% right="wall"'), WHOLE.index('# %% wrong="wall"')
    lesson = read(write(tmp_path, WHOLE[:begin] + WHOLE[end:]))
    assert [problem.line for problem in enough.problems(lesson)] == [lesson.exercises[0].at]
    (rights,) = (problem.text for problem in enough.problems(lesson))
    assert rights.startswith("the exercise `wall` has 1 right answer and needs 2; add a cell `# %%")


def test_a_mistake_is_used_by_a_wrong_answer_or_by_an_option_that_follows_from_it(
    lesson: Lesson,
) -> None:
    assert enough.used([lesson]) == {
        "forgot-return",
        "called-next-twice",
        "not-a-response",
        "never-called-next",
        "inside-out",
    }
    assert enough.used([]) == set()
