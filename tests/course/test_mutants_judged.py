"""`verify --mutants`: who is let through, who can be told from the solution, and what is said."""

from __future__ import annotations

import contextlib
import functools
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from autograder.verdict import Outcome
from course import verify
from course.cli import run_verb
from course.lesson import read
from course.proof.mutants import proving, report, telling
from course.proof.mutants.judging import Court, Judged, sandbox
from course.proof.mutants.making import Mutant
from course.proof.mutants.proving import Fate, Tally
from course.proof.mutants.telling import Teller
from course.proof.side_by_side import Job
from course.shelves import Shelves
from course.source.parts import Exercise, Lesson
from tests.course.lesson_samples import NAME, WHOLE, run_build, write

SAMPLE = WHOLE.replace('        marker = "sesame"\n', "")

_CHECKS = slice(SAMPLE.index('# %% check="wall" points=2'), SAMPLE.index('# %% right="wall"'))
BLIND = SAMPLE.replace(
    SAMPLE[_CHECKS],
    """# %% check="wall" points=3
app = onion(Wall)
app.get("/", status="*")

""",
)
"""The sample, whose check does not ask what comes back."""

# -- who can be told from whom --


@pytest.fixture(scope="module")
def judged() -> Iterator[Callable[[str, str], Judged]]:
    """What the checks of an exercise of the course say of its solution, with one text changed."""
    with sandbox() as make:
        courts: dict[str, Court] = {}

        def ask(slug: str, source: str) -> Judged:
            lesson, exercise = exercise_of(slug)
            court = courts.setdefault(slug, Court(lesson, exercise, make))
            return court.judged(source)

        yield ask


@functools.cache
def exercise_of(slug: str) -> tuple[Lesson, Exercise]:
    place = Shelves.of_the_course().lessons
    number = {"timing": "05_the_order_of_the_onion"}.get(slug, "06_short_circuiting")
    lesson = read(place / f"{number}.py")
    return lesson, next(one for one in lesson.exercises if one.slug == slug)


ADMIN, REFUSAL, CALL = '"/admin/"', '"Nothing to see here."', "return self.get_response(request)"
SWALLOWED = f"try:\n            {CALL}\n        except Exception:\n            return None"

TOLD = [
    ("block-list", ADMIN, '"/admin"', True),
    ("block-list", f"request.path.startswith({ADMIN})", f"request.path == {ADMIN}", True),
    ("block-list", f"request.path.startswith({ADMIN})", f"{ADMIN} in request.path", True),
    ("block-list", "request.path", "request.path.lower()", True),
    ("block-list", "request.path", "(request.path or '/')", False),
    ("block-list", CALL, f"return self.get_response(request) if {ADMIN} else None", False),
    ("block-list", CALL, SWALLOWED, False),
    ("block-list", REFUSAL, '"Go away."', False),  # its right answers say other things too
    ("block-list", f"return HttpResponseForbidden({REFUSAL})", "pass", True),
    ("timing", "* 1000", "* 1001", True),
    ("timing", ":.1f", ":.3f", False),  # a right answer has more digits, too
    ("timing", "start", "self.start", True),  # two requests are inside at one time
]


def test_who_does_something_else_is_told_from_the_solution_and_nobody_else(
    judged: Callable[[str, str], Judged], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "SCENARIOS", 100)
    tellers: dict[str, Teller] = {}
    for slug, old, new, told in TOLD:
        _, exercise = exercise_of(slug)
        assert old in exercise.solution, old
        if slug not in tellers:
            commands = judged(slug, exercise.solution).commands
            rights = [judged(slug, right.source).commands for right in exercise.rights]
            tellers[slug] = Teller(slug, commands, lambda found=rights: found, [exercise.solution])
        other = judged(slug, exercise.solution.replace(old, new))
        differs = tellers[slug].differences(other.commands)
        assert bool(differs) is told, (slug, new, differs)


# -- the verb --


