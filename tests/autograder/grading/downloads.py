"""What schools' systems hand to instructors, made for tests: a course, a class, archives."""

from __future__ import annotations

import functools
import io
import json
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from autograder.__main__ import main
from course.student import submission
from tests.autograder.grading.small_class import nbgraders_gradebook

LESSON, OTHER = "06_short_circuiting", "05_the_order_of_the_onion"
ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2025, 11, 20, 12, 0, 0, tzinfo=UTC)

CLASS = (
    ("ada", "Ada", "Lovelace", "ada@example.org", ""),
    ("grace", "Grace", "Hopper", "", "12"),
    ("alan", "", "", "", ""),
    ("çigdem", "Çiğdem", "Öz", "", ""),
    ("an1", "Ann", "Lee", "", ""),
    ("an2", "Ann", "Lee", "", ""),
)


def released(lesson: str = LESSON) -> bytes:
    return (ROOT / "notebooks" / lesson / f"{lesson}.ipynb").read_bytes()


def answered(words: str, lesson: str = LESSON) -> bytes:
    """A student's notebook, with these words in a cell of its own."""
    notebook = json.loads(released(lesson))
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "id": "x", "source": words})
    return json.dumps(notebook).encode()


def course_folder(folder: Path) -> Path:
    """An nbgrader course with two lessons released, and a class in its gradebook."""
    for lesson in (LESSON, OTHER):
        there = folder / "release" / lesson / f"{lesson}.ipynb"
        there.parent.mkdir(parents=True)
        there.write_bytes(released(lesson))
    (folder / "gradebook.db").write_bytes(gradebook())
    return folder


@functools.cache
def gradebook() -> bytes:
    """The class as nbgrader writes it."""
    names = ("first_name", "last_name", "email", "lms_user_id")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "gradebook.db")
        with nbgraders_gradebook(f"sqlite:///{path}") as book:
            for student, *known in CLASS:
                book.add_student(student, **dict(zip(names, known, strict=True)))
        return path.read_bytes()


def submitted(student: str, notebook: bytes, when: datetime = NOON, lesson: str = LESSON) -> bytes:
    """The archive that `course submit` writes."""
    return submission.packed(submission.manifest(lesson, notebook, student, when), notebook)


def name(student: str, when: datetime = NOON) -> str:
    return submission.file_name(submission.manifest(LESSON, b"", student, when))


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    path.write_bytes(in_zip(files))
    return path


def in_zip(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for called, content in files.items():
            archive.writestr(called, content)
    return whole.getvalue()


def collect(course: Path, *words: str | Path, yes: bool = True) -> int:
    """What `python -m autograder collect` returns for this course and lesson."""
    asked = ["--course", str(course), "--assignment", LESSON, *(["--yes"] if yes else [])]
    return main(["collect", *map(str, words), *asked])


def there(course: Path, student: str) -> Path:
    """Where nbgrader looks for what a student handed in."""
    return course / "submitted" / student / LESSON / f"{LESSON}.ipynb"


def mixed() -> bytes:
    """Another lesson's notebook, into which somebody copied a cell of this one."""
    other, lesson = json.loads(released(OTHER)), json.loads(released(LESSON))
    other["cells"] += [cell for cell in lesson["cells"] if "nbgrader" in cell["metadata"]][:1]
    return json.dumps(other).encode()
