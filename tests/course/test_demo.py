"""`course demo` for real: nbgrader grades a pretend class, and its marks are what the bank says."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from base64 import b64decode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from traitlets.config import PyFileConfigLoader

from autograder.grading.feedback import PREPROCESSORS, TEMPLATES
from course.lesson import read
from course.proof.bank import rows
from tests.course.author_samples import NAME, write_teapots

ROOT = Path(__file__).resolve().parents[2]
MINE = b"an instructor's own marks"


@dataclass
class Run:
    """What a run of `demo` on an author's first lesson left, and said."""

    root: Path
    status: int
    out: str
    data: dict[str, Any]

    @property
    def lesson(self) -> Path:
        return self.root / "lessons" / f"{NAME}.py"

    def answers(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        return [
            (notebook, one) for notebook in self.data["notebooks"] for one in notebook["answers"]
        ]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Run:
    root = tmp_path_factory.mktemp("späces and ümlauts")
    lesson = write_teapots(root / "lessons")
    (root / "grading").mkdir()
    (root / "grading" / "gradebook.db").write_bytes(MINE)
    command = [sys.executable, "-m", "course.cli", "demo", "--seed", "7", "--json"]
    done = subprocess.run(
        [*command, str(root / "out.json"), "--lessons", str(lesson.parent)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert (root / "out.json").exists(), done.stderr
    data = json.loads((root / "out.json").read_text(encoding="utf-8"))
    return Run(root, done.returncode, done.stdout, data)


def test_every_mark_of_the_class_is_what_the_bank_says(ran: Run) -> None:
    assert (ran.status, ran.data["agrees"], ran.data["differences"]) == (0, True, [])
    marks = {row["student"]: (row["marks"], row["expected"]) for row in ran.data["notebooks"]}
    assert marks.pop("untouched") == (0, 0)
    assert all(given == expected for given, expected in marks.values())
    assert min(marks.values()) < max(marks.values())
    for _, answer in ran.answers():
        assert answer["said"] == answer["promised"]
        assert all(check["marks"] == check["expected"] for check in answer["checks"])


def test_every_answer_of_the_bank_was_handed_in_by_somebody(ran: Run) -> None:
    handed_in = {(one["slug"], one["label"]) for _, one in ran.answers()}
    bank = rows(read(ran.lesson))
    assert handed_in == {(row.slug, row.label) for row in bank}


def test_each_check_was_run_by_nbgraders_own_executor(ran: Run) -> None:
    checks = [check["ran"] for _, one in ran.answers() for check in one["checks"]]
    assert {check["executor"] for check in checks} == {"nbgrader autograde"}
    assert {check["framework"] for check in checks} == {"minidjango 5.2"}


def test_the_feedback_page_shows_both_onions_and_the_hint_of_what_failed(ran: Run) -> None:
    (page,) = (
        Path(notebook["feedback"])
        for notebook, one in ran.answers()
        if (one["slug"], one["promised"]["misconception"]) == ("teapots", "forgot-return")
    )
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    card = soup.find(string=re.compile(r"\(forgot-return\)")).find_parent(class_="code_cell")
    pictures = [(img["alt"].partition(":")[0], img["src"]) for img in card.find_all("img")]
    assert [name for name, _ in pictures] == ["Expected", "Yours"]
    for _, source in pictures:
        kind, _, data = source.partition(";base64,")
        assert kind == "data:image/svg+xml"
        assert ET.fromstring(b64decode(data)).tag.endswith("svg")
    assert card.find("strong", string="Hint:")


def test_a_feedback_page_says_what_a_check_found_and_shows_no_line_of_it(ran: Run) -> None:
    checks = [check.source for one in read(ran.lesson).exercises for check in one.checks]
    lines = {line.strip() for source in checks for line in source.split("\n") if "app." in line}
    assert len(lines) > 3
    assert any("### BEGIN HIDDEN TESTS" in source for source in checks)
    for notebook in ran.data["notebooks"]:
        page = BeautifulSoup(Path(notebook["feedback"]).read_text(encoding="utf-8"), "html.parser")
        assert [line for line in lines if line in page.text] == []
        for check in (name["check"] for one in notebook["answers"] for name in one["checks"]):
            told = page.find("code", string=check).find_parent(class_="code_cell")
            assert "What the check found stands below." in told.text
            assert re.search(r":[()|] ", told.text)
            assert "CheckFailed" not in told.text
        assert not page.find_all("script", src=re.compile("^http"))
        kept = ran.root / "grading" / "demo" / "autograded" / notebook["student"] / NAME
        assert "BEGIN HIDDEN TESTS" in (kept / f"{NAME}.ipynb").read_text(encoding="utf-8")


def test_nbgraders_own_list_with_ours_behind_it_is_what_the_configuration_says() -> None:
    from nbgrader.converters import GenerateFeedback

    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    *before, ours = GenerateFeedback(config=config).preprocessors
    assert before == GenerateFeedback().preprocessors
    names = [f"{one.__module__.partition('.')[0]}.preprocessors.{one.__name__}" for one in before]
    assert (*names, ours) == PREPROCESSORS
    assert config.HTMLExporter.extra_template_basedirs == list(map(str, TEMPLATES))


def test_the_table_says_where_each_page_is_and_how_the_lesson_is_drawn_again(ran: Run) -> None:
    for notebook in ran.data["notebooks"]:
        (line,) = (
            line for line in ran.out.splitlines() if line.split()[:1] == [notebook["student"]]
        )
        given, expected = f"{notebook['marks']:g}", f"{notebook['expected']:g}"
        assert line.split()[:4] == [notebook["student"], NAME, given, expected]
        assert notebook["feedback"] in line
        assert Path(notebook["feedback"]).is_file()
    assert ran.out.startswith(f"Drawn: {NAME}. To draw it again: python3 -m course demo --seed 7\n")


def test_the_class_stays_in_grading_demo_and_nothing_beside_it_is_touched(ran: Run) -> None:
    grading = ran.root / "grading"
    assert sorted(path.name for path in grading.iterdir()) == ["demo", "gradebook.db"]
    assert (grading / "gradebook.db").read_bytes() == MINE
    with (grading / "demo" / "grades.csv").open(newline="") as file:
        exported = {line["student_id"]: float(line["score"]) for line in csv.DictReader(file)}
    assert exported == {row["student"]: row["marks"] for row in ran.data["notebooks"]}
