"""What Gradescope is told: lateness, masters, faults of the grader's own; and who may do what."""

from __future__ import annotations

import contextlib
import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from autograder.conversation import nobody
from autograder.grading.errors import GradingError
from autograder.grading.export.gradescope import bundle, running
from autograder.grading.export.gradescope.hosts import DemotedHost, hosts
from autograder.grading.export.gradescope.lateness import lateness, sentence
from autograder.grading.export.gradescope.masters import (
    hidden_checks,
    points_by_hand,
    read_masters,
    visible_part,
)
from autograder.hosts import LocalHost, PipeHost
from tests.autograder.grading.small_class import NAME, notebook, write


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers run in this process: where they run makes no difference to what is asked here."""
    monkeypatch.setattr(running, "hosts", lambda *_: contextlib.nullcontext(LocalHost))


DUE = "2026-11-20T11:00:00-07:00"


def told(created_at: str = "2026-11-20T19:30:00+00:00", **others: Any) -> dict[str, Any]:
    return {"created_at": created_at, "assignment": {"due_date": DUE}, **others}


@pytest.mark.parametrize(
    ("metadata", "late"),
    [
        (told(), timedelta(hours=1, minutes=30)),
        (told("2026-11-20T10:59:00-07:00"), timedelta()),
        (told(users=[{"assignment": {"due_date": "2026-11-22T11:00:00-07:00"}}]), timedelta()),
        (told(users=[{"assignment": None}]), timedelta(hours=1, minutes=30)),
        (told(assignment={"due_date": None}), timedelta()),
        (told("yesterday"), timedelta()),
        (told("2026-11-20T19:30:00"), timedelta()),
        ({}, timedelta()),
        ([], timedelta()),
    ],
)
def test_lateness_comes_from_when_it_was_handed_in(
    tmp_path: Path, metadata: object, late: timedelta
) -> None:
    path = tmp_path / "submission_metadata.json"
    path.write_text(json.dumps(metadata))
    assert lateness(path) == late


def test_without_metadata_nobody_is_late(tmp_path: Path) -> None:
    assert lateness(tmp_path / "submission_metadata.json") == timedelta()


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (timedelta(), ""),
        (timedelta(seconds=59), "This was handed in 0 min after it was due."),
        (timedelta(minutes=90), "This was handed in 1 h 30 min after it was due."),
        (timedelta(days=2, minutes=5), "This was handed in 2 d 0 h 5 min after it was due."),
    ],
)
def test_lateness_is_told_in_words(late: timedelta, words: str) -> None:
    assert sentence(late) == words


def test_the_visible_part_is_what_students_have_and_nothing_that_is_hidden() -> None:
    assert hidden_checks(notebook()) == {"block-list-check"}
    before, after = (made["cells"] for made in (notebook(), visible_part(notebook())))
    assert "HIDDEN" not in after[1]["source"]
    assert "administrators" not in after[1]["source"]
    assert 'app.get("/admin/", status=403)' in after[1]["source"]
    assert [*after[:1], *after[2:]] == [*before[:1], *before[2:]]


def test_points_that_somebody_has_to_give_are_counted() -> None:
    assert points_by_hand(notebook()) == 3


def test_a_check_of_another_course_is_refused(tmp_path: Path) -> None:
    master = notebook()
    master["cells"][3]["source"] = "assert double(2) == 4"
    write(tmp_path / "wall.ipynb", master)
    with pytest.raises(GradingError, match="the check double-check does not use autograder"):
        read_masters(tmp_path)


def test_a_folder_without_masters_is_told(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match="there is no master notebook"):
        read_masters(tmp_path / "nowhere")


def test_a_damaged_master_is_told(tmp_path: Path) -> None:
    (tmp_path / "wall.ipynb").write_text("{")
    with pytest.raises(GradingError, match=r"wall\.ipynb:1: is not JSON"):
        read_masters(tmp_path)


def test_a_package_that_is_not_in_the_project_s_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match=r"has no pyproject\.toml; run this from a checkout"):
        bundle.bundle({}, tmp_path)


@pytest.mark.usefixtures("local")
def test_a_fault_of_the_grader_s_own_takes_no_points_and_is_told(tmp_path: Path) -> None:
    broken = notebook()
    source = broken["cells"][3]["source"]
    broken["cells"][3]["source"] = source.replace("gives=6", "gives=1 / 0")
    write(tmp_path / "source" / "master" / f"{NAME}.ipynb", broken)
    write(tmp_path / "submission" / f"{NAME}.ipynb", notebook())
    found = running.run(tmp_path)
    entry = next(test for test in found["tests"] if test["name"] == "double")
    assert (entry["score"], entry["max_score"]) == (0, 0)
    assert "status" not in entry
    assert "went wrong at double: those points are not counted yet" in found["output"]


@pytest.mark.usefixtures("local")
def test_each_of_several_notebooks_is_judged_under_its_name(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / "source" / "master" / f"{name}.ipynb", notebook())
    write(tmp_path / "submission" / "one.ipynb", notebook())
    found = running.run(tmp_path)
    marks = {test["name"]: (test["score"], test["max_score"]) for test in found["tests"]}
    assert marks == {
        "one: block-list, visible part": (0, 0),
        "one: block-list": (2, 2),
        "one: double": (1, 1),
        "two.ipynb": (0, 3),
    }


def test_a_broken_autograder_is_told_to_the_instructor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert running.main([str(tmp_path)]) == 1
    assert "there is no master notebook" in capsys.readouterr().err
    assert not (tmp_path / "results").exists()


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="needs root: run in a container")
def test_without_a_sandbox_an_answer_is_nobody_and_reads_no_master(tmp_path: Path) -> None:
    master, results = tmp_path / "master", tmp_path / "results"
    for folder in (master, results):
        folder.mkdir()
    (master / "wall.ipynb").write_text("the solution")
    tmp_path.chmod(0o755)
    said: list[str] = []
    with hosts(said.append, [master, results], sandbox=False) as make:
        host = make()
        try:
            for source in (
                "import os\nwho = (os.getuid(), os.getgid(), os.getgroups())",
                f"try:\n    loot = open({str(master / 'wall.ipynb')!r}).read()\n"
                "except OSError as e:\n    loot = type(e).__name__",
                f"try:\n    open({str(results / 'results.json')!r}, 'w')\n    forged = 'yes'\n"
                "except OSError as e:\n    forged = type(e).__name__",
                "open('scratch', 'w').write('mine')\nown = open('scratch').read()",
            ):
                host.ask({"do": "cell", "source": source}, nobody)
            seen = {
                name: host.ask({"do": "value", "of": {"name": name, "attributes": []}}, nobody)
                for name in ("who", "loot", "forged", "own")
            }
        finally:
            host.close()
    assert isinstance(host, DemotedHost)
    assert "this container is the sandbox" in said[0]
    assert {name: value.get("value") for name, value in seen.items()} == {
        "who": [65534, 65534, []],
        "loot": "PermissionError",
        "forged": "PermissionError",
        "own": "mine",
    }


def test_without_a_sandbox_and_without_root_it_says_what_an_answer_could_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    said: list[str] = []
    with hosts(said.append, sandbox=False) as make:
        assert make is PipeHost
    assert (
        said[1]
        == "Answers run with the rights of this process: they could read the master notebook."
    )
