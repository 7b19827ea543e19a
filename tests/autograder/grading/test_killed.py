"""The command as it is typed, killed at random moments: the next one ends as if nothing had been.

`test_interrupted` kills a run without workers at each of its steps; here the workers, the sandbox
and the kill are real. `KILLS=50` in the environment is the whole of it.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.memory import family
from tests.autograder.grading import nbgrader_samples as samples
from tests.autograder.grading.test_interrupted import state
from tests.autograder.zygotes import a_zygote

SEED = os.environ.get("KILLS_SEED", str(random.SystemRandom().randrange(10**6)))
KILLS = int(os.environ.get("KILLS", "2"))
STUDENTS = [f"s{number}" for number in range(6 if KILLS < 10 else 24)]

AT_ANY_TIME = 0.5
"""How many of the kills come by the clock; the others, after so many steps."""
IN_NO_TIME = 0.01
"""How long after a step, in seconds: many of them take no longer."""
WITH_NOTHING_TO_DO = 0.3
"""How many of the runs that find all graded are killed."""
OUTLIVE = 5.0
"""How long a worker may live when the command has gone, in seconds."""


@pytest.fixture(scope="module")
def ungraded(plain_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class whose answers take their time, so that the gradebook is written more than once."""
    with a_zygote():
        pass  # nothing is graded without one
    course = Path(shutil.copytree(plain_course, tmp_path_factory.mktemp("some") / "course"))
    for number, student in enumerate(STUDENTS):
        answer = f"import time\ntime.sleep(0.2)\ndef square(n):\n    return {number}"
        answered = samples.answered(course, square=answer, drawn=f"print({number})")
        samples.hand_in(course, student, answered, a__txt=student, timestamp__txt=samples.LATE)
    samples.hand_in(course, "broken", b"{")
    return course


class Command:
    """`python -m autograder grade` in a process of its own; what it leaves in /tmp lies aside."""

    def __init__(self, course: Path) -> None:
        command = [sys.executable, "-m", "autograder", "grade", samples.ASSIGNMENT]
        scratch = course.parent / "tmp"
        scratch.mkdir(exist_ok=True)
        self._process = subprocess.Popen(
            [*command, "--course", str(course)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": str(scratch)},
        )

    def wait(self) -> int:
        return self._process.wait(120)

    def runs_until(self, so: Callable[[], object], then: float = 0) -> bool:
        """Whether it still runs so many seconds after something is so."""
        while self._process.poll() is None and not so():
            time.sleep(0.002)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(then)
        return self._process.poll() is None

    def kill(self, everybody: bool) -> None:
        """Kill it, or all that it started with it; whoever is left ends by themselves."""
        self._process.send_signal(signal.SIGSTOP)  # it starts nobody meanwhile
        those = family(self._process.pid)
        self._process.kill()
        for pid in those if everybody else ():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        until = time.monotonic() + OUTLIVE
        while left := living(those):
            assert time.monotonic() < until, left
            time.sleep(0.02)
            those = {one for pid in left for one in family(pid)}


def living(pids: Iterable[int]) -> dict[int, str]:
    """Those of the processes that have not ended, and what they are."""
    found = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                found[pid] = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return found


def steps(course: Path) -> int:
    """How far a run has come: what it has kept, put in its place and noted."""
    beside, count = course / ".autograder" / samples.ASSIGNMENT, 0
    for folder in (beside / "results", beside / "graded"):
        with contextlib.suppress(FileNotFoundError):
            count += sum(not name.startswith(".") for name in os.listdir(folder))
    places = (course / "autograded" / student / samples.ASSIGNMENT for student in STUDENTS)
    return count + sum(map(os.path.exists, places))


def test_killed_at_random_moments_and_resumed_it_ends_as_if_nothing_had_happened(
    ungraded: Path, tmp_path: Path
) -> None:
    print(f"KILLS_SEED={SEED}")
    chance, fell = random.Random(SEED), Counter[str]()
    course = Path(shutil.copytree(ungraded, tmp_path / "undisturbed"))
    began = time.monotonic()
    assert Command(course).wait() == 1, "one of them is broken"
    usual = time.monotonic() - began
    undisturbed, kept, far = state(course), names(course), steps(course)
    while fell.total() < KILLS:
        shutil.rmtree(tmp_path / "disturbed", ignore_errors=True)
        course = Path(shutil.copytree(ungraded, tmp_path / "disturbed"))
        running = Command(course)
        while fell.total() < KILLS and running.runs_until(*moment(course, chance, far, usual)):
            running.kill(everybody=chance.random() < 0.5)
            fell[assert_whole(course, undisturbed)] += 1
            running = Command(course)
        assert running.wait() == 1
        assert state(course) == undisturbed
        assert names(course) == kept, "nothing lies aside"
    print(f"killed: {dict(fell)}")


def moment(
    course: Path, chance: random.Random, far: int, usual: float
) -> tuple[Callable[[], bool], float]:
    """When to kill: as soon as something is so, and then after so many seconds."""
    now = steps(course)
    if now == far and chance.random() > WITH_NOTHING_TO_DO:
        return lambda: False, 0
    if now == far or chance.random() < AT_ANY_TIME:
        return lambda: True, chance.uniform(0, usual)
    goal = chance.randint(now + 1, far)
    return lambda: steps(course) >= goal, chance.uniform(0, IN_NO_TIME)


def assert_whole(course: Path, undisturbed: tuple[dict[str, list[Any]], dict[str, bytes]]) -> str:
    """What is there is as it will be, for each student all of it or nothing; how far it came."""
    # Whoever opens a gradebook mends what a killed writer left: that is for the next run to do.
    copy = Path(shutil.copytree(course, course.with_name("copy")))
    rows, files = state(copy)
    shutil.rmtree(copy)
    graded = {row[0] for row in rows["submissions"]}
    for table, as_it_will_be in undisturbed[0].items():
        assert rows[table] == [row for row in as_it_will_be if row[0] in graded]
    there = {name: content for name, content in files.items() if "/." not in name}
    placed = {student(name) for name in there}
    assert there == {
        name: undisturbed[1][name] for name in undisturbed[1] if student(name) in placed
    }
    assert placed <= graded, "the gradebook comes first"
    if not graded:
        return "before anything was graded"
    return "in the middle" if len(placed) < len(STUDENTS) else "after the last"


def student(name: str) -> str:
    """Whose a file under `autograded` is."""
    return Path(name).parts[0]


def names(course: Path) -> set[str]:
    """All that lies in a course."""
    return {str(path.relative_to(course)) for path in course.rglob("*")}


def test_a_killed_command_s_workers_end_in_the_middle_of_a_job(
    plain_course: Path, tmp_path: Path
) -> None:
    with a_zygote():
        pass
    course = Path(shutil.copytree(plain_course, tmp_path / "course"))
    hangs = "open('begun', 'w').close()\nwhile True: pass"
    samples.hand_in(course, "eve", samples.answered(course, square=hangs))
    running = Command(course)
    assert running.runs_until(lambda: list((tmp_path / "tmp").rglob("begun")))
    running.kill(everybody=False)
    assert not list((tmp_path / "tmp").rglob("onion*")), "the answer's folder is gone too"