class InThisProcess:
    """Does jobs at once: starting processes takes longer than the jobs."""

    def do(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            job.tell(job.function(*job.arguments))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextlib.contextmanager
    def here(_: object) -> Iterator[InThisProcess]:
        yield InThisProcess()

    monkeypatch.setattr(verify, "workers", here)
    monkeypatch.setattr(telling, "SCENARIOS", 30)


def verified(root: Path, text: str, *more: str) -> tuple[int, str]:
    write(root, text)
    run_build(root)
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
        status = run_verb(["verify", "--mutants", "--lessons", str(root / "lessons"), *more])
    return status, said.getvalue()


@pytest.mark.usefixtures("quick")
def test_a_mutant_that_is_let_through_is_told_until_it_is_in_the_file_or_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = proving.mutants
    wanted = ("exceptions from inside are swallowed", "the answer is not returned", "it yields")
    some: Any = lambda one: [m for m in made(one) if m.changes[0] in wanted]  # noqa: E731
    monkeypatch.setattr(proving, "mutants", some)
    status, said = verified(tmp_path, SAMPLE)
    assert status == 1
    assert said.count("nobody can tell from the solution") == 1
    entry = said[said.index("[[survivor]]") :].replace('reason = ""', 'reason = "It is so."')
    assert "+ except Exception:" in entry

    path = tmp_path / "survivors.toml"
    path.write_text(entry, encoding="utf-8")
    status, said = verified(tmp_path, SAMPLE)
    assert (status, "Each mutant that is let through has its reason." in said) == (0, True)
    assert "100.0% of those that do something else are caught" in said

    path.write_text(entry.replace('["wall"]', '["wall", "gone"]'), encoding="utf-8")
    status, said = verified(tmp_path, BLIND)
    assert status == 1
    assert "the checks of wall let a mutant through that is not the solution; claim" in said
    assert "    + return None" in said
    assert "the entry for gone: no such mutant is let through any more; take it out" in said
    assert "97% must be; sharpen the checks" in said


@pytest.mark.usefixtures("quick")
def test_a_solution_that_does_not_pass_has_no_mutants(tmp_path: Path) -> None:
    solved = "        return self.get_response(request)\n        ###"
    assert solved in SAMPLE
    broken = SAMPLE.replace(solved, "        return None\n        ###")
    status, said = verified(tmp_path, broken, "--seed", "3")
    assert status == 1
    assert said.startswith(f"Drawn: {NAME}.\n")
    assert "wall has no mutants: its solution does not pass" in said


# -- what is said of them --


def fate(name: str = "", *, change: str = "it yields", differs: bool = True, **more: Any) -> Fate:
    mutant = Mutant("wall", (change,), "", "- a\n+ b", **more)
    outcome = Outcome.PASSED if name == "passed" else Outcome.FAILED
    return Fate(mutant, outcome, "" if name == "passed" else name, "so", ("status",) * differs)


def tally(tmp_path: Path, *fates: Fate) -> Tally:
    lesson = read(write(tmp_path, SAMPLE))
    return Tally(lesson, lesson.exercises[0], list(fates))


def test_a_name_that_is_not_true_of_a_change_is_wrong_and_silence_never_is(
    tmp_path: Path,
) -> None:
    of_bank = fate("wrong-status", in_bank=True)
    fates = (fate("not-a-response"), fate("wrong-status"), fate(), fate("passed"), of_bank)
    named = tally(tmp_path, *fates).named
    assert (named["right"], named["wrong"], named["silent"]) == (1, 1, 1)


def told(*tallies: Tally) -> str:
    return "\n".join(map(str, report.problems(tallies, Path("survivors.toml"), [])))


def test_more_wrong_names_or_holes_than_may_be_are_told(tmp_path: Path) -> None:
    right, wrong = [fate("not-a-response")] * 97, [fate("wrong-status")] * 4
    assert "4 of 101 mutants fail under a name that is not true" in told(
        tally(tmp_path, *right, *wrong)
    )
    assert "not true" not in told(tally(tmp_path, *right, *wrong[:3]))
    holes = [fate("passed")] * 4
    assert "97 of 101 mutants that do something else" in told(tally(tmp_path, *right, *holes))
    assert "sharpen" not in told(tally(tmp_path, *right, *holes[:3]))


def test_a_check_that_fails_what_nobody_can_tell_from_the_solution_asks_too_much(
    tmp_path: Path,
) -> None:
    said = told(tally(tmp_path, fate("not-a-response", differs=False)))
    assert "the checks of wall fail a mutant that nobody can tell from the solution" in said
