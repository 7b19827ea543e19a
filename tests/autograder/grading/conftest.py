"""What the tests of grading share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.autograder.grading import nbgrader_samples, small_class


@pytest.fixture(scope="session")
def small_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded class of four in a course folder; nobody changes it."""
    return small_class.make_course(tmp_path_factory.mktemp("small course"))


@pytest.fixture(scope="session")
def plain_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of nbgrader's with one assignment, to which nobody has handed in; copy it."""
    return nbgrader_samples.make_course(tmp_path_factory.mktemp("plain course"))
