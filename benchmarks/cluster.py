"""A large class graded here, and by a Dask cluster of two workers of which one is killed.

    python -m benchmarks.cluster [--quick] [--count N] [--json FILE]

The cluster is a scheduler and two workers on this machine, each worker with its nanny, as `dask
worker` starts them. When a third of the class is in the gradebook one worker is killed (SIGKILL).
Then everybody is looked for: each submission in the gradebook or in a sentence, written once,
graded once or, if its result died with the worker, once more, and marked as here. Linux only.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from distributed import Client, SchedulerPlugin
from rich.console import Console
from rich.table import Table

from benchmarks import classes
from benchmarks.grading import LESSON, Cost, command, cpu
from benchmarks.memory import family

FULL, QUICK, WORKERS = 2_000, 60, 2
KILLED_AFTER = 1 / 3
"""How much of the class is in the gradebook when the worker is killed."""
OFTEN = 0.1
"""How many seconds pass between two looks at the gradebook."""
SOON = 60
"""How long a cluster may take to be there, in seconds."""

COUNT_WRITES = """
    CREATE TABLE written (notebook, cell);
    CREATE TRIGGER inserted AFTER INSERT ON grade
    BEGIN INSERT INTO written VALUES (new.notebook_id, new.cell_id); END;
    CREATE TRIGGER updated AFTER UPDATE ON grade
    BEGIN INSERT INTO written VALUES (new.notebook_id, new.cell_id); END;
"""
"""What has the gradebook itself note each mark that is written."""
WRITTEN_AGAIN = "SELECT notebook, cell FROM written GROUP BY notebook, cell HAVING COUNT(*) > 1"
GRADED = "SELECT student_id FROM submitted_assignment"
ROWS = """
    SELECT a.student_id, COUNT(g.id) FROM submitted_assignment a
    JOIN submitted_notebook s ON s.assignment_id = a.id JOIN grade g ON g.notebook_id = s.id
    GROUP BY a.student_id
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write the figures to a file if one is named; 1 if anything was amiss."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--quick", action="store_true", help=f"a class of {QUICK}")
    parser.add_argument("--count", metavar="N", type=int, help=f"a class of N, not {FULL:,}")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures there too")
    arguments = parser.parse_args(argv)
    found = measured(arguments.count or (QUICK if arguments.quick else FULL))
    _show(found)
    if arguments.json:
        arguments.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 1 if any(found["amiss"].values()) else 0


def measured(count: int) -> dict[str, Any]:
    """Return what a class of so many costs in both ways, and whoever is amiss, by what is."""
    with tempfile.TemporaryDirectory(prefix="class-") as folder:
        here = Path(folder).resolve() / "here"
        classes.make(here, LESSON, count)
        there = Path(shutil.copytree(here, here.with_name("there")))
        local = _here(here)
        with _cluster(Path(folder)) as (client, processes):
            spread, killed = _there(there, client, processes)
            sent, done = client.run_on_scheduler(_seen)
            workers = len(client.scheduler_info()["workers"])
        again = [on for on in done.values() if len(on) > 1]
        return {
            "submissions": count,
            "seconds": {"here": asdict(local), "cluster": asdict(spread)},
            "jobs": len(done),
            "jobs sent again, for their worker had died": sum(n > 1 for n in sent.values()),
            "jobs done again, for their results died with it": len(again),
            "workers in the end": workers,
            "amiss": {
                "neither rows nor a sentence": sorted(_missing(there, count)),
                "rows written more than once": _asked(there, WRITTEN_AGAIN),
                "lost by the cluster": [
                    trouble["student"]
                    for trouble in _said(there)["troubles"]
                    if "the cluster" in trouble["sentence"]
                ],
                "done again, though the worker lives": [
                    on for on in again if set(on[:-1]) != {killed}
                ],
                "marks that differ": sorted(_marks(here, count) ^ _marks(there, count), key=repr),
            },
        }


def _here(course: Path) -> Cost:
    before, began = cpu(), time.monotonic()
    _finished(_begun(course))
    return Cost(cpu() - before, time.monotonic() - began)


