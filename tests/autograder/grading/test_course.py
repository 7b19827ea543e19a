"""An nbgrader course and what was handed in, read as nbgrader reads them."""

from __future__ import annotations

import os
import random
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from autograder.grading import course as courses
from autograder.grading import submitted
from autograder.grading.course import read_course
from autograder.grading.errors import GradingError
from autograder.grading.submitted import Unreadable


def write(folder: Path, name: str, text: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_defaults_are_nbgraders_own() -> None:
    from nbgrader.converters import Autograde
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.preprocessors import Execute

    directory, autograde = CourseDirectory(), Autograde(coursedir=CourseDirectory())
    for name, default in courses.COURSE_DIRECTORY.items():
        if name not in ("root", "db_url"):  # these depend on where one is
            assert getattr(directory, name) == default
    for name, default in courses.AUTOGRADE.items():
        assert getattr(autograde, name) == default or name == "permissions"
    assert Execute().timeout == courses.EXECUTE["timeout"]
    assert [one.__name__ for one in Autograde.__mro__[:2]] == ["Autograde", "BaseConverter"]
    assert "ExecutePreprocessor" in [one.__name__ for one in Execute.__mro__]


def test_a_folder_without_configuration_is_a_course_as_nbgrader_makes_one(tmp_path: Path) -> None:
    from nbgrader.coursedir import CourseDirectory

    course, directory = read_course(tmp_path), CourseDirectory(root=str(tmp_path))
    assert course.db_url == directory.db_url
    assert course.permissions == 0o444
    for step in courses.FOLDERS:
        path = directory.format_path(step, "ada", "ps1")
        assert str(course.folder(step, "ada", "ps1")) == path


@pytest.mark.parametrize(
    ("configured", "meant"),
    [
        ("sqlite:///books/marks.db", "sqlite:///{0}/books/marks.db"),
        ("sqlite:////srv/marks.db", "sqlite:////srv/marks.db"),
        ("sqlite://", "sqlite://"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("postgresql://books/course", "postgresql://books/course"),
    ],
)
def test_a_gradebook_is_found_from_the_course_wherever_one_is(
    configured: str, meant: str, tmp_path: Path
) -> None:
    write(
        tmp_path,
        "nbgrader_config.py",
        f"c = get_config()\nc.CourseDirectory.db_url = {configured!r}\n",
    )
    assert read_course(tmp_path).db_url == meant.format(tmp_path)
    assert read_course(tmp_path, "sqlite:///other.db").db_url == "sqlite:///other.db"


def test_the_configuration_of_a_course_is_obeyed(tmp_path: Path) -> None:
    write(
        tmp_path,
        "nbgrader_config.py",
        "import os\n"
        "c = get_config()\n"
        "c.CourseDirectory.root = os.path.join(os.getcwd(), 'inner')\n"
        "c.CourseDirectory.directory_structure = '{nbgrader_step}/{assignment_id}/{student_id}'\n"
        "c.CourseDirectory.ignore.append('*.bak')\n"
        "c.CourseDirectory.groupshared = True\n"
        "c.Autograde.create_student = False\n"
        "c.NotebookClient.timeout = 5\n"
        "c.ExecutePreprocessor.timeout = 7\n",
    )
    write(tmp_path / "inner", "nbgrader_config.py", "c.CourseDirectory.submitted_directory = 'in'")
    course = read_course(tmp_path, "postgresql://books/course")
    assert course.folder("submitted", "ada", "ps1") == tmp_path / "inner" / "in" / "ps1" / "ada"
    assert course.ignore[-2:] == ("feedback", "*.bak")
    assert (course.create_student, course.timeout, course.permissions) == (False, 7, 0o664)
    assert course.db_url == "postgresql://books/course"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("c.CourseDirectory.root = 3", "CourseDirectory.root is no str: 3"),
        ("c = get_config(", "nbgrader_config cannot be read (SyntaxError"),
    ],
)
def test_a_configuration_that_cannot_be_is_a_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    write(tmp_path, "nbgrader_config.py", text)
    with pytest.raises(GradingError) as raised:
        read_course(tmp_path)
    assert sentence in str(raised.value)


