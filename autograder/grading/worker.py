"""`python -m autograder.grading.worker OPTIONS [PROCESSOR]`: one local worker of an executor.

Started by exec, so that it holds nothing of the gradebook, and kept on one processor, where a judge
and its hosts pass the word faster than between two. Lines of JSON come in on stdin: a master, once,
and jobs; a line goes out on stdout for each job, in order. The first line says `{"ready": true}`,
or the `{"fault": why}` that this system gives no hosts. It ends when stdin does, in the middle of a
job too: whoever wanted that has gone, and a cell may have a long time limit.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from autograder.grading.job import Job, Options, carry_out
from autograder.grading.master import Master
from autograder.hosts import Host
from autograder.judge_command import hosts
from autograder.zygote import NoZygote

MOMENT = 0.5
"""How long after the end of its commands a worker is taken for busy, in seconds."""


def main(options: Options, commands: Iterable[str], answers: TextIO) -> None:
    """Do what comes in, until nothing comes; a worker that cannot make hosts any more ends."""
    masters: dict[str, Master] = {}
    try:
        with hosts(options.framework, options.timeout, options.sandbox) as make:
            _say(answers, {"ready": True})
            for line in commands:
                word = json.loads(line)
                if "digest" in word:
                    masters[word["digest"]] = Master.from_json(word["master"])
                else:
                    job = Job.from_json(word, masters[word["master"]])
                    _say(answers, carry_out(job, _watched(make)).to_json())
    except NoZygote as fault:
        _say(answers, {"fault": str(fault)})


def _watched(make: Callable[[], Host]) -> Callable[[], Host]:
    """What makes hosts; where it cannot, this process is of no more use, and another one may be."""

    def made() -> Host:
        try:
            return make()
        except Exception as error:
            raise SystemExit(f"no host can be made any more: {error!r}") from error

    return made


def heard(commands: Iterable[str]) -> Iterator[str]:
    """The lines, as they come; where they end over a job, a KeyboardInterrupt ends that too."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    idle, main_thread = threading.Event(), threading.get_ident()

    def hear() -> None:
        for line in commands:
            lines.put(line)
        lines.put("")
        if not idle.wait(MOMENT):
            with contextlib.suppress(AttributeError):  # where a system has no such thing
                signal.pthread_kill(main_thread, signal.SIGINT)

    def told() -> Iterator[str]:
        yield from iter(lines.get, "")
        idle.set()

    threading.Thread(target=hear, daemon=True).start()
    return told()


def _say(answers: TextIO, word: dict[str, Any]) -> None:
    answers.write(json.dumps(word) + "\n")
    answers.flush()


def _stay_on(processor: int) -> None:
    with contextlib.suppress(AttributeError, OSError):  # where a system has no such thing
        os.sched_setaffinity(0, {processor})


if __name__ == "__main__":
    if len(sys.argv) > 2:
        _stay_on(int(sys.argv[2]))
    # What a check prints goes nowhere: stdout is the line to the executor.
    line = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    # Who started the command in the background has SIGINT ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main(Options(**json.loads(sys.argv[1])), heard(sys.stdin), line)
