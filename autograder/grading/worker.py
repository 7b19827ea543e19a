"""`python -m autograder.grading.worker OPTIONS [PROCESSOR]`: one local worker of an executor.

Started by exec, so that it holds nothing of the gradebook, and kept on one processor, where a judge
and its hosts pass the word faster than between two. Lines of JSON come in on stdin: a master, once,
and jobs; a line goes out on stdout for each job, in order. The first line says `{"ready": true}`,
or the `{"fault": why}` that this system gives no hosts. It ends when stdin does.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable
from typing import Any, TextIO

from autograder.grading.job import Job, Options, carry_out
from autograder.grading.master import Master
from autograder.hosts import Host
from autograder.judge_command import hosts
from autograder.zygote import NoZygote


def main(options: Options, commands: TextIO, answers: TextIO) -> None:
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
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main(Options(**json.loads(sys.argv[1])), sys.stdin, line)
