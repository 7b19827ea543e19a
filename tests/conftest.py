"""What tests of several packages share."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the front door needs, at a path that is not made to be easy."""
    return copy_checkout(tmp_path / "späces and ümlauts")


def copy_checkout(to: Path) -> Path:
    """Copy the packages and the settings at the root, but neither lessons nor anything built."""
    to.mkdir(parents=True)
    rubbish = shutil.ignore_patterns("__pycache__", "lessons")
    for package in ("minidjango", "autograder", "course"):
        shutil.copytree(ROOT / package, to / package, ignore=rubbish)
    for name in (
        "pyproject.toml",
        "requirements.txt",
        "requirements-dev.txt",
        "nbgrader_config.py",
    ):
        shutil.copy(ROOT / name, to)
    return to
