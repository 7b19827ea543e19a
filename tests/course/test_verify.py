"""`verify`: a bank's promises, kept or broken, and said by everyone who can judge."""

from __future__ import annotations

from pathlib import Path

import pytest

from course import shelves
from course.cli import run_verb
from course.lesson import read
from course.proof.bank import rows
from course.shelves import Shelves

LESSONS = Shelves.of_the_course().lessons
LESSON = LESSONS / "06_short_circuiting.py"


@pytest.fixture
def lessons(tmp_path: Path) -> Path:
    """A folder of lessons with a copy of lesson 06, for the tests to spoil."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / LESSON.name).write_text(LESSON.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def spoil(lessons: Path, old: str, new: str) -> int:
    """Replace what stands once in the lesson; the line on which it stood."""
    path = lessons / LESSON.name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_every_way_of_judging_says_of_every_answer_what_was_promised(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_verb(["verify", "--table"]) == 0
    table = capsys.readouterr().out
    answers = rows(read(LESSON))
    assert sum(row.slug == "block-list" for row in answers) == 1 + 1 + 3 + 8
    for row in answers:
        (line,) = [
            x for x in table.splitlines() if x.strip().startswith(f"{row.slug}, {row.label} ")
        ]
        promised = row.misconception or str(row.outcome)
        worth = row.checks[0][1]
        marks = f"{worth if promised == 'passed' else 0:g}/{worth:g}"
        assert line.count(f"{promised} {marks}") == 6, line
    for executor in ("local host", "pipe host", "nbgrader autograde"):
        for framework in ("minidjango 5.2", "Django 5.2."):
            assert f"{executor} on {framework}" in table


def test_a_wrong_answer_under_another_s_name_is_told_with_its_line(
    lessons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marker = '# %% wrong="block-list" misconception="wrong-status"'
    line = spoil(lessons, marker, marker.replace("wrong-status", "condition-inverted"))
    assert run_verb(["verify", "--lessons", str(lessons)]) == 1
    told = [x for x in capsys.readouterr().err.splitlines() if "`wrong-status`" in x]
    assert len(told) == 4  # by both hosts, on both frameworks
    assert all(f"06_short_circuiting.py:{line}: " in x for x in told)
    assert all("and not `condition-inverted`; change the answer" in x for x in told)


def test_a_right_answer_that_is_wrong_is_told(
    lessons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(lessons, 're.compile(r"/admin/")', 're.compile(r"/admin")')
    assert run_verb(["verify", "06", "--lessons", str(lessons)]) == 1
    assert "`condition-too-wide` and not `passed`" in capsys.readouterr().err


def test_a_check_that_lets_a_wrong_answer_through_is_told(
    lessons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = lessons / LESSON.name
    text = path.read_text(encoding="utf-8").replace('app.get(fresh("/administrators/{}/"))\n', "")
    path.write_text(text.replace('fresh("/admin{}/"), ', ""), encoding="utf-8")
    assert run_verb(["verify", "--lessons", str(lessons)]) == 1
    assert "`passed` and not `condition-too-wide`" in capsys.readouterr().err


def test_an_example_that_raises_is_told_with_its_line(
    lessons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(lessons, "app = onion(Closed, view=hello)", "app = onion(Closd, view=hello)")
    assert run_verb(["verify", "--lessons", str(lessons)]) == 1
    told = [x for x in capsys.readouterr().err.splitlines() if "NameError" in x]
    assert len(told) == 2  # on both frameworks
    assert all("name 'Closd' is not defined at its line 3: `app = onion(Closd" in x for x in told)


def test_an_example_that_should_raise_and_does_not_is_told(
    lessons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(
        lessons,
        "# %%\nfrom autograder import onion",
        "# %% raises=true\nfrom autograder import onion",
    )
    assert run_verb(["verify", "--lessons", str(lessons)]) == 1
    assert "marked with raises=true and raises nothing" in capsys.readouterr().err


def test_a_lesson_that_cannot_be_read_is_told_and_the_rest_is_proved(
    lessons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (lessons / "07_broken.py").write_text("# %% nonsense=1\n", encoding="utf-8")
    assert run_verb(["verify", "--lessons", str(lessons)]) == 1
    said = capsys.readouterr().err
    assert "07_broken.py:" in said
    assert "06_short_circuiting: 18 answers" in said


def test_a_lesson_that_is_not_there_is_told_with_those_that_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_verb(["verify", "99"]) == 1
    assert "06_short_circuiting" in capsys.readouterr().err


def test_every_lesson_has_its_notebooks() -> None:
    place = Shelves.of_the_course()
    assert shelves.notebook(place.notebooks, LESSON.stem).exists()
    assert shelves.notebook(place.solutions, LESSON.stem).exists()