def test_what_only_nbgrader_does_is_known(tmp_path: Path) -> None:
    assert courses.unheeded(read_course(tmp_path)) == []
    write(
        tmp_path,
        "nbgrader_config.py",
        "c.Autograde.autograde_preprocessors = ['autograder.grading.plugin.Judge', 'own.Step']\n"
        "c.IgnorePattern.enabled = True\n",
    )
    assert courses.unheeded(read_course(tmp_path)) == ["own.Step", "IgnorePattern.enabled"]


def test_students_are_found_wherever_the_structure_puts_them(tmp_path: Path) -> None:
    structure = "{nbgrader_step}/{assignment_id}/of {student_id}/{student_id}"
    write(
        tmp_path,
        "nbgrader_config.py",
        f"c.CourseDirectory.directory_structure = {structure!r}\n"
        "c.CourseDirectory.student_id_exclude = 'eve'\n",
    )
    for student in ("bob", "ada lovelace", "eve"):
        write(tmp_path, f"submitted/ps1/of {student}/{student}/squares.ipynb")
    write(tmp_path, "submitted/ps1/of bob/ada/squares.ipynb")
    found = submitted.folders(read_course(tmp_path), "ps1")
    assert list(found) == ["ada lovelace", "bob"]
    assert submitted.folders(read_course(tmp_path), "ps1", ["bob"]) == {"bob": found["bob"]}
    with pytest.raises(GradingError, match="dan has handed in nothing"):
        submitted.folders(read_course(tmp_path), "ps1", ["dan"])


def test_files_beside_a_notebook_are_read_and_no_link_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = write(tmp_path, "secret.txt", "secret")
    folder = tmp_path / "submitted" / "ada" / "ps1"
    for name in ("squares.ipynb", "other.ipynb", "sub/data.csv", "sub/x.pyc", "feedback/page.html"):
        write(folder, name, name)
    (folder / "link.txt").symlink_to(secret)
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    course = read_course(tmp_path)
    found = submitted.read(course, "ada", folder, ["squares", "circles"])
    assert found.notebooks == {"squares": b"squares.ipynb"}
    assert found.files == (("sub/data.csv", b"sub/data.csv"),)
    monkeypatch.setattr(submitted, "MOST", 20)
    with pytest.raises(Unreadable, match="MB of files"):
        submitted.read(course, "ada", folder, ["squares"])
    with pytest.raises(Unreadable, match=r"there is no circles\.ipynb in"):
        submitted.read(course, "ada", folder, ["circles"])


ZONES = ["", " UTC", " Europe/Berlin", " EST", " +0200", " -0530", "Z", "+02:00", " nowhere"]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("zone", ZONES)
def test_a_timestamp_is_read_as_nbgrader_reads_it(tmp_path: Path, zone: str) -> None:
    from nbgrader.utils import parse_utc

    chance = random.Random(zone)
    for _ in range(5):
        when = datetime.fromtimestamp(chance.randrange(2 * 10**9))
        text = f"{when:%Y-%m-%d %H:%M:%S}{chance.choice(['', '.123456'])}{zone}"
        folder = write(tmp_path, "timestamp.txt", text + "\n").parent
        write(folder, "squares.ipynb")
        read: Any = submitted.read(read_course(tmp_path), "ada", folder, ["squares"])
        assert read.timestamp == parse_utc(text)


def test_a_timestamp_that_says_no_time_is_a_sentence(tmp_path: Path) -> None:
    write(tmp_path, "squares.ipynb")
    write(tmp_path, "timestamp.txt", "yesterday, I think")
    with pytest.raises(Unreadable, match="says no time: 'yesterday, I think'"):
        submitted.read(read_course(tmp_path), "ada", tmp_path, ["squares"])
