"""For pytest: the notebooks in `work/` are tests too, when it is told to look there."""

import warnings
from pathlib import Path

import pytest


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a student's notebook; nothing is imported until there is one."""
    if file_path.suffix != ".ipynb":
        return None
    with warnings.catch_warnings():
        # A library of ours uses a module of Python's that is on its way out: no news for a student.
        warnings.simplefilter("ignore", DeprecationWarning)
        from course.student import pytest_work
    return pytest_work.collected(file_path, parent)
