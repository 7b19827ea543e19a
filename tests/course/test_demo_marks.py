"""What `demo` says where a mark, a verdict, an executor or the export is not what it should be."""

from __future__ import annotations

import argparse
import dataclasses
import json
from pathlib import Path

import pytest

from autograder.host.framework import framework
from course import demo
from course.instructor import pretend_class
from course.instructor.marks import EXECUTOR, Answered, HandedIn, differences
from course.lesson import Lesson, read
from course.proof.bank import rows
from course.proof.classroom import Graded
from tests.course.lesson_samples import NAME, write

RAN = {"executor": EXECUTOR, "framework": framework("minidjango").label, "host": "local"}


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    return read(write(tmp_path))


@pytest.fixture
def course(tmp_path: Path, lesson: Lesson) -> Path:
    """A course folder in which one student, who made a mistake, was graded as the bank says."""
    page = tmp_path / "feedback.html"
    page.touch()
    return tmp_path


def class_of(lesson: Lesson, course: Path, change: dict[str, object] | None = None) -> HandedIn:
    """One who got the question right and the exercise wrong; the first check graded otherwise."""
    bank = rows(lesson)
    chosen = [
        next(r for r in bank if r.misconception),
        next(r for r in bank if r.label == "option b"),
    ]
    answered = []
    for row in chosen:
        verdict = {"verdict": str(row.outcome), "misconception": row.misconception, "ran": RAN}
        given = {
            name: Graded(points if row.outcome == "passed" else 0, points, False, verdict)
            for name, points in row.checks
        }
        answered.append(Answered(row, given))
    if change is not None:
        name, graded = next(iter(answered[0].given.items()))
        answered[0].given[name] = dataclasses.replace(graded, **change)  # type: ignore[arg-type]
    return HandedIn("student-01", lesson, tuple(answered), course / "feedback.html")


def export(course: Path, score: float = 1, maximum: float = 4) -> Path:
    path = course / "grades.csv"
    path.write_text(f"assignment,student_id,score,max_score\n{NAME},student-01,{score},{maximum}\n")
    return path


def test_marks_as_promised_are_nothing_to_speak_of(lesson: Lesson, course: Path) -> None:
    assert differences([class_of(lesson, course)], export(course)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"score": 2.0}, "wall-check is promised 0 of 2 points and got 2 of 2"),
        ({"maximum": 3.0}, "wall-check is promised 0 of 2 points and got 0 of 3"),
        ({"by_hand": True}, "nbgrader could not mark wall-check, and waits for somebody who does"),
        (
            {"verdict": {"verdict": "failed", "misconception": "wrong-status", "ran": RAN}},
            "its card says `wrong-status`, and the bank `forgot-return`",
        ),
        (
            {
                "verdict": {
                    "verdict": "failed",
                    "misconception": "forgot-return",
                    "ran": {**RAN, "executor": "kernel"},
                }
            },
            f"wall-check was run by kernel on minidjango 5.2, not {EXECUTOR} on minidjango 5.2",
        ),
        ({"verdict": {}}, f"wall-check was run by nothing on nothing, not {EXECUTOR} on "),
    ],
)
def test_each_check_is_held_against_the_bank_and_not_the_sum_alone(
    lesson: Lesson, course: Path, change: dict[str, object], said: str
) -> None:
    made = class_of(lesson, course, change)
    (sentence,) = differences([made], export(course, made.marks))
    assert sentence.startswith(f"{NAME}, student-01, wall, wrong 1: {said}")


def test_a_check_that_nbgrader_never_graded_is_told(lesson: Lesson, course: Path) -> None:
    made = class_of(lesson, course)
    del made.answered[0].given["wall-check"]
    (sentence,) = differences([made], export(course))
    assert sentence.endswith("the gradebook has no wall-check")


def test_a_missing_page_is_told(lesson: Lesson, course: Path) -> None:
    (course / "feedback.html").unlink()
    (sentence,) = differences([class_of(lesson, course)], export(course))
    assert sentence == f"{NAME}, student-01: there is no feedback page"


@pytest.mark.parametrize(("score", "maximum"), [(2, 4), (1, 5)])
def test_an_export_that_differs_from_the_gradebook_is_told(
    lesson: Lesson, course: Path, score: float, maximum: float
) -> None:
    (sentence,) = differences([class_of(lesson, course)], export(course, score, maximum))
    assert sentence == (
        f"{NAME}, student-01: grades.csv says {score} of {maximum} points, and the gradebook 1 of 4"
    )


def test_one_who_is_missing_in_the_export_is_told(lesson: Lesson, course: Path) -> None:
    path = export(course)
    path.write_text(path.read_text().replace("student-01", "student-02"))
    (sentence,) = differences([class_of(lesson, course)], path)
    assert "grades.csv says nan of nan points" in sentence


def run_demo(
    monkeypatch: pytest.MonkeyPatch, root: Path, change: dict[str, object] | None
) -> tuple[int, dict[str, object]]:
    """Run the verb with a class that was graded beforehand."""

    def graded(course: Path, lesson: Lesson, console: object) -> list[HandedIn]:
        (course / "feedback.html").touch()
        return [class_of(lesson, course, change)]

    monkeypatch.setattr(pretend_class, "grade", graded)
    monkeypatch.setattr(pretend_class, "export", lambda course, console: export(course))
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)
    words = ["--lessons", str(root / "lessons"), "--json", str(root / "out.json")]
    status = demo.run(parser.parse_args(words))
    return status, json.loads((root / "out.json").read_text())


def test_it_fails_where_one_mark_is_not_what_the_bank_says_and_says_which(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lesson: Lesson,
    tmp_path: Path,
) -> None:
    status, data = run_demo(monkeypatch, tmp_path, {"score": 1.0})
    err = capsys.readouterr().err
    assert (status, data["agrees"]) == (1, False)
    assert "wall-check is promised 0 of 2 points and got 1 of 2" in err
    assert err.splitlines()[-1].startswith("2 things are not what the bank says; the class is in ")
    assert data["differences"] == err.splitlines()[:-1]


def test_it_succeeds_where_all_is_as_promised(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lesson: Lesson,
    tmp_path: Path,
) -> None:
    status, data = run_demo(monkeypatch, tmp_path, None)
    assert (status, data["differences"]) == (0, [])
    assert "Every mark is what the bank says" in capsys.readouterr().out


def test_the_same_seed_draws_the_same_lesson_and_no_lesson_is_out_of_reach(lesson: Lesson) -> None:
    lessons = [dataclasses.replace(lesson, name=f"0{n}_lesson") for n in range(1, 6)]
    drawn = [demo.drawn(lessons, seed).name for seed in range(100)]
    assert drawn == [demo.drawn(lessons, seed).name for seed in range(100)]
    assert set(drawn) == {one.name for one in lessons}
