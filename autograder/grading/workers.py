"""The coordinator's side of one local worker: its process, and the lines that go in and out."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict, replace
from typing import Any

from autograder.grading.job import Job, Options, Result
from autograder.zygote import NoZygote

PER_CELL = 4
"""How often a notebook may use up the time limit of each cell of its master, before its worker is
taken for stuck: a new host runs the cells before a check again."""
AT_LEAST = 120.0
"""How long a worker may take for any job, in seconds."""
GOODBYE = 5.0
"""How long an idle worker may take to end, in seconds."""


class WorkerProcess:
    """One worker, and the process that it is at the moment: `autograder.grading.worker`."""

    def __init__(self, options: Options, processor: int | None, scratch: str) -> None:
        self._options, self._processor, self._scratch = options, processor, scratch
        self._ended = self._busy = False
        self._known: set[str] = set()
        self._process = self._started()

    def wait_until_ready(self) -> None:
        """Raise NoZygote where it has no hosts."""
        word = self._heard() or {"fault": "A grading worker did not start"}
        if "fault" in word:
            raise NoZygote(word["fault"])

    def done(self, job: Job) -> Result | None:
        """What came of a job; None where the process ended over it, or took far too long."""
        most = AT_LEAST + PER_CELL * len(job.master.cells) * job.options.timeout
        stuck = threading.Timer(most, self._process.kill)
        stuck.daemon = True
        stuck.start()
        self._busy = True
        try:
            answer = self._answer(job)
        except (OSError, ValueError):  # it has gone, or it is being closed
            return None
        finally:
            self._busy = False
            stuck.cancel()
        if answer is None:
            return None
        return replace(Result.from_json(answer), key=job.key())

    def again(self) -> WorkerProcess:
        """The same worker in a new process."""
        self._kill()
        if not self._ended:
            self._known = set()
            self._process = self._started()
            self._heard()
        return self

    def end(self) -> None:
        """End it for good; what it is doing is given up."""
        self._ended = True
        if not self._busy:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                self._pipe("stdin").close()
                self._process.wait(GOODBYE)
        self._kill()

    def _answer(self, job: Job) -> dict[str, Any] | None:
        digest = job.master.digest()
        if digest not in self._known:
            self._say({"digest": digest, "master": job.master.to_json()})
            self._known.add(digest)
        self._say({**job.to_json(), "master": digest})
        return self._heard()

    def _say(self, word: dict[str, Any]) -> None:
        stream = self._pipe("stdin")
        stream.write(json.dumps(word) + "\n")
        stream.flush()

    def _heard(self) -> dict[str, Any] | None:
        line = self._pipe("stdout").readline()
        return json.loads(line) if line.endswith("\n") else None

    def _pipe(self, name: str) -> Any:
        return getattr(self._process, name)

    def _kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for name in ("stdin", "stdout"):
            with contextlib.suppress(OSError):  # what it had not read yet
                self._pipe(name).close()

    def _started(self) -> subprocess.Popen[str]:
        words = [json.dumps(asdict(self._options))]
        words += [] if self._processor is None else [str(self._processor)]
        return subprocess.Popen(
            [sys.executable, "-m", "autograder.grading.worker", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, "TMPDIR": self._scratch},  # what a killed one leaves is removed
            start_new_session=True,  # Ctrl-C is for whoever typed the command
        )
