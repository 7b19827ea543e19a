"""Which lesson a word names: the same for every verb of a student's."""

from pathlib import Path

import pytest

from course.cli import COMMAND
from course.errors import CourseError
from course.student.desk import Desk, matching

NAMES = ["01_gate", "06_short_circuiting", "07_short_answers", "10_static"]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "notebooks", tmp_path / "work")
    for name in NAMES:
        desk.handed_out(name).parent.mkdir(parents=True)
        desk.handed_out(name).touch()
    return desk


@pytest.mark.parametrize(
    "word",
    [
        "6",
        "06",
        "06_short_circuiting",
        "06_sh",
        "short_c",
        "short-circuiting",
        "Short-C",
        "work/06_short_circuiting",
        "work/06_short_circuiting/",
        "/anywhere/06_short_circuiting.ipynb",
    ],
)
def test_a_number_a_name_its_start_and_a_path_all_name_the_lesson(desk: Desk, word: str) -> None:
    assert desk.named(word) == "06_short_circuiting"


def test_a_number_is_whole_and_no_start_of_another(desk: Desk) -> None:
    assert desk.named("1") == "01_gate"
    assert desk.named("10") == "10_static"
    assert matching("0", NAMES) == []


def test_the_start_of_two_names_is_asked_back(desk: Desk) -> None:
    with pytest.raises(CourseError) as told:
        desk.named("short")
    both = "06_short_circuiting or 07_short_answers"
    assert str(told.value) == f'Which lesson is "short"? It may be {both}.'


@pytest.mark.parametrize("word", ["", ".", "17", "nothing", "²"])
def test_what_names_no_lesson_is_refused_with_those_that_there_are(desk: Desk, word: str) -> None:
    with pytest.raises(CourseError, match=f"the lessons are {', '.join(NAMES)}"):
        desk.named(word)


def test_a_lesson_that_the_student_does_not_have_yet_is_named_with_the_mend(desk: Desk) -> None:
    with pytest.raises(CourseError, match=f"{COMMAND} lab 06 puts it there"):
        desk.own("6")


def test_without_lessons_it_says_how_to_get_them_back(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"There are no lessons in .*: restore it with: git"):
        Desk(tmp_path / "notebooks", tmp_path / "work").named("6")
