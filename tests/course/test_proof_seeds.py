"""A mark that hangs on fresh values is told, with a seed that shows it again."""

from __future__ import annotations

import contextlib
import functools
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course import verify
from course.cli import run_verb
from course.errors import CourseError
from course.lesson import read
from course.proof import seeds
from course.proof.promises import Proof
from course.proof.side_by_side import Job
from course.source.parts import Lesson
from tests.course.lesson_samples import NAME, WHOLE, write

BY_LOT = """

# %% right="wall"
def Wall(get_response):
    return lambda request: get_response(request) if "e" not in request.path[7:] else None
"""


class InThisProcess:
    """Does jobs at once: starting processes takes longer than the jobs."""

    def do(self, jobs: list[Job]) -> None:
        for job in jobs:
            job.tell(job.function(*job.arguments))


HERE: Any = InThisProcess()


def lesson(root: Path, text: str) -> Lesson:
    return read(write(root, text))


def told(proof: Proof, many: range) -> list[str]:
    return [str(problem) for problem in seeds.prove([proof], many, HERE)]


def test_an_answer_that_is_right_for_some_words_only_is_told_with_a_seed_that_shows_it(
    tmp_path: Path,
) -> None:
    proof = Proof(lesson(tmp_path, WHOLE + BY_LOT))
    (line,) = told(proof, range(3))
    assert "right 3: with the seed 0, and with 1 more, this is `forgot-return`, 1 point and" in line
    assert "not `passed` (GET /hidden/" in line
    assert "see it again with `--seeds 1 --seed 0`" in line


def test_answers_that_do_not_hang_on_chance_are_as_promised_with_every_seed(
    tmp_path: Path,
) -> None:
    assert told(Proof(lesson(tmp_path, WHOLE)), range(2)) == []


def test_seeds_that_nobody_names_are_drawn_and_follow_each_other() -> None:
    assert seeds.drawn(3, 7) == range(7, 10)
    assert len(seeds.drawn(3, None)) == 3
    assert not seeds.drawn(0, None)


def verified(monkeypatch: pytest.MonkeyPatch, root: Path, text: str, *more: str) -> tuple[int, str]:
    """The verb, of which all but the seeds has said that all is well."""
    place = lesson(root, text).path.parent

    @contextlib.contextmanager
    def here(_: object) -> Iterator[InThisProcess]:
        yield InThisProcess()

    def kept(_: object, lessons: list[Lesson], *__: object) -> tuple[list[Proof], list[object]]:
        return [Proof(one) for one in lessons], []

    monkeypatch.setattr(verify, "workers", here)
    monkeypatch.setattr(verify, "prove", kept)
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        status = run_verb(["verify", "--lessons", str(place), *more])
    return status, said.getvalue()


def test_the_verb_says_with_which_seeds_it_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = functools.partial(verified, monkeypatch, tmp_path)
    status, said = ask(WHOLE, "--seeds", "1", "--seed", "5")
    assert status == 0, said
    assert "what is promised, with the seed 5 too." in said
    status, said = ask(WHOLE + BY_LOT, "--seeds", "1", "--seed", "2")
    assert status == 1
    assert f"{NAME}.py" in said
    assert "see it again with `--seeds 1 --seed 2`" in said


def test_options_that_do_not_go_together_are_told_in_a_sentence() -> None:
    with pytest.raises(CourseError, match="leave --seeds out"):
        run_verb(["verify", "--mutants", "--seeds", "2"])
    with pytest.raises(CourseError, match="a number from 0 on"):
        run_verb(["verify", "--seeds", "-2"])
