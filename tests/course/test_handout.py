"""`course handout`: the edition for students has what they need, works, and holds no answer."""

from __future__ import annotations

import argparse
import functools
import json
import lzma
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from course import cli, handout
from course.compiler import with_answers
from course.instructor.edition import VERBS
from course.instructor.folder import made_whole
from course.lesson import Lesson, all_lessons, read
from course.proof.secrets import SHORTEST, secret_lines
from course.shelves import Shelves
from tests.conftest import copy_checkout
from tests.course.lesson_samples import NAME, files, write
from tests.course.test_lab import Lab, free_port

ROOT = Path(__file__).resolve().parents[2]
MADE_THERE = {"work", "grading", "__pycache__"}
"""What running the course leaves in an edition."""

PACKAGES = ("minidjango/", "autograder/")
MARKERS = {"### BEGIN", "### END", "- [x]"}
LESSONS = [read(path) for path in all_lessons(Shelves.of_the_course().lessons)]


def hand_out(folder: Path, *words: str) -> Path:
    parser = argparse.ArgumentParser()
    handout.add_arguments(parser)
    assert handout.run(parser.parse_args([str(folder), *words])) == 0
    return folder


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hand_out(tmp_path_factory.mktemp("a class") / "späces and ümlauts")


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hand_out(tmp_path_factory.mktemp("an exam") / "edition", "--exam")


