"""The zip for Gradescope, unpacked in a clean folder and run as Gradescope would."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.__main__ import main
from autograder.grading.export.gradescope import running
from autograder.grading.export.gradescope.bundle import bundle
from autograder.hosts import LocalHost
from autograder.judge_command import judge_file
from autograder.zygote import NoZygote
from tests.autograder.grading.small_class import ANSWERS, NAME, STUB, notebook, verdicts, write

ROOT = Path(__file__).resolve().parents[3]
FILE = f"{NAME}.ipynb"
METADATA = {
    "created_at": "2026-11-21T12:00:00.365935-07:00",
    "assignment": {"due_date": "2026-11-20T11:00:00.000000-07:00"},
    "users": [{"email": "carla@school.example"}],
}


@pytest.fixture(scope="module")
def archive(small_course: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("zip") / "autograder.zip"
    words = ["export", "gradescope", NAME, "--course", str(small_course), "-o", str(path)]
    assert main(words) == 0
    return path.read_bytes()


@pytest.fixture
def home(archive: bytes, tmp_path: Path) -> Path:
    return unpacked(archive, tmp_path)


def unpacked(archive: bytes, home: Path) -> Path:
    """A clean `/autograder`, as Gradescope has it when its image is built."""
    source = home / "source"
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        zipped.extractall(source)
        for entry in zipped.infolist():
            (source / entry.filename).chmod(entry.external_attr >> 16)
    for name in ("setup.sh", "run_autograder"):
        shutil.copy(source / name, home)
    return home


def hand_in(home: Path, made: dict[str, Any], name: str = FILE) -> Path:
    write(home / "submission" / name, made)
    return home / "submission" / name


def by_name(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {test["name"]: test for test in found["tests"]}


def judged(path: Path, course: Path) -> dict[str, tuple[float, float]]:
    """The points of `autograder judge`, by exercise."""
    source = course / "source" / NAME
    try:
        verdicts = judge_file(path, source)
    except NoZygote:
        verdicts = judge_file(path, source, sandbox=False)
    return {verdict.check: (verdict.points, verdict.maximum) for verdict in verdicts.values()}


def virtual_environment(home: Path) -> None:
    """What setup.sh makes, with the packages that are installed already, and no copy of ours."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home / "venv"], check=True)
    (site,) = (home / "venv").glob("lib/python*/site-packages")
    (site / "there.pth").write_text(f"{home / 'source'}\n{sysconfig.get_path('purelib')}\n")


def bundled(home: Path) -> bool:
    """Whether it is the zip's own copy of this project that is found there."""
    find = "import autograder; print(autograder.__file__)"
    words = [home / "venv" / "bin" / "python", "-I", "-c", find]
    said = subprocess.run(words, cwd="/", capture_output=True, text=True, check=True).stdout
    return Path(said.strip()).is_relative_to(home / "source")