def _there(course: Path, client: Any, processes: Collection[int]) -> tuple[Cost, str]:
    """Have it graded by the cluster and kill a worker; what it took, and whom it was."""
    with contextlib.closing(sqlite3.connect(course / "gradebook.db")) as gradebook:
        gradebook.executescript(COUNT_WRITES)
    before, began = cpu() + _cpu_of(processes), time.monotonic()
    running = _begun(course, "--executor", f"dask:{client.scheduler.address}")
    submissions = len(list((course / "submitted").iterdir()))
    while running.poll() is None and len(_asked(course, GRADED)) < KILLED_AFTER * submissions:
        time.sleep(OFTEN)
    killed, pid = sorted(client.run(os.getpid).items())[0]
    orphans = family(pid) - {pid}  # its own time is its nanny's to tell
    lost = _cpu_of(orphans)
    os.kill(pid, signal.SIGKILL)
    _finished(running)
    wall = time.monotonic() - began
    return Cost(cpu() + _cpu_of(processes) + lost - before, wall), killed


def _begun(course: Path, *more: str) -> subprocess.Popen[str]:
    words = [*command(course), "--json", str(course / "said.json"), *more]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def _finished(running: subprocess.Popen[str]) -> None:
    _, errors = running.communicate()
    if running.returncode not in (0, 1):  # 1: some of the class cannot be graded
        raise SystemExit(errors)


@contextlib.contextmanager
def _cluster(folder: Path) -> Iterator[tuple[Any, list[int]]]:
    """A cluster of two workers: a client of it, and the processes that were started for it."""
    file = str(folder / "scheduler.json")
    common = ["--scheduler-file", file, "--host", "127.0.0.1", "--no-dashboard"]
    workers = ["--nworkers", str(WORKERS), "--nthreads", "1", "--local-directory", str(folder)]
    with contextlib.ExitStack() as stack:
        scheduler = stack.enter_context(_dask("scheduler", *common, "--port", "0"))
        nannies = stack.enter_context(_dask("worker", *common, *workers))
        client = stack.enter_context(Client(scheduler_file=file, timeout=SOON))
        client.wait_for_workers(WORKERS, timeout=SOON)
        client.register_plugin(Seen())
        yield client, [scheduler.pid, nannies.pid]


@contextlib.contextmanager
def _dask(kind: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{kind}", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


class Seen(SchedulerPlugin):  # type: ignore[misc]  # Dask has no types
    """Notes, in the scheduler, how often each job was sent out, and which workers did it."""

    name = "seen"

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()
        self.done: dict[str, list[str]] = {}

    def transition(self, key: str, start: str, finish: str, *_: Any, **more: Any) -> None:
        """As Dask calls it when a job goes from one state to another."""
        if finish == "processing":
            self.sent[key] += 1
        elif (start, finish) == ("processing", "memory"):
            self.done.setdefault(key, []).append(more["worker"])


def _seen(dask_scheduler: Any) -> tuple[dict[str, int], dict[str, list[str]]]:
    seen = dask_scheduler.plugins["seen"]
    return dict(seen.sent), dict(seen.done)


def _missing(course: Path, count: int) -> set[str]:
    """Who has neither all rows nor a sentence."""
    rows = dict(_asked(course, ROWS))
    most = max(rows.values())
    graded = {student for student, of_theirs in rows.items() if of_theirs == most}
    told = {trouble["student"] for trouble in _said(course)["troubles"]}
    return {classes.student(number) for number in range(count)} - graded - told


def _marks(course: Path, count: int) -> set[tuple[Any, ...]]:
    return classes.marks(course, {classes.student(number) for number in range(count)})


def _said(course: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((course / "said.json").read_text(encoding="utf-8"))
    return found


def _asked(course: Path, query: str) -> list[Any]:
    with contextlib.closing(sqlite3.connect(course / "gradebook.db", timeout=SOON)) as gradebook:
        return gradebook.execute(query).fetchall()


def _cpu_of(processes: Collection[int]) -> float:
    """The CPU time of processes that run, and of all that they started, in seconds."""
    found, tick = Counter[int](), os.sysconf("SC_CLK_TCK")
    for pid in set().union(*map(family, processes)):
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            found[pid] = sum(map(int, words[11:15]))  # its own, and of those it waited for
    return found.total() / tick


def _show(found: dict[str, Any]) -> None:
    console = Console(highlight=False)
    table = Table("", title=f"lesson {LESSON}, {found['submissions']:,} submissions")
    for heading in ("CPU s", "wall s"):
        table.add_column(heading, justify="right")
    for where, row in found["seconds"].items():
        table.add_row(where, f"{row['cpu']:.1f}", f"{row['wall']:.1f}")
    console.print(table)
    for words in list(found)[2:6]:
        console.print(f"{words}: {found[words]}")
    for words, amiss in found["amiss"].items():
        verdict = "[red]amiss[/]" if amiss else "[green]none[/] "
        console.print(f"{verdict} {words}" + (f": {len(amiss)}, as {amiss[0]}" if amiss else ""))


if __name__ == "__main__":
    raise SystemExit(main())