@pytest.fixture(scope="module", autouse=True)
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Whatever Python starts here finds no module of the repository that an edition lacks.

    The repository is installed, editable, in the environment that stands in for an edition's own.
    """
    folder = tmp_path_factory.mktemp("alone")
    (folder / "sitecustomize.py").write_text(
        "import sys\n"
        "mine = [f for f in sys.meta_path if '__editable__' not in getattr(f, '__module__', '')]\n"
        "sys.meta_path[:] = mine\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
        yield folder


def course(folder: Path, *words: str) -> tuple[int, str]:
    """Run a verb in an edition, with the packages that lie there; return the status and the words.

    It is run in this Python's environment, as if that were the edition's own `.venv`.
    """
    done = subprocess.run(
        [sys.executable, "-m", "course.cli", *words], cwd=folder, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def sources(notebook: Path) -> str:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def written(path: Path) -> str:
    if path.suffix == ".xz":  # cases recorded on Django
        return lzma.decompress(path.read_bytes()).decode()
    return sources(path) if path.suffix == ".ipynb" else path.read_text("utf-8")


@functools.cache
def told(folder: Path) -> dict[str, str]:
    """All that is written in an edition, by file; notebooks as the sources of their cells."""
    return {
        path.relative_to(folder).as_posix(): written(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not MADE_THERE & set(path.relative_to(folder).parts)
    }


def telling(lesson: Lesson) -> set[str]:
    """The lines of a lesson that a student must not get."""
    reasons = {option.reason for quiz in lesson.quizzes for option in quiz.options}
    return set(secret_lines(lesson)) | {reason for reason in reasons if len(reason) >= SHORTEST}


def answers(lesson: Lesson) -> list[set[str]]:
    """The telling lines of each solution and each right answer of a lesson."""
    sources = [
        source
        for exercise in lesson.exercises
        for source in (exercise.solution, *(right.source for right in exercise.rights))
    ]
    secrets = set(secret_lines(lesson))
    return [secrets & {line.strip() for line in source.split("\n")} for source in sources]


def given_away(folder: Path, lesson: Lesson) -> list[str]:
    """Where an edition says a telling line: in a notebook, a page, the course's code or a test.

    What another lesson shows may be a line of a hidden part here, or of a mistake, for all lessons
    speak of the same things; but not a line of an answer. The framework and the grader know nothing
    of lessons: that they hold no whole answer is another test's claim.
    """
    found = []
    for name, text in told(folder).items():
        another = name.endswith(".ipynb") and Path(name).stem != lesson.name
        lines = set().union(*answers(lesson)) if another else telling(lesson)
        if not name.startswith(PACKAGES):
            found += [f"{name}: {line}" for line in lines | MARKERS if line in text]
    return found


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
@pytest.mark.parametrize("kind", ["edition", "exam"])
def test_no_file_says_a_line_of_a_solution_a_hidden_part_a_bank_or_a_key(
    kind: str, lesson: Lesson, request: pytest.FixtureRequest
) -> None:
    assert given_away(request.getfixturevalue(kind), lesson) == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_framework_and_the_grader_hold_no_answer(edition: Path, lesson: Lesson) -> None:
    whole = [lines for lines in answers(lesson) if len(lines) > 1]
    assert whole
    for name, text in told(edition).items():
        if name.startswith(PACKAGES):
            assert not [lines for lines in whole if all(line in text for line in lines)], name


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_secret_that_is_given_away_is_found(lesson: Lesson, tmp_path: Path) -> None:
    secrets = sorted(telling(lesson) | MARKERS)
    for number, line in enumerate(secrets):
        (tmp_path / f"{number}.py").write_text(f"def f():\n    {line}\n", encoding="utf-8")
    found = set(given_away(tmp_path, lesson))
    assert {f"{number}.py: {line}" for number, line in enumerate(secrets)} <= found


def test_nothing_is_there_that_only_authors_and_instructors_need(edition: Path) -> None:
    names = set(told(edition))
    for path in ("solutions", "course/lessons", "course/compiler", "course/proof", "benchmarks"):
        assert not [name for name in names if name.startswith(f"{path}/")]
    assert not {f"course/{verb}.py" for verb in set(cli.VERBS) - set(VERBS)} & names
    assert not [name for name in names if name.startswith("tests/course/")]
    assert "tests/autograder/answers.py" not in names


def test_all_lessons_are_there_as_they_were_built(edition: Path) -> None:
    assert files(edition / "notebooks") == files(ROOT / "notebooks")


def test_help_lists_the_verbs_that_work_there_and_each_of_them_starts(edition: Path) -> None:
    status, said = course(edition)
    offered = [verb for verb in VERBS if verb in cli.offered()]
    assert status == 0
    assert [verb for verb in cli.VERBS if f"\n  {verb} " in said] == offered
    for verb in offered:
        assert course(edition, verb, "--help")[0] == 0
    status, said = course(edition, "build")
    assert status == 2
    assert said.startswith('There is no verb "build" in the edition for students: the verbs are ')


def test_the_readme_has_both_commands_and_the_lessons(edition: Path, exam: Path) -> None:
    for folder in (edition, exam):
        text = (folder / "README.md").read_text(encoding="utf-8")
        assert "\npython3 -m course lab " in text
        assert "\npython3 -m course test " in text
        assert "$" not in text
        for lesson in LESSONS:
            assert f"| {lesson.number} | {lesson.title} |" in text
    assert "course hint" not in (exam / "README.md").read_text(encoding="utf-8")


def test_what_the_readmes_there_point_at_is_there(edition: Path) -> None:
    for page in (
        "README.md",
        "minidjango/README.md",
        "autograder/README.md",
        "autograder/CHECKING.md",
    ):
        text = (edition / page).read_text(encoding="utf-8")
        links = re.findall(r'(?:\]\(|src=")([^)"#:]+)[)"#]', text)
        missing = [link for link in links if not (edition / page).parent.joinpath(link).exists()]
        assert missing == [], page


@pytest.mark.skipif(sys.platform == "win32", reason="the lab is stopped by a POSIX signal")
def test_course_lab_opens_a_lesson_there_and_validates_it(
    edition: Path, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Kernels start in the lesson's folder, and find the packages because they are installed.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(alone), str(edition)]))
    lab = Lab(edition, free_port())
    try:
        lesson = LESSONS[0].name
        assert lab.page == f"/lab/tree/{lesson}/{lesson}.ipynb"
        path = f"{lesson}/{lesson}.ipynb"
        assert lab.ask(f"/api/contents/{path}")["type"] == "notebook"
        with urllib.request.urlopen(f"{lab.url}{lab.page}?token={lab.token}", timeout=60) as page:
            assert b"jupyter-config-data" in page.read()
        failed = lab.ask("/assignments/validate", {"path": path})["value"]["failed"]
        checks = [check for part in LESSONS[0].exercises for check in part.checks]
        assert len(failed) == len(checks) + len(LESSONS[0].quizzes)
        for cell in failed:
            assert "not attempted. The answer still raises NotImplementedError" in cell["error"]
    finally:
        lab.process.terminate()
        lab.process.communicate()


def test_course_test_passes_there(edition: Path) -> None:
    few = ["-n0", "-k", "test_model or test_imports"]  # all are collected, which imports all
    status, said = course(edition, "test", "--", "-q", "-p", "no:cacheprovider", *few)
    assert status == 0, said
    assert "[1/1] pytest" in said
    assert re.search(r"^\d+ passed", said, re.M)


def test_an_earlier_handout_is_replaced_and_is_the_same_each_time(
    edition: Path, tmp_path: Path
) -> None:
    with made_whole(tmp_path / "edition", "handout") as aside:
        (aside / "of-last-year").touch()
    assert told(hand_out(tmp_path / "edition")) == told(edition)


def test_it_refuses_to_hand_out_notebooks_that_are_not_what_the_lessons_are_built_into(
    tmp_path: Path,
) -> None:
    root = copy_checkout(tmp_path / "checkout")
    write(root / "course")
    notebook = root / "notebooks" / NAME / f"{NAME}.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_text("{}")
    status, said = course(root, "handout", str(tmp_path / "edition"))
    assert status == 1
    assert f"notebooks/{NAME}/{NAME}.ipynb: this is not what its lesson is built into" in said
    assert said.splitlines()[-1] == (
        "Nothing is handed out before the notebooks are in order; "
        "run `python3 -m course build`, and make the handout again."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["checkout"]


def hints(lesson: Lesson) -> list[str]:
    return [hint.text for exercise in lesson.exercises for hint in exercise.hints]


def test_an_exam_has_the_same_exercises_and_no_hints(edition: Path, exam: Path) -> None:
    for lesson in LESSONS:
        name = f"notebooks/{lesson.name}/{lesson.name}.ipynb"
        usual, examined = (json.loads((f / name).read_text("utf-8")) for f in (edition, exam))
        graded = [
            {cell["id"]: cell["metadata"] for cell in notebook["cells"] if is_graded(cell)}
            for notebook in (usual, examined)
        ]
        assert list(graded[0]) == list(graded[1]) != []
        for cell in examined["cells"]:
            if is_graded(cell):
                assert "exam=True)" in "".join(cell["source"])
        assert hints(lesson)
        text = sources(exam / name)
        assert not [hint for hint in hints(lesson) if hint in text]
        assert "<details>" not in text
    assert "hint" not in course(exam)[1].split()
    assert not (exam / "course" / "hint.py").exists()


def is_graded(cell: dict[str, dict[str, dict[str, bool]]]) -> bool:
    return cell["metadata"].get("nbgrader", {}).get("grade", False)


def test_in_an_exam_a_right_answer_s_hidden_part_is_not_yet_known(exam: Path) -> None:
    lesson, check = next(
        (lesson, check)
        for lesson in LESSONS
        for exercise in lesson.exercises
        for check in exercise.checks
        if check.visible != check.source
    )
    notebook = exam / "work" / lesson.name / f"{lesson.name}.ipynb"
    notebook.parent.mkdir(parents=True, exist_ok=True)
    there = exam / "notebooks" / lesson.name / notebook.name
    released = nbformat.read(there, as_version=nbformat.NO_CONVERT)
    answers = {exercise.slug: exercise.solution for exercise in lesson.exercises}
    nbformat.write(with_answers(released, answers), notebook)
    said = course(exam, "check", lesson.number)[1]
    name = f"{check.slug}-{check.name}" if check.name else check.slug
    line = next(line for line in said.splitlines() if f" {name}: " in line)
    assert "visible part passed, hidden part not yet known" in line
