"""An exchange on one machine: an instructor, two students, and a lesson that goes there and back.

nbgrader moves all of it. One student uses its own commands and nothing else, the other `course
submit`; the engine grades what comes in.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from course import shelves
from course.compiler import dump, with_answers
from tests.conftest import copy_checkout
from tests.course import short_lesson
from tests.course.nbgrader_commands import Nbgrader, Person

pytestmark = pytest.mark.skipif(
    sys.platform != "linux",
    reason="nbgrader has no exchange on Windows, and answers are graded in a sandbox here: "
    "run it on Linux",
)

LESSON = short_lesson.NAME
ADA = "ada"


@dataclass(frozen=True, slots=True)
class Student:
    """One of the two: the name that nbgrader knows, their notebook, and what they write into it:
    the answers of a pretend student, and a line of their own.
    """

    person: Person
    name: str
    notebook: Path
    answers_as: str
    mark: str


@dataclass(frozen=True, slots=True)
class Term:
    """What there is when all is over."""

    instructor: Person
    ada: Student
    bob: Student

    @property
    def students(self) -> list[Student]:
        return [self.ada, self.bob]


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Term]:
    """A lesson is released, fetched, handed in, collected, graded, and feedback goes back."""
    top = tmp_path_factory.mktemp("exchange")
    with Nbgrader() as nbgrader:
        term = people(top, nbgrader)
        instructor = term.instructor
        instructor.types("generate_assignment", LESSON)
        instructor.types("release_assignment", LESSON)
        for student in term.students:
            student.person.types("fetch_assignment", LESSON)
            answer(student)
        term.ada.person.types("submit", LESSON)
        handed_out = instructor.folder / "notebooks" / LESSON
        shutil.copytree(handed_out, term.bob.person.folder.parent / "notebooks" / LESSON)
        command(term.bob.person, "course.cli", "submit", "6")
        instructor.types("collect", LESSON)
        command(instructor, "autograder", "grade", LESSON)
        instructor.types("generate_feedback", LESSON)
        instructor.types("release_feedback", LESSON)
        for student in term.students:
            student.person.types("fetch_feedback", LESSON)
        yield term


def people(top: Path, nbgrader: Nbgrader) -> Term:
    """Three who share a folder that everybody may write, and nothing else."""
    exchange = top / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    return Term(
        teacher(top / "instructor", nbgrader, exchange),
        ada(top / "ada", nbgrader, exchange),
        bob(top / "bob", nbgrader, exchange),
    )


def teacher(home: Path, nbgrader: Nbgrader, exchange: Path) -> Person:
    """Whoever has the course with its solutions."""
    course = copy_checkout(home / "cöurse")
    source = shelves.notebook(course / "solutions", LESSON)
    source.parent.mkdir(parents=True)
    source.write_text(dump(short_lesson.master()), encoding="utf-8")
    return Person(nbgrader, home, course, {"NBGRADER_EXCHANGE": str(exchange)})


def ada(home: Path, nbgrader: Nbgrader, exchange: Path) -> Student:
    """A student with nbgrader, who says herself who she is."""
    folder = home / "studies"
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        'c.CourseDirectory.course_id = "inside-the-onion"\n'
        f"c.CourseDirectory.student_id = {ADA!r}\n"
        f"c.Exchange.root = {str(exchange)!r}\n"
    )
    person = Person(nbgrader, home, folder)
    notebook = shelves.notebook(folder, LESSON)
    return Student(person, ADA, notebook, "student-04", "# written by Ada")


def bob(home: Path, nbgrader: Nbgrader, exchange: Path) -> Student:
    """A student with the course's own verbs, known by the login name."""
    from nbgrader.utils import get_username

    checkout = copy_checkout(home / "inside the onion")
    work = checkout / "work"
    work.mkdir()
    # As `course lab` has it, whose Assignments tab starts nbgrader in `work/`.
    own = {"NBGRADER_EXCHANGE": str(exchange), "JUPYTER_CONFIG_PATH": str(checkout)}
    person = Person(nbgrader, home, work, own)
    notebook = shelves.notebook(work, LESSON)
    return Student(person, get_username(), notebook, "student-06", "# written by Bob")


def answer(student: Student) -> None:
    """Write a pretend student's answers into the notebook that was fetched, and sign the first."""
    answers = short_lesson.answers(student.answers_as)
    answers["block-list"] += f"\n\n{student.mark}\n"
    fetched = nbformat.read(student.notebook, as_version=nbformat.NO_CONVERT)
    student.notebook.write_text(dump(with_answers(fetched, answers)), encoding="utf-8")


def command(person: Person, module: str, *words: str) -> None:
    """Type one of the project's own commands, at the root of a checkout."""
    root = next(f for f in (person.folder, *person.folder.parents) if (f / "minidjango").is_dir())
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=root,
        env=person.environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def fetched(student: Student) -> list[Path]:
    """The pages that a student has got back."""
    return sorted(student.notebook.parent.glob("feedback/*/*.html"))


def test_what_a_student_hands_in_is_collected_byte_for_byte_either_way(term: Term) -> None:
    folder = term.instructor.folder / "grading" / "submitted"
    assert {one.name for one in folder.iterdir()} == {one.name for one in term.students}
    for student in term.students:
        collected = shelves.notebook(folder / student.name, LESSON)
        assert collected.read_bytes() == student.notebook.read_bytes()


def test_each_student_fetches_their_own_page_and_not_the_others(term: Term) -> None:
    written = term.instructor.folder / "grading" / "feedback"
    for student, other in (term.students, reversed(term.students)):
        (page,) = fetched(student)
        text = page.read_text(encoding="utf-8")
        assert student.mark in text
        assert other.mark not in text
        assert page.read_bytes() == (written / student.name / LESSON / page.name).read_bytes()


def test_the_page_has_the_card_with_its_onions_and_fetches_nothing_from_elsewhere(
    term: Term,
) -> None:
    (page,) = fetched(term.bob)
    text = page.read_text(encoding="utf-8")
    assert "(forgot-return)" in text
    assert "Expected: GET /public/" in text
    assert "HIDDEN TESTS" not in text
    assert re.findall(r"(?:src|href)=[\"']?(https?://[^\"'> ]+\.(?:js|css)[^\"'> ]*)", text) == []
    assert "cdnjs" not in text
    (passed,) = fetched(term.ada)
    assert ":)</strong> <strong>block-list</strong>" in passed.read_text(encoding="utf-8")
