"""Formgrader in a browser, over a class that the engine graded: its pages, and marks by hand."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.formgrader import Formgrader
from tests.browser.formgrader_server import served
from tests.browser.graded_class import (
    BY_HAND,
    DAMAGED,
    HOSTILE,
    LESSON,
    SCRIPTS,
    GradedClass,
    checkout,
)
from tests.hostile.drawn import SEED, drawn

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="answers are graded in a sandbox here: run it on Linux"
)

CHECK, ANSWER = "block-list-check", "block-list"


@pytest.fixture(scope="module")
def graded(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GradedClass]:
    root = checkout(tmp_path_factory.mktemp("formgrader") / "späces and ümlauts")
    with served(root) as address:
        yield GradedClass(root, address)


@pytest.fixture
def formgrader(page: Page, graded: GradedClass) -> Iterator[Formgrader]:
    """Formgrader; the test fails if something went wrong in any of its pages."""
    formgrader = Formgrader(page, graded.address)
    yield formgrader
    assert formgrader.complaints == []


def test_every_page_opens_over_a_class_with_a_hostile_and_a_damaged_submission(
    graded: GradedClass, formgrader: Formgrader, shots: Path
) -> None:
    expect(formgrader.opens("manage_assignments")).to_have_count(1)
    expect(formgrader.opens("gradebook")).to_have_count(1)
    expect(formgrader.opens(f"gradebook/{LESSON}")).to_have_count(1)
    everybody = len([*graded.students, SCRIPTS, DAMAGED])
    expect(formgrader.opens("manage_students")).to_have_count(everybody)
    rows = formgrader.opens(f"manage_submissions/{LESSON}")
    expect(rows).to_have_count(everybody)
    expect(rows.filter(has_text="needs autograding")).to_contain_text(DAMAGED)
    for student in (HOSTILE, DAMAGED):
        expect(formgrader.opens(f"manage_students/{student}")).to_have_count(1)
    expect(formgrader.opens(f"manage_students/{HOSTILE}/{LESSON}")).to_have_count(1)
    submissions = formgrader.submissions(LESSON)
    for student in graded.students:
        formgrader.opens_submission(submissions[student])
        verdict = graded.verdict(student, CHECK)
        card = formgrader.page.get_by_text(re.compile(rf"^\W+block-list: {verdict['verdict']}"))
        expect(card).to_be_visible()
        card.locator("..").screenshot(path=shots / f"formgrader-{student}.png")
        images = formgrader.images()
        assert bool(images) == (student != HOSTILE)
        assert all(image == {"drawn": True, "frame": "0px"} for image in images)
    assert graded.verdict(HOSTILE, CHECK)["points"] == 0


def test_no_script_of_a_students_runs_in_the_page_that_writes_marks(
    graded: GradedClass, formgrader: Formgrader, shots: Path
) -> None:
    formgrader.opens_submission(formgrader.submissions(LESSON)[SCRIPTS])
    page = formgrader.page
    for link in page.get_by_text("click", exact=True).all():
        link.click(timeout=5_000)
    page.wait_for_timeout(500)
    page.screenshot(path=shots / "formgrader-scripts.png")
    assert page.evaluate("window.pwned || []") == []


def test_a_mark_and_a_comment_given_by_hand_are_kept_when_all_is_graded_again(
    graded: GradedClass, formgrader: Formgrader, shots: Path
) -> None:
    student = graded.students[3]
    before = graded.mark(student)
    url = formgrader.submissions(LESSON)[student]
    formgrader.opens_submission(url)
    expect(formgrader.score(CHECK)).to_have_attribute("placeholder", "0")
    formgrader.types(formgrader.score(BY_HAND), "3.5")
    formgrader.types(formgrader.comment(BY_HAND), "Well put: *nobody* hears.")
    formgrader.types(formgrader.score(CHECK), "1.5")
    formgrader.types(formgrader.comment(ANSWER), "You said so in class.")
    assert graded.mark(student) == before + 3.5 + 1.5

    graded.grade("--force")
    formgrader.opens_submission(url)
    expect(formgrader.score(BY_HAND)).to_have_value("3.5")
    expect(formgrader.comment(BY_HAND)).to_have_value("Well put: *nobody* hears.")
    expect(formgrader.score(CHECK)).to_have_value("1.5")
    expect(formgrader.comment(ANSWER)).to_have_value("You said so in class.")
    expect(formgrader.score(CHECK)).to_have_attribute("placeholder", "0")
    formgrader.score(BY_HAND).scroll_into_view_if_needed()
    formgrader.page.screenshot(path=shots / "formgrader-by-hand.png")
    assert graded.mark(student) == before + 3.5 + 1.5


def test_the_button_that_grades_a_student_has_the_judge_do_it_in_a_sandbox(
    graded: GradedClass, formgrader: Formgrader
) -> None:
    student = graded.students[2]
    before = graded.verdict(student, CHECK)
    assert formgrader.autogrades(LESSON, student) == "Success"
    after = graded.verdict(student, CHECK)
    assert after["ran"]["host"] == "sandbox"
    assert after["misconception"] == before["misconception"] != ""
    assert after["message"] != before["message"]  # what is fresh in it is new: it was judged again


def test_every_page_of_the_hostile_set_opens(graded: GradedClass, formgrader: Formgrader) -> None:
    print(f"HOSTILE_SEED={SEED}")
    graded.is_joined_by(drawn())
    submissions = formgrader.submissions(LESSON)
    for student in drawn():
        formgrader.opens_submission(submissions[student])
        expect(formgrader.score(CHECK)).to_have_attribute("placeholder", "0")
