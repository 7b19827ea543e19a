"""One page about a class: its numbers are the gradebook's, and it gives nobody away."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from autograder.__main__ import main
from autograder.card import MIMETYPE
from autograder.grading.cards import Card
from autograder.grading.collect import people
from autograder.grading.course import read_course
from autograder.grading.marks import Student
from autograder.grading.report import command, numbers, page, privacy, sections, teaching
from autograder.grading.report.page import Report
from autograder.misconceptions import REGISTRY
from tests.autograder.grading.small_class import NAME, PEOPLE, cell
from tests.autograder.grading.test_report_page import Asked


@pytest.fixture(scope="module")
def small(small_course: Path) -> Report:
    return command.report(read_course(small_course), NAME)


@pytest.fixture
def gossip(small_course: Path, tmp_path: Path) -> Path:
    """The same class, in whose cards students are named, and places on their machines."""
    course = tmp_path / "course"
    shutil.copytree(small_course, course)
    said = {
        "bob": f"In {course}/autograded/bob: NoneType",
        "carla": "/home/cng/secret.py: dear Ng <script>alert(1)</script>",
    }
    for student, message in said.items():
        path = course / "autograded" / student / NAME / f"{NAME}.ipynb"
        notebook = json.loads(path.read_text("utf-8"))
        for one in notebook["cells"]:
            for output in one.get("outputs", []):
                output["data"][MIMETYPE]["message"] = message
        path.write_text(json.dumps(notebook), encoding="utf-8")
    return course


def words(text: str) -> str:
    """A page's text, without markup and style."""
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", text, flags=re.S)


def test_the_marks_are_the_gradebooks(small: Report, small_course: Path) -> None:
    by_name = {one.grade_id: one for one in small.exercises}
    block_list, double, essay = (by_name[n] for n in ("block-list-check", "double-check", "essay"))
    assert (block_list.full, block_list.part, block_list.none) == (1, 0, 2)
    assert (double.full, double.none, double.mean) == (2, 1, pytest.approx(2 / 3))
    assert (essay.marked, essay.waiting, essay.mean) == (2, 1, 3)
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{small_course / 'gradebook.db'}") as book:
        mean = book.average_assignment_score(NAME)  # what waits is a zero to nbgrader
    assert sum(one.mean * one.marked for one in small.exercises) / small.handed_in == mean


def test_misconceptions_are_ranked_by_who_has_them() -> None:
    def cards(*names: str) -> dict[str, Card]:
        return {f"{n}-check": Card("failed", name, f"saw {name}") for n, name in enumerate(names)}

    found = teaching.mistakes(
        {
            "a": cards("wrong-order", "wrong-order", "forgot-return"),
            "b": cards("forgot-return"),
            "c": cards("a-name-of-another-version"),
            "d": {"0-check": Card("passed")},
        },
        bool,
    )
    assert [(one.name, one.students, one.share) for one in found] == [
        ("forgot-return", 2, 0.5),
        ("a-name-of-another-version", 1, 0.25),
        ("wrong-order", 1, 0.25),
    ]
    assert found[0].hint == REGISTRY["forgot-return"].hint
    assert found[0].example == "saw forgot-return"
    assert found[1].title == "a-name-of-another-version"


def test_what_to_teach_again_is_where_most_points_were_lost() -> None:
    def exercise(name: str, section: str, full: int, none: int) -> numbers.Exercise:
        return numbers.Exercise(name, section, 2, 2 * full / (full + none), full, 0, none, 0)

    cards = {"a": {"y": Card("failed", "forgot-return")}, "b": {"y": Card("failed", "wrong-order")}}
    exercises = [
        exercise("x", "First", 9, 1),
        exercise("y", "Second", 2, 8),
        exercise("z", "Second", 8, 2),
        exercise("w", "", 7, 3),
    ]
    again = teaching.teach_again(exercises, teaching.mistakes(cards, bool))
    assert [(one.title, round(one.lost, 2)) for one in again] == [("Second", 0.5), ("w", 0.3)]
    assert [(one.name, count) for one, count in again[0].mistakes] == [
        ("forgot-return", 1),
        ("wrong-order", 1),
    ]


