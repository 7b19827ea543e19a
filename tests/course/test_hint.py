"""`hint`: one hint more each time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course import cli
from course.student import hints_shown, progress
from course.student.desk import Desk
from course.student.exercises import exercises
from tests.course.student_samples import CHECKS, FIRST, SECOND, Student, cell

Capture = pytest.CaptureFixture[str]
HINT = f"{cli.COMMAND} hint 01 wall"


@pytest.fixture
def student(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Student:
    """Someone whose first lesson has two hints."""
    one = Student(tmp_path)
    path = one.desk.handed_out(FIRST)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    hint = cell(notebook["cells"], "wall-hint-1")
    second = (
        "<details><summary>Hint 2 of 2: Use <code>a &lt; b</code></summary>\n\n"
        "Return `get_response`.\n\n</details>"
    )
    at = notebook["cells"].index(hint) + 1
    notebook["cells"].insert(at, {**hint, "id": "wall-hint-2", "source": second})
    path.write_text(json.dumps(notebook), encoding="utf-8")
    one.begins()
    monkeypatch.setattr(Desk, "of_the_course", lambda: one.desk)
    return one


def passes(student: Student, *checks: str) -> None:
    for check in checks:
        mark: progress.Mark = {"verdict": "passed", "points": 1, "max": 1}
        progress.record(student.desk.work, FIRST, check, mark)


def hint(capsys: Capture, *words: str) -> str:
    assert cli.main(["hint", *words]) == 0
    return capsys.readouterr().out


def test_each_time_shows_one_more_and_then_says_that_there_are_none(
    student: Student, capsys: Capture
) -> None:
    first, second, third = (hint(capsys) for _ in range(3))
    assert first.startswith(f"{FIRST}, wall\n\nHint 1 of ")
    assert "Where to look" in first
    assert "In the return." in first
    assert first.endswith(f"The next one: {HINT}\n")
    assert "Hint 2 of 2: Use `a < b`\n" in second
    assert "Return get_response." in second
    assert second.endswith("That was the last one.\n")
    assert third.startswith("You have seen all 2 hints for wall; the last one said nearly the ")
    assert f"{HINT} --again" in third
    assert hint(capsys) == third


def test_again_begins_with_the_first(student: Student, capsys: Capture) -> None:
    first = hint(capsys)
    hint(capsys)
    assert hint(capsys, "--again") == first
    assert "Hint 2 of 2" in hint(capsys)


@pytest.mark.parametrize(
    "words", [["1"], ["1", "wall"], ["sample", "wa"], ["wall"], ["1", "wall-check"]]
)
def test_lesson_and_exercise_may_be_said_or_left_out(
    student: Student, capsys: Capture, words: list[str]
) -> None:
    assert hint(capsys, *words).startswith(f"{FIRST}, wall\n")


def test_what_has_passed_needs_no_hint_but_gets_one_when_it_is_named(
    student: Student, capsys: Capture
) -> None:
    passes(student, *CHECKS)
    told = f"Every exercise of {FIRST} has passed. Next: {cli.COMMAND} lab 02\n"
    assert hint(capsys, "1") == told
    assert hint(capsys, "1", "wall").startswith(f"{FIRST}, wall\n")
    assert hint(capsys).startswith(f"{SECOND}, wall\n")


def test_an_exercise_is_open_until_its_last_check_has_passed(
    student: Student, capsys: Capture
) -> None:
    passes(student, "wall-check")
    assert hint(capsys).startswith(f"{FIRST}, wall\n")
    passes(student, "wall-check-edges")
    assert hint(capsys).startswith("which-one is a question, and questions have no hints:")


def test_an_exam_has_no_hints_and_says_so_kindly(student: Student, capsys: Capture) -> None:
    path = student.desk.handed_out(FIRST)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] = [one for one in notebook["cells"] if "-hint-" not in one["id"]]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert hint(capsys) == (
        f"This edition of {FIRST} comes without hints, as for an exam; "
        f"{cli.COMMAND} check 01 says what your answer does.\n"
    )
    assert not (student.desk.work / hints_shown.NAME).exists()


def test_an_exercise_that_is_not_there_is_named_with_those_that_are(
    student: Student, capsys: Capture
) -> None:
    assert cli.main(["hint", "1", "roof"]) == 1
    told = f'There is no exercise "roof" in {FIRST}: there is which-one, wall.\n'
    assert capsys.readouterr().err == told


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"01_sample": {"wall": "2"}}'])
def test_counts_that_cannot_be_read_begin_anew(
    student: Student, capsys: Capture, content: str
) -> None:
    (student.desk.work / hints_shown.NAME).write_text(content)
    assert "Hint 1 of " in hint(capsys)


def test_every_lesson_s_hints_are_found_as_its_source_has_them() -> None:
    from course.lesson import all_lessons, read
    from course.shelves import Shelves

    place = Shelves.of_the_course()
    for path in all_lessons(place.lessons):
        notebook = place.notebooks / path.stem / f"{path.stem}.ipynb"
        found = {one.slug: [hint.text for hint in one.hints] for one in exercises(notebook)}
        lesson = read(path)
        said = {one.slug: [hint.text for hint in one.hints] for one in lesson.exercises}
        assert found == {**said, **{quiz.slug: [] for quiz in lesson.quizzes}}