def run_autograder(home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [home / "run_autograder"],
        cwd=home,
        env={"PATH": os.environ["PATH"], "AUTOGRADER_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def ran(archive: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which `run_autograder` was run on what carla handed in."""
    home = unpacked(archive, tmp_path_factory.mktemp("clean"))
    virtual_environment(home)
    assert bundled(home)
    hand_in(home, notebook(*ANSWERS["carla"]))
    (home / "submission_metadata.json").write_text(json.dumps(METADATA))
    done = run_autograder(home)
    assert done.returncode == 0, done.stderr
    return home


def results(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / "results" / "results.json").read_text())
    return found


def test_run_in_a_clean_folder_it_gives_the_marks_of_autograder_judge(
    ran: Path, small_course: Path
) -> None:
    found = results(ran)
    tests = by_name(found)
    marks = {name: (tests[name]["score"], tests[name]["max_score"]) for name in tests}
    assert marks.pop("block-list, visible part") == (0, 0)
    assert marks == judged(ran / "submission" / FILE, small_course)
    assert "score" not in found
    assert [p.name for p in (ran / "results").iterdir()] == ["results.json"]


def test_lateness_is_told_and_costs_nothing(ran: Path) -> None:
    found = results(ran)
    assert found["output"] == "This was handed in 1 d 1 h 0 min after it was due."
    assert found["extra_data"] == {"late_seconds": 90000}


@pytest.mark.parametrize("student", ANSWERS)
def test_the_marks_of_every_answer_are_those_of_the_judge(student: str) -> None:
    made = running.judged(notebook(*ANSWERS[student]), notebook(), LocalHost)
    tests = by_name({"tests": made})
    for verdict in verdicts(student).values():
        assert tests[verdict.check]["score"] == verdict.points


def test_what_a_hidden_part_says_is_shown_with_the_marks_and_the_rest_at_once(ran: Path) -> None:
    tests = by_name(results(ran))
    assert {name: test["visibility"] for name, test in tests.items()} == {
        "block-list, visible part": "visible",
        "block-list": "after_published",
        "double": "visible",
    }
    shown, later = tests["block-list, visible part"], tests["block-list"]
    assert (shown["status"], later["status"]) == ("passed", "failed")
    assert "shown when the marks are published" in shown["output"]
    assert "points" not in shown["output"]
    assert "administrators" not in shown["output"]
    assert "condition-too-wide" in later["output"]
    assert later["extra_data"]["misconception"] == "condition-too-wide"
    assert tests["double"]["output"].startswith(":| double: not attempted, 0 of 1 point")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda home: (home / "submission").mkdir(), "There is no notebook wall.ipynb"),
        (lambda home: write(home / "submission" / FILE, {"cells": 3}), "wall.ipynb: is JSON but"),
        (
            lambda home: [hand_in(home, notebook(), name) for name in ("a.ipynb", "b.ipynb")],
            "It is not clear which notebook is meant, a.ipynb, b.ipynb: hand in wall.ipynb alone.",
        ),
        (
            lambda home: [hand_in(home, notebook(), f"{name}/{FILE}") for name in "ab"],
            "It is not clear which notebook is meant, a/wall.ipynb, b/wall.ipynb",
        ),
    ],
)
def test_what_cannot_be_judged_gets_a_sentence_and_no_points(
    home: Path, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(home)
    (test,) = running.run(home)["tests"]
    assert (test["name"], test["score"], test["max_score"]) == (FILE, 0, 3)
    assert test["output"].startswith(said)
    assert str(home) not in test["output"]


def test_a_notebook_of_another_name_or_deep_in_a_folder_is_found(home: Path) -> None:
    path = hand_in(home, notebook(), "06/renamed.ipynb")
    hand_in(home, notebook(), ".ipynb_checkpoints/wall.ipynb")
    (home / "submission" / "link.ipynb").symlink_to(home / "source" / "master" / FILE)
    assert running.find(home / "submission", FILE, alone=True) == path


def test_without_a_sandbox_it_says_so_and_goes_on(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(home, notebook(double=STUB))
    tests = by_name(running.run(home, sandbox=False))
    assert "this container is the sandbox" in capsys.readouterr().out
    assert (tests["block-list"]["score"], tests["double"]["score"]) == (2, 0)


def test_the_zip_has_what_pip_installs_and_the_same_bytes_each_time(
    archive: bytes, home: Path
) -> None:
    source = home / "source"
    assert bundle({FILE: notebook()}, source) == bundle({FILE: notebook()}, source)
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert {name.partition("/")[0] for name in names} == {
        *("setup.sh", "run_autograder", "minidjango", "autograder", "master"),
        *("pyproject.toml", "requirements.txt", "README.md", "LICENSE"),
    }
    assert not [name for name in names if "__pycache__" in name]
    assert (home / "source" / "requirements.txt").read_bytes() == (
        ROOT / "requirements.txt"
    ).read_bytes()
    make = "import setuptools.build_meta as b; print(b.prepare_metadata_for_build_editable('..'))"
    made = subprocess.run(
        [sys.executable, "-c", make], cwd=home / "source", capture_output=True, text=True
    )
    assert made.stdout.splitlines()[-1].startswith("inside_the_onion-"), made.stderr


@pytest.mark.parametrize("name", ["setup.sh", "run_autograder"])
def test_the_scripts_are_bash_and_can_be_run(home: Path, name: str) -> None:
    subprocess.run(["bash", "-n", home / name], check=True)
    assert os.access(home / name, os.X_OK)


def command(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def set_up(home: Path, python: str) -> subprocess.CompletedProcess[str]:
    """Run setup.sh where apt-get has just that Python; what is started is written to `log`."""
    bin_, log = home / "bin", home / "log"
    there = f'case "$*" in *python*) case "$*" in *{python}-venv) ;; *) exit 100;; esac;; esac'
    command(bin_ / "apt-get", there)
    pip = f'#!/bin/sh\\necho "$PWD: $*" >> "{log}"\\n'
    made = f'mkdir -p "$3/bin"; printf \'{pip}\' > "$3/bin/python"; chmod +x "$3/bin/python"'
    command(bin_ / python, made)
    return subprocess.run(
        [home / "setup.sh"],
        env={"PATH": f"{bin_}:{os.environ['PATH']}", "AUTOGRADER_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_set_up_installs_the_requirements_beside_the_newest_python(home: Path) -> None:
    done = set_up(home, "python3.12")
    assert done.returncode == 0, done.stderr
    words = "-m pip install --no-cache-dir --requirement requirements.txt"
    assert (home / "log").read_text() == f"{home / 'source'}: {words}\n"
    assert (home / "source" / "requirements.txt").read_text().endswith("\n-e .\n")
    assert (home / "source" / "master").stat().st_mode & 0o077 == 0


def test_an_image_without_a_fit_python_is_told_at_once(home: Path) -> None:
    done = set_up(home, "python3.9")
    assert done.returncode == 1
    assert done.stderr == (
        "This image has no Python 3.11 to 3.13: choose a newer Ubuntu as the base image.\n"
    )
