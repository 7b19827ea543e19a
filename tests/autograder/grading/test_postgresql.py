"""A gradebook in PostgreSQL, where it is one's own: graded as in a file, by several at once too."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from autograder.__main__ import main
from autograder.grading import gradebook, marks
from autograder.grading.errors import GradingError
from autograder.grading.ledger import ledger
from tests.autograder.grading import nbgrader_samples as samples
from tests.autograder.grading import quick
from tests.autograder.grading.test_interrupted import in_a_child

SERVER = os.environ.get("GRADEBOOK_URL", "")

if not SERVER:
    pytest.skip(
        "asks a PostgreSQL server: install a driver for it (python -m pip install "
        "'psycopg[binary]') and set GRADEBOOK_URL to the address of a scratch database, such as "
        "postgresql+psycopg://me:password@localhost/scratch",
        allow_module_level=True,
    )

STUDENTS = [f"s{number}" for number in range(12)]
TYPES: dict[str, dict[str, Any]] = {
    "submissions": {"timestamp": sa.DateTime, "extension": sa.Interval},
    "notebooks": {"flagged": sa.Boolean},
    "grades": {"needs_manual_grade": sa.Boolean},
}
"""What a database may keep in its own way."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A schema of our own in that database, which is gone afterwards."""
    schema = f"grading_{uuid.uuid4().hex[:12]}"
    with samples.connected(SERVER) as server:
        server.exec_driver_sql(f"CREATE SCHEMA {schema}")
    within = sa.make_url(SERVER).update_query_dict({"options": f"-csearch_path={schema}"})
    yield within.render_as_string(hide_password=False)
    with samples.connected(SERVER) as server:
        server.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture(scope="module")
