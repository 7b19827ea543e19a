"""`new`: a lesson that builds at once, and that says itself what is still to be written."""

from __future__ import annotations

import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from course import new
from course.cli import main
from course.errors import CourseError
from course.lesson import read
from course.shelves import Shelves
from course.source import todo

ROOT = Shelves.of_the_course().notebooks.parent


@pytest.fixture
def lessons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of an author's, which is not there yet, beneath the current one."""
    monkeypatch.chdir(tmp_path)
    return Path("my lessons")


def begin(lessons: Path, *words: str) -> int:
    """Run `new` as the command line does."""
    return main(["new", *words, "--lessons", str(lessons)])


def names(lessons: Path) -> list[str]:
    return sorted(path.name for path in lessons.iterdir())


# -- which file --


def test_a_name_with_a_number_is_the_file_s_name(lessons: Path) -> None:
    assert begin(lessons, "19_rate_limits") == 0
    assert names(lessons) == ["19_rate_limits.py"]


def test_a_name_without_a_number_gets_the_one_after_the_highest(lessons: Path) -> None:
    for name in ("rate_limits", "07_tenants", "etags"):
        assert begin(lessons, name) == 0
    assert names(lessons) == ["01_rate_limits.py", "07_tenants.py", "08_etags.py"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("19_rate_limits", "19_rate_limits.py is there already; edit it"),
        ("rate_limits", "19_rate_limits.py is there already; edit it"),
        ("20_rate_limits", "19_rate_limits.py is there already; edit it"),
        ("19_etags", "19_rate_limits.py has the number 19 already; choose another, or leave it"),
        ("Rate Limits", "'Rate Limits' is not a name for a lesson; try rate_limits."),
        ("rate-limits", "try rate_limits."),
        ("7_etags", "not a name for a lesson; write it as 19_rate_limits or rate_limits."),
        ("2fa", "write it as 19_rate_limits or rate_limits."),
        ("", "write it as 19_rate_limits or rate_limits."),
        ("21_etags.py", "try 21_etags."),
        ("drafts/21_etags.py", "try 21_etags and say the folder with --lessons."),
        ("x" * 41, "is too long; use 40 letters at most."),
    ],
)
def test_a_name_that_cannot_be_is_told_with_its_mend_and_nothing_is_written(
    lessons: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    begin(lessons, "19_rate_limits")
    before = (lessons / "19_rate_limits.py").read_text(encoding="utf-8")
    capsys.readouterr()

    assert begin(lessons, name) == 1
    said = capsys.readouterr()
    assert told in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert names(lessons) == ["19_rate_limits.py"]
    assert (lessons / "19_rate_limits.py").read_text(encoding="utf-8") == before


def test_a_name_is_taken_where_two_lessons_have_its_number_too(lessons: Path) -> None:
    begin(lessons, "02_etags")
    (lessons / "02_tenants.py").write_text("", encoding="utf-8")
    assert begin(lessons, "etags") == 1
    assert begin(lessons, "tenants") == 1


def test_nothing_is_made_for_a_lesson_that_is_refused(lessons: Path) -> None:
    assert begin(lessons, "etags", "--title=") == 1
    assert begin(lessons, "E tags") == 1
    assert not lessons.exists()


def test_after_the_number_99_an_author_says_which(
    lessons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(lessons, "99_last")
    assert begin(lessons, "etags") == 1
    assert "The number 99 is taken; say a free one" in capsys.readouterr().err
    assert begin(lessons, "98_etags") == 0


@pytest.mark.parametrize("folder", ["notes.txt", "notes.txt/lessons"])
def test_a_folder_that_is_a_file_is_told(
    lessons: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    Path("notes.txt").write_text("mine", encoding="utf-8")
    assert begin(Path(folder), "etags") == 1
    assert "notes.txt" in capsys.readouterr().err
    assert Path("notes.txt").read_text(encoding="utf-8") == "mine"


def test_where_the_course_has_no_lessons_none_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = Shelves(tmp_path / "course" / "lessons", tmp_path / "notebooks", tmp_path / "solutions")
    monkeypatch.setattr(Shelves, "of_the_course", lambda: bare)
    assert main(["new", "etags"]) == 1
    assert "say with --lessons where the lessons are" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


# -- what is in it --


@pytest.mark.parametrize(
    "words", ["rate_limits", "none", "http_response", "outer", "import_error", "e2e", "x" * 40]
)
def test_a_new_lesson_can_be_read_whatever_it_is_called(lessons: Path, words: str) -> None:
    begin(lessons, words)
    lesson = read(lessons / f"01_{words}.py")
    (exercise,) = lesson.exercises
    assert exercise.slug == words.replace("_", "-")
    assert len(exercise.rights) >= 2
    assert len(exercise.wrongs) >= 5
    assert len(exercise.hints) >= 2
    assert lesson.quizzes


@pytest.mark.parametrize(
    "title", ["Rate limits", "Limits: rates", '"Slow down" # now', "- Größe 3", "no", "1.5"]
)
def test_a_title_is_kept_as_it_was_given(lessons: Path, title: str) -> None:
    begin(lessons, "etags", f"--title={title}")
    assert read(lessons / "01_etags.py").title == title


def test_a_title_that_is_not_given_is_made_of_the_name() -> None:
    assert "# title: Rate limits\n" in new.scaffold("rate_limits")


@pytest.mark.parametrize("title", ["", "  ", "two\nlines", "a\ttab"])
def test_a_title_that_is_not_one_line_is_refused(title: str) -> None:
    with pytest.raises(CourseError, match="A title is one line of text"):
        new.scaffold("etags", title)


def test_a_new_lesson_is_laid_out_as_the_project_s_own() -> None:
    text = new.scaffold("rate_limits")
    for words in (["format", "--check"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *words, "--stdin-filename=course/lessons/19_x.py", "-"],
            input=text,
            text=True,
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_scaffold_goes_wherever_the_package_goes() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = settings["tool"]["setuptools"]["package-data"]["course"]
    assert new._SCAFFOLD.name in declared
    assert (ROOT / "course" / new._SCAFFOLD.name).is_file()


# -- what comes next --


def commands(said: str) -> list[list[str]]:
    """The words of the commands that were told, from the verb on."""
    told = [line.partition("python3 -m course ")[2] for line in said.splitlines()]
    return [shlex.split(words) for words in told if words]


def test_the_commands_that_are_told_work_and_lead_to_what_is_still_to_do(
    lessons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(lessons, "rate_limits")
    build, verify = commands(capsys.readouterr().out)
    path = lessons / "01_rate_limits.py"
    text = path.read_text(encoding="utf-8")
    mark = "# TODO another right answer, really differently written: "
    assert text.count(mark) == 1
    path.write_text(text.replace(mark, "# "), encoding="utf-8")

    assert main(build) == 0
    left = [str(problem) for problem in todo.left(path)]
    assert f"01_rate_limits has {len(left)} TODOs left" in capsys.readouterr().out
    assert Path("notebooks/01_rate_limits/01_rate_limits.ipynb").is_file()
    assert Path("solutions/01_rate_limits/01_rate_limits.ipynb").is_file()

    assert main(verify) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("my lessons/")]
    assert told == left
