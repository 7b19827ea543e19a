"""A job: one notebook that one student handed in, and all that its marks depend on.

What comes of it depends on nothing else, so that a result can be kept under the job's key, and a
job can be done anywhere: here, in another process, on another machine.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from autograder.grading.environment import environment
from autograder.grading.master import Master
from autograder.grading.restoring import Damaged, restore
from autograder.grading.running import Files, Limits, run
from autograder.grading.scoring import Score, comments, scores
from autograder.hosts import Host
from autograder.verdict import Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Options:
    """How jobs are done: seconds for one cell, characters that it may put out, the framework that
    layers run on, and whether hosts are locked in.
    """

    timeout: float = 30.0
    characters: int = 100_000
    framework: str = "minidjango"
    sandbox: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """A notebook as it was `submitted`, with the `files` beside it, and its master."""

    student: str
    assignment: str
    notebook: str
    submitted: bytes
    files: Files
    master: Master
    options: Options

    def key(self) -> str:
        """The hash of all that the result depends on: not of who handed it in."""
        parts = [environment(), self.master.digest(), json.dumps(asdict(self.options)), "notebook"]
        digest = hashlib.sha256(" ".join(parts).encode())
        for name, content in (("", self.submitted), *self.files):
            digest.update(f"{name!r} {len(content)} ".encode("utf-8", "backslashreplace"))
            digest.update(content)
        return digest.hexdigest()

    def to_json(self) -> dict[str, Any]:
        """The job as plain data."""
        return {
            "student": self.student,
            "assignment": self.assignment,
            "notebook": self.notebook,
            "submitted": _text(self.submitted),
            "files": [[name, _text(content)] for name, content in self.files],
            "master": self.master.to_json(),
            "options": asdict(self.options),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], master: Master | None = None) -> Job:
        """The job that `to_json` wrote; its master may come from elsewhere."""
        return cls(
            data["student"],
            data["assignment"],
            data["notebook"],
            base64.b64decode(data["submitted"]),
            tuple((name, base64.b64decode(content)) for name, content in data["files"]),
            master or Master.from_json(data["master"]),
            Options(**data["options"]),
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job: the autograded notebook's text, the scores and nbgrader's own comments.

    `fault` says in one sentence why there is no notebook, and is "" where there is one; `ours`,
    that it need not be the submission's, so that another run may have more luck. `judged` is how
    many graded cells were judged, and `ran` how many were only run.
    """

    key: str
    notebook: str = ""
    scores: tuple[Score, ...] = ()
    comments: dict[str, str] | None = None
    fault: str = ""
    ours: bool = False
    judged: int = 0
    ran: int = 0
    seconds: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The result as plain data."""
        return {**_shallow(self), "scores": [_shallow(score) for score in self.scores]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Result:
        """The result that `to_json` wrote."""
        return cls(**{**data, "scores": tuple(Score(**score) for score in data["scores"])})


def carry_out(job: Job, host: Callable[[], Host]) -> Result:
    """Restore the job's notebook, run and judge it in hosts that `host` makes, and score it.

    Never raises: what goes wrong is the result's fault.
    """
    began, key = time.perf_counter(), job.key()
    try:
        notebook = restore(job.submitted, job.master)
        limits = Limits(job.options.characters)
        ran = run(notebook, job.master, host, limits, job.files)
        result = Result(
            key,
            as_text(notebook),
            tuple(_by_hand(score, ran.verdicts) for score in scores(notebook, job.master)),
            comments(notebook, job.master),
            judged=ran.judged,
            ran=ran.ran,
        )
    except Damaged as damaged:
        result = Result(key, fault=str(damaged))
    except Exception as error:  # noqa: BLE001  one submission may not stop the run
        told = f"{type(error).__name__}: {error}"[:300]
        sentence = f"the grader itself went wrong, which is not its fault: {told}"
        result = Result(key, fault=sentence, ours=True)
    return replace(result, seconds=time.perf_counter() - began)


def as_text(notebook: dict[str, Any]) -> str:
    """The notebook's file: a line for each cell, since to indent all would take longer than both
    restoring and scoring.
    """
    rest = {key: value for key, value in notebook.items() if key != "cells"}
    cells = ",\n".join(_line(cell) for cell in notebook["cells"])
    return f'{{"cells": [\n{cells}\n],\n{_line(rest)[1:]}\n'


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _by_hand(score: Score, verdicts: dict[str, Verdict]) -> Score:
    """A check that itself went wrong gives no marks: somebody must."""
    verdict = verdicts.get(score.grade_id)
    if verdict is None or verdict.outcome is not Outcome.ERRORED:
        return score
    return replace(score, auto=None, needs_manual=True)


def _shallow(record: Result | Score) -> dict[str, Any]:
    """Its fields as they are: `asdict` would copy a whole notebook."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
