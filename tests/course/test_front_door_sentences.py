"""What the front door says, and to which Pythons."""

import ast
import errno
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from course.__main__ import unsuitable
from course.door import bootstrap, pip_errors
from course.door.environment import NEWEST, OLDEST

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DOOR = (
    "background",
    "bootstrap",
    "environment",
    "installer",
    "lock",
    "pip_errors",
    "progress_line",
)
BEFORE_VENV = {"__init__", "__main__", "cli", "errors", "door", *(f"door.{name}" for name in DOOR)}


def old_pythons() -> list[str]:
    """Commands that start a Python too old for the course, on PATH or where pyenv keeps them."""
    names = [shutil.which(f"python3.{minor}") for minor in range(6, OLDEST[1])]
    kept = (Path.home() / ".pyenv" / "versions").glob("3.[6-9]*/bin/python")
    candidates = [name for name in [*names, *map(str, kept)] if name]
    silent = subprocess.DEVNULL
    return [one for one in candidates if not subprocess.call([one, "-c", ""], stderr=silent)]


@pytest.mark.parametrize("name", sorted(BEFORE_VENV))
def test_what_runs_before_the_environment_parses_on_python_3_6(name: str) -> None:
    path = ROOT.joinpath("course", *name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    ast.parse(path.read_text(), feature_version=(3, 6))


def test_those_are_all_the_modules_that_the_front_door_imports_without_an_environment() -> None:
    listing = (
        "import sys, course.__main__, course.door.bootstrap, course.cli\n"
        "print(*[name.partition('.')[2] for name in sys.modules if name.startswith('course.')])"
    )
    command = [sys.executable, "-S", "-c", listing]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(found.stdout.split()) == BEFORE_VENV - {"__init__"}


def test_an_old_python_says_that_it_is_too_old() -> None:
    found = old_pythons()
    if not found:
        pytest.skip("no Python 3.6 to 3.10 on this machine; install one to run this")
    for command in found:
        told = subprocess.run(
            [command, "-m", "course", "lab"], cwd=ROOT, capture_output=True, text=False
        )
        assert told.returncode == 1
        assert b"is too old (the course runs on 3.11 to 3.13); " in told.stderr
        assert b"Traceback" not in told.stderr


def test_a_newer_python_is_refused_with_a_mend() -> None:
    sentence = unsuitable((3, 14), "python3.12")
    assert sentence is not None
    assert "newer than what the course has been tried with" in sentence
    assert sentence.endswith("python3.12 -m course")
    assert unsuitable((3, 12)) is None


def test_the_pythons_are_those_of_the_project() -> None:
    supported = SpecifierSet(PROJECT["project"]["requires-python"])
    agreed = [minor for minor in range(20) if f"3.{minor}" in supported]
    assert (agreed[0], agreed[-1]) == (OLDEST[1], NEWEST[1])


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("connection broken by 'NewConnectionError(...)'\nERROR: No matching", "the network"),
        ("ERROR: [Errno 13] Permission denied: '/x'", "belongs to you"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "certificate"),
        ("(from versions: 1.0)\nERROR: No matching distribution found for x==2", "one of the vers"),
        ("something else", "last words"),
    ],
)
def test_the_reason_is_read_from_what_pip_says(words: str, meaning: str) -> None:
    assert meaning in pip_errors.reason(words)


def test_a_refusal_of_the_system_names_the_path() -> None:
    assert bootstrap.refusal(OSError(errno.EROFS, "x", "/a")).startswith("This folder may not")
    assert bootstrap.refusal(OSError(errno.ENOSPC, "x", "/a")).startswith("The disk is full (/a)")


def pins(name: str) -> list[Requirement]:
    lines = [line.partition(" #")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    return [Requirement(line) for line in lines if line and line[0] not in "#-"]


def options(name: str) -> list[str]:
    return [line for line in (ROOT / name).read_text().splitlines() if line.startswith("-")]


def test_every_requirement_is_pinned_and_nothing_points_elsewhere() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for pin in pins(name):
            assert [one.operator for one in pin.specifier] == ["=="], pin
            assert pin.url is None
    assert options("requirements.txt") == ["-e ."]
    assert options("requirements-dev.txt") == ["-r requirements.txt"]


def test_the_pins_are_what_the_project_asks_for() -> None:
    asked = {
        "requirements.txt": PROJECT["project"]["dependencies"]
        + PROJECT["build-system"]["requires"],
        "requirements-dev.txt": PROJECT["dependency-groups"]["dev"],
    }
    for name, wanted in asked.items():
        for requirement in map(Requirement, wanted):
            wanted_name = canonicalize_name(requirement.name)
            found = [pin for pin in pins(name) if canonicalize_name(pin.name) == wanted_name]
            assert found, f"{requirement} is not in {name}"
            for pin in found:
                assert next(iter(pin.specifier)).version in requirement.specifier