def test_the_page_says_it_all_without_its_drawings(small: Report) -> None:
    said = " ".join(words(page.html(small)).split())
    assert "3 submissions; 1 of the class handed in nothing." in said
    assert "block-list-check 0.67 2 1 0 2 0" in said
    assert "Nothing was returned forgot-return 1 33 %" in said
    assert " ".join(REGISTRY["forgot-return"].hint.replace("`", " ").split()) in said
    assert "double-check : 1 answer was not attempted: Carla Ng (carla)" in said
    assert "1 student handed in nothing: dan" in said


def test_an_anonymous_page_has_no_name_id_or_path(gossip: Path) -> None:
    page_of = {}
    for flags in ([], ["--anonymous"]):
        to = gossip / "page.html"
        asked = ["report", NAME, "--course", str(gossip), "-o", str(to), *flags]
        assert main(asked) == 0
        page_of[bool(flags)] = to.read_text("utf-8")
    secrets = [word for who, known in PEOPLE.items() for word in (who, *known) if word]
    secrets += ["Lovelace", "Countess", "Byron", "secret.py", "autograded", str(gossip)]
    secrets += list(gossip.parts[1:])
    for secret in secrets:
        whole_word = re.compile(rf"(?<!\w){re.escape(secret)}(?!\w)", re.I)
        assert not whole_word.search(page_of[True]), secret
    assert "Nothing was returned" in page_of[True]
    assert "1 answer was not attempted</li>" in page_of[True]
    assert "Carla Ng (carla)" in page_of[False]
    assert "dear Ng" in page_of[False]


@pytest.mark.parametrize(
    ("sentence", "fit"),
    [
        ("GET /admin/xyz/: expected 403; BlockList returned None", True),
        ("the layer is readable", True),
        ("ADA's layer returned None", False),
        ("lovelace", False),
        ("write to ada@school.example", False),
        ("12345", False),
        ("File /home/someone/notebook.py", False),
        ("File C:\\Users\\someone", False),
        ("in /courses/django/work", False),
    ],
)
def test_only_sentences_that_give_nobody_away_are_examples(sentence: str, fit: bool) -> None:
    ada = Student("ada", "Lovelace", "Ada Augusta", "ada@school.example", "12345")
    assert privacy.fit_for_strangers([ada], Path("/courses/django"))(sentence) is fit


def test_a_class_without_students_gives_nobody_away() -> None:
    assert privacy.fit_for_strangers([], Path("/courses"))("anything")


def test_the_page_asks_nobody_for_anything_and_runs_nothing(gossip: Path) -> None:
    made = page.html(command.report(read_course(gossip), NAME))
    assert Asked(made).found == []
    assert "http" not in made
    assert set(re.findall(r"url\([^)]*\)|@import", made)) <= {"url(#hatch)"}
    assert "&lt;script&gt;alert(1)" in made


def test_an_exercise_stands_under_the_last_heading_before_it(tmp_path: Path) -> None:
    def prose(text: str) -> dict[str, object]:
        return {"cell_type": "markdown", "metadata": {}, "source": text}

    cells = [
        cell("code", "", "before", grade=True, points=1),
        prose("# Lesson\n\n## The `one` *heading*\n\n```\n# no heading\n```\n#none either"),
        cell("code", "", "under", grade=True, points=1),
        prose("#### too deep"),
        cell("code", "", "ungraded"),
        cell("markdown", "## Its own", "own", grade=True, solution=True, points=1),
    ]
    folder = tmp_path / "source" / "it"
    folder.mkdir(parents=True)
    (folder / "it.ipynb").write_text(json.dumps({"cells": cells}))
    found = sections.sections(read_course(tmp_path), "it")
    assert found == {"before": "", "under": "The one heading", "own": "Its own"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["none"], "The gradebook has no assignment 'none': it has wall."),
        ([NAME, "-o", "/nowhere/at/all.html"], "/nowhere/at/all.html: No such file or directory"),
        ([NAME, "--db", "sqlite:////nowhere.db"], "/nowhere.db: there is no gradebook"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    words: list[str], sentence: str, small_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", *words, "--course", str(small_course)]) == 1
    said = capsys.readouterr()
    assert said.err.startswith(sentence)
    assert said.err.count("\n") == 1


def test_collect_knows_the_class_as_nbgraders_gradebook_has_it(small_course: Path) -> None:
    course = read_course(small_course)
    found = {one.id: one for one in people.gradebook(course.db_url)}
    assert set(found) == set(PEOPLE)
    assert found["bob"] == people.Student("bob", "Bob", "Müller", "bob@school.example", "")
    assert found["dan"] == people.Student("dan")
