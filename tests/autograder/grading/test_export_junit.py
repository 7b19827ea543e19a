"""JUnit XML: a suite for each submission, a case for each check."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.__main__ import main
from autograder.grading.cards import Card, read
from autograder.grading.export import junit
from autograder.grading.marks import Assignment, Check, Mark, Student
from tests.autograder.grading.small_class import NAME


@pytest.fixture(scope="module")
def report(small_course: Path, tmp_path_factory: pytest.TempPathFactory) -> ElementTree.Element:
    path = tmp_path_factory.mktemp("junit") / "report.xml"
    assert main(["export", "junit", NAME, "--course", str(small_course), "-o", str(path)]) == 0
    return ElementTree.parse(path).getroot()


def test_every_submission_is_a_suite_and_every_check_a_case(report: ElementTree.Element) -> None:
    suites = {suite.get("name"): suite for suite in report}
    assert list(suites) == ["wall.ada", "wall.bob", "wall.carla"]
    for suite in suites.values():
        cases = suite.findall("testcase")
        assert [case.get("name") for case in cases] == ["block-list-check", "double-check", "essay"]
        assert suite.get("tests") == "3"
        for tag, plural in junit.PLURAL.items():
            assert suite.get(plural) == str(len(suite.findall(f"testcase/{tag}")))
    assert [report.get(name) for name in ("tests", "failures", "errors", "skipped")] == [*"9301"]


def test_a_failure_has_the_misconception_s_name_and_the_card(report: ElementTree.Element) -> None:
    failure = report.find("testsuite[@name='wall.bob']/testcase[@name='block-list-check']/failure")
    assert failure is not None
    assert failure.get("type") == "forgot-return"
    assert "Nothing was returned" in (failure.text or "")
    assert "first difference here" in (failure.text or "")


def test_a_check_that_waits_for_a_mark_by_hand_is_skipped(report: ElementTree.Element) -> None:
    case = report.find("testsuite[@name='wall.bob']/testcase[@name='essay']")
    assert case is not None
    assert [child.tag for child in case] == ["skipped", "system-out"]


def test_every_attribute_that_pytest_writes_is_there(
    report: ElementTree.Element, tmp_path: Path
) -> None:
    (tmp_path / "test_one.py").write_text("def test_it():\n    assert 0\n")
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull]
    subprocess.run(
        [sys.executable, *words, "--junitxml=theirs.xml", "test_one.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        check=False,
    )
    first = ElementTree.Element("testsuites")
    first.extend(report.findall("testsuite[@name='wall.bob']"))
    theirs = ElementTree.parse(tmp_path / "theirs.xml").getroot()
    for place in ("testsuite", "testsuite/testcase", "testsuite/testcase/failure"):
        ours, pytest_s = first.find(place), theirs.find(place)
        assert ours is not None
        assert pytest_s is not None
        assert set(pytest_s.keys()) - {"hostname"} <= set(ours.keys())


CHECK = Check("wall", "c", 0, 2)
FULL = Check("wall", "c", 2, 2)


@pytest.mark.parametrize(
    ("check", "card", "tag", "kind"),
    [
        (FULL, Card("passed"), "", ""),
        (FULL, Card(), "", ""),
        (CHECK, Card(), "failure", "failed"),
        (CHECK, Card("failed", "forgot-return"), "failure", "forgot-return"),
        (CHECK, Card("timed out"), "failure", "timed-out"),
        (CHECK, Card("not attempted"), "failure", "not-attempted"),
        (CHECK, Card("skipped"), "skipped", "skipped"),
        (CHECK, Card("errored"), "error", "errored"),
        (Check("wall", "c", 0, 0), Card("failed", "wrong-order"), "failure", "wrong-order"),
        (Check("wall", "c", 2, 2, by_hand=True), Card("failed", "forgot-return"), "", ""),
        (Check("wall", "c", 1, 2, by_hand=True), Card("passed"), "failure", "manual"),
        (Check("wall", "c", 0, 2, waits=True), Card(), "skipped", "manual"),
    ],
)
def test_points_by_hand_come_first_and_then_the_verdict(
    check: Check, card: Card, tag: str, kind: str
) -> None:
    found = junit.result_of(check, card)
    assert (found.tag, found.kind) == (tag, kind)


@given(st.text(st.characters(), max_size=20))
def test_whatever_a_student_wrote_the_report_can_be_read(text: str) -> None:
    mark = Mark(Student(text), True, checks=(Check(text, text, 0, 1),))
    card = Card("failed", text, text, text)
    written = junit.report([Assignment(text, None, 1, (mark,))], lambda *_: {text: card})
    failure = ElementTree.fromstring(written).find("testsuite/testcase/failure")
    assert failure is not None
    assert (failure.text or "") == junit.clean(text)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"{}",
        b"[]",
        b'{"cells": [1]}',
        b'{"cells": [{"metadata": null}]}',
        b"[" * 9999,
    ],
)
def test_a_damaged_notebook_has_no_cards(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wall.ipynb"
    path.write_bytes(content)
    assert read(path) == {}
    assert read(tmp_path / "nowhere.ipynb") == {}


def test_a_check_of_another_course_tells_what_it_raised(tmp_path: Path) -> None:
    path = tmp_path / "wall.ipynb"
    path.write_text(
        '{"cells": [{"metadata": {"nbgrader": {"grade": true, "grade_id": "t"}}, "outputs": '
        '[{"output_type": "error", "ename": "AssertionError", "evalue": "no"}]}]}'
    )
    assert read(path)["t"].text == "AssertionError: no"