def released(url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose assignment nbgrader released into that database."""
    return samples.make_course(tmp_path_factory.mktemp("released"), url)


@pytest.fixture
def course(released: Path, url: str, tmp_path: Path) -> Path:
    """Many students have handed in, and nobody is graded."""
    with samples.connected(url) as database:
        database.exec_driver_sql("TRUNCATE student CASCADE")
    course = Path(shutil.copytree(released, tmp_path / "course"))
    for number, student in enumerate(STUDENTS):
        answer = f"def square(n):\n    return {number}"
        samples.hand_in(course, student, samples.answered(course, square=answer))
    return course


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """What `samples.rows` says, of any database."""
    with samples.connected(url) as database:
        return {
            name: sorted(
                map(tuple, database.execute(sa.text(query).columns(**TYPES.get(name, {})))),
                key=repr,
            )
            for name, query in samples.ROWS.items()
        }


def test_it_is_graded_exported_and_graded_again_as_a_file_is(
    released: Path, url: str, plain_course: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(shutil.copytree(plain_course, tmp_path / "file"))
    other = Path(shutil.copytree(released, tmp_path / "other"))
    told = []
    for course, where in ((file, f"sqlite:///{file / 'gradebook.db'}"), (other, url)):
        samples.hand_in_class(course)
        samples.grade_by_hand(course, where)
        here = ["--course", str(course), "--db", where]
        assert main(["grade", "ps1", "--workers", "1", *here]) == 1, "eve's is broken"
        samples.hand_in(course, "bob", samples.answered(course, square=samples.RIGHT))
        assert main(["grade", "ps1", "--workers", "1", *here]) == 1
        assert "1 graded, 3 unchanged" in " ".join(capsys.readouterr().err.split())
        assert main(["export", "nbgrader", "ps1", *here, "-o", str(course / "marks.csv")]) == 0
        assert main(["report", "ps1", *here, "-o", str(course / "report.html")]) == 0
        exported = (course / "marks.csv").read_text(encoding="utf-8").splitlines()
        # Each database has an order of its own for those who have no name.
        told.append((rows(where), sorted(exported), (course / "report.html").read_bytes()))
    assert told[0] == told[1]


def test_students_are_collected_as_that_gradebook_knows_them(
    course: Path, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with samples.connected(url) as database:
        database.exec_driver_sql("INSERT INTO student (id) VALUES ('ada')")
    for name in ("ada", "zoe"):
        samples.write(tmp_path / "in" / f"{name}.ipynb", samples.released(course))
    words = ["--assignment", "ps1", "--course", str(course), "--db", url, "--yes"]
    assert main(["collect", str(tmp_path / "in"), *words]) == 1, "nobody knows zoe"
    assert (course / "submitted" / "ada" / "ps1" / "squares.ipynb").is_file()
    assert not (course / "submitted" / "zoe").exists()


def test_the_password_is_neither_kept_nor_told(
    course: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    guarded = sa.make_url(url)
    guarded = guarded.set(password=guarded.password or "sesame")
    address = guarded.render_as_string(hide_password=False)
    words = ["--course", str(course), "--student", "s1", "--workers", "1"]
    main(["grade", "ps1", *words, "--db", address])
    assert not any(
        str(guarded.password).encode() in path.read_bytes()
        for path in (course / ".autograder").rglob("*.json")
    )
    nowhere = guarded.set(database="there_is_none").render_as_string(hide_password=False)
    assert main(["grade", "ps1", *words, "--db", nowhere]) == 1
    assert str(guarded.password) not in capsys.readouterr().err


def test_killed_as_a_batch_is_kept_the_next_run_ends_as_an_undisturbed_one(
    course: Path, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.run.BATCH", 3)
    disturbed = Path(shutil.copytree(course, tmp_path / "disturbed"))
    quick.grade(course)
    undisturbed = rows(url)
    with samples.connected(url) as database:
        database.exec_driver_sql("TRUNCATE student CASCADE")

    def graded() -> None:
        commit, left = sa.Connection.commit, 5

        def killed(connection: sa.Connection) -> None:
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            commit(connection)

        monkeypatch.setattr(sa.Connection, "commit", killed)
        quick.grade(disturbed)

    assert in_a_child(graded) == -signal.SIGKILL
    assert len(rows(url)["submissions"]) == 3, "the first batch"
    quick.grade(disturbed, again := quick.Quick())
    assert 0 < len(again.done) <= len(STUDENTS) - 3
    assert rows(url) == undisturbed


def test_two_at_once_end_as_one(
    course: Path, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.grading.run.BATCH", 1)
    places = [Path(shutil.copytree(course, tmp_path / f"{number}")) for number in range(2)]
    quick.grade(course)
    alone = rows(url)
    with samples.connected(url) as database:
        database.exec_driver_sql("TRUNCATE student CASCADE")
    with ProcessPoolExecutor(mp_context=get_context("fork")) as both:
        assert [*both.map(how_many_are_graded, places)] == [len(STUDENTS)] * 2
    assert rows(url) == alone


def how_many_are_graded(course: Path) -> int:
    return quick.grade(course).graded


@contextlib.contextmanager
def held(url: str) -> Iterator[sa.Connection]:
    """Somebody else's transaction, that has written and is not done."""
    with samples.connected(url) as other:
        other.exec_driver_sql("INSERT INTO student (id) VALUES ('new')")
        other.exec_driver_sql(
            "INSERT INTO submitted_assignment (id, assignment_id, student_id) "
            "SELECT 'theirs', id, 'new' FROM assignment"
        )
        yield other


def test_another_that_writes_is_waited_for(
    released: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gradebook, "ONE_TRY", 0.1)
    begun, told = threading.Event(), threading.Event()

    def write() -> None:
        with held(url) as other:
            begun.set()
            assert told.wait(10)
            other.rollback()

    other = threading.Thread(target=write)
    with contextlib.closing(gradebook.Gradebook(url, lambda _: told.set())) as book:
        other.start()
        begun.wait()
        assert list(book.masters("ps1")) == ["squares"]
    assert told.is_set()
    other.join()


def test_another_that_does_not_end_is_a_sentence(
    course: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gradebook, "PATIENCE", 0.1)
    with held(url), pytest.raises(GradingError, match="cannot be used"):
        quick.grade(course)


def test_a_connection_that_was_lost_meanwhile_is_made_anew(course: Path, url: str) -> None:
    with contextlib.closing(gradebook.Gradebook(url)) as book:
        with book.transaction() as connection:
            pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        with samples.connected(url) as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
        assert list(book.masters("ps1")) == ["squares"]


def test_marks_are_read_in_one_state_whoever_writes(course: Path, url: str) -> None:
    quick.grade(course)
    with ledger(url) as book:
        (assignment,) = book.assignments()
        with samples.connected(url) as other:
            other.exec_driver_sql("UPDATE grade SET auto_score = 0")
        assert sum(row.raw for row in book.submissions(assignment.id)) > 0
    (after,) = marks.read(url, ["ps1"])
    assert sum(mark.raw for mark in after.marks) == 0


def test_a_database_without_a_gradebook_is_a_sentence(course: Path) -> None:
    with pytest.raises(GradingError, match="some of its tables are missing"):
        gradebook.Gradebook(SERVER)
