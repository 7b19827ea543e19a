"""In a browser are no threads, processes or sockets, and the checks say what they always say."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.card import MIMETYPE
from autograder.misconceptions import REGISTRY
from course.compiler import solved
from course.lesson import all_lessons, read
from course.shelves import Shelves
from course.source import ids
from course.source.parts import Exercise, Lesson

ROOT = Path(__file__).resolve().parents[2]
LESSONS = {path.stem: path for path in all_lessons(Shelves.of_the_course().lessons)}

ELSEWHERE = ("autograder.grading", "autograder.host.sandbox", "autograder.host.zygote")
"""What only a grading machine imports."""

IMPORTS = f"""
import importlib, pkgutil, autograder, minidjango
for package in (minidjango, autograder):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.startswith({ELSEWHERE!r}) and not found.name.endswith("__main__"):
            importlib.import_module(found.name)
"""
CANNOT = {
    "import fcntl": "No module named 'fcntl'",
    "import resource": "No module named 'resource'",
    "import _posixsubprocess": "No module named '_posixsubprocess'",
    "import multiprocessing": "No module named 'multiprocessing'",
    "import threading; threading.Thread(target=print).start()": "a browser cannot do this",
    "import os; os.fork()": "a browser cannot do this",
    "import os; os.system('true')": "a browser cannot do this",
    "import socket; socket.create_connection(('127.0.0.1', 9))": "a browser cannot do this",
    "import socket; socket.socketpair()": "a browser cannot do this",
    "import subprocess; subprocess.run(['true'])": "a browser cannot do this",
}


def shown(*cells: str) -> list[dict[str, Any]]:
    """What each cell shows, in a process that can do no more than one in a browser."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.autograder.browser_limits"],
        cwd=ROOT,
        input=json.dumps(cells),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def verdict(cell: dict[str, Any]) -> dict[str, Any]:
    """The verdict that a check's cell shows on its card."""
    (card,) = cell["data"]
    assert card["text/plain"]
    assert card["text/html"]
    found: dict[str, Any] = card[MIMETYPE]
    return found


def test_there_can_be_no_more_than_in_a_browser_and_every_module_is_there() -> None:
    *cannot, imported, moved = shown(*CANNOT, IMPORTS, "import sys; assert sys.platform[0] == 'e'")
    for cell, said in zip(cannot, CANNOT.values(), strict=True):
        assert said in cell["error"]
    assert imported["error"] == moved["error"] == ""


@functools.cache
def lesson(name: str) -> Lesson:
    return read(LESSONS[name])


def wrong_answer(name: str) -> tuple[Exercise, str, str]:
    """One exercise of a lesson, the last, a wrong answer to it, and the mistake in it."""
    exercise = lesson(name).exercises[-1]
    answer = exercise.wrongs[0]
    return exercise, answer.source, answer.misconception


@pytest.mark.parametrize("name", LESSONS)
def test_a_solved_notebook_passes_and_a_wrong_answer_fails_with_its_card(name: str) -> None:
    cells = [cell for cell in solved(lesson(name)).cells if cell.cell_type == "code"]
    checks = {
        cell.id: cell.source for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")
    }
    exercise, wrong, mistake = wrong_answer(name)
    again = [checks[ids.check(one.slug, one.name)] for one in exercise.checks]
    told = shown(*(cell.source for cell in cells), wrong, *again)

    by_id = dict(zip((cell.id for cell in cells), told, strict=False))
    for check in checks:
        said = verdict(by_id[check])
        assert (said["verdict"], said["points"]) == ("passed", said["max"]), said["message"]
        assert by_id[check]["error"] == ""
    failed = [cell for cell in told[-len(again) :] if cell["error"]]
    assert failed
    assert {verdict(cell)["verdict"] for cell in failed} == {"failed"}
    first = failed[0]
    assert verdict(first)["misconception"] == mistake
    assert REGISTRY[mistake].title in first["data"][0]["text/plain"]
    assert first["error"].startswith("CheckFailed: ")
