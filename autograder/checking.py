"""`check(...)`: the claims of one exercise, and the verdict that they come to."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import Literal

from autograder import messages
from autograder.conversation import nobody
from autograder.evidence import Evidence
from autograder.host.capture import captured
from autograder.host.framework import framework
from autograder.host.whereabouts import own_frames, written
from autograder.host.wire import Malformed
from autograder.hosts import Host, HostFailed
from autograder.judgement import stopped, verdict_on, waited_for, waiting
from autograder.session import session
from autograder.verdict import Verdict


class CheckFailed(AssertionError):
    """A check did not fully pass; the card has said why, and this is one line."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(f"{verdict.check}: {verdict.outcome}. {verdict.message}")
        self.verdict = verdict

    def _render_traceback_(self) -> list[str]:
        """How IPython prints this: one line, for those who see no card."""
        why = self.verdict.title or self.verdict.message
        return [f"CheckFailed: {self.verdict.check}: {self.verdict.outcome}. {why}"]


class check:
    """One check of an exercise: claims are collected while it lasts, and then judged.

    `exercise` is its slug, `part` the name of a second check of the same exercise, `points` what
    it is worth. In a lesson's notebook it decorates a function that holds the claims and is called
    at once, so that the names of a check are not in the student's way:

        @check("block-list", points=2)
        def _check(): ...

    and anywhere else it may be a context, `with check("block-list"):`. At its end the verdict's
    card is shown; CheckFailed is raised unless everything held. An interruption from the keyboard
    passes through, unless it stopped the student's answer in a notebook: that is timed out.

    `hidden` says that it has a hidden part, which begins with a call of `hidden()`; where that is
    not called, as in what a student gets, nobody knows yet what it will say. In an `exam` the card
    says what happened, and neither the mistake's name nor a hint.

    `needs` names a check, as its card does, such as `"block-list"`: where that one ran before and
    did not pass, this one is skipped, none of its claims is run, and nothing is earned. Where it
    has not run yet, or went wrong itself, this one runs.
    """

    def __init__(
        self,
        exercise: str,
        part: str = "",
        *,
        points: float = 0,
        hidden: bool = False,
        exam: bool = False,
        needs: str = "",
    ) -> None:
        self.name = f"{exercise}-{part}" if part else exercise
        self.points = points
        self._hidden, self._exam, self._needs = hidden, exam, needs
        self._evidence = Evidence()
        self._around = contextlib.ExitStack()

    def __call__(self, claims: Callable[[], object]) -> None:
        """Run a check that is written as a function."""
        with self:
            claims()

    def __enter__(self) -> check:
        self._here = session()
        if self._here.evidence is not None:
            raise RuntimeError(f"the check {self.name!r} stands inside another one")
        if came := waited_for(self._needs, self._here.outcomes):
            ran = _ran(self._here.host)
            self._tell(waiting(self.name, self.points, self._needs, came, ran))
        self._evidence = self._here.evidence = Evidence()
        with contextlib.ExitStack() as around:
            said = around.enter_context(captured())
            around.enter_context(framework("minidjango").settings({}))
            around.enter_context(self._here.host.inside())
            around.callback(lambda: self._evidence.hear(said.getvalue()))
            self._around = around.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> Literal[False]:
        self._here.evidence = None
        self._around.close()
        line = _interrupted(error) if self._here.own else ""
        if not (error is None or isinstance(error, Exception) or line):
            return False  # and the host is not asked anything more: it may be busy
        ran = _ran(self._here.host)
        if error is None or isinstance(error, Exception):
            verdict = verdict_on(self.name, self.points, self._evidence, error, ran)
        else:
            verdict = stopped(self.name, self.points, line, ran)
        if self._hidden and not self._evidence.hidden:
            verdict = replace(verdict, pending=True)
        self._tell(replace(verdict, needs=self._needs))
        return False

    def _tell(self, verdict: Verdict) -> None:
        """Report a verdict, and keep it for who needs this one; CheckFailed unless it passed."""
        self._here.outcomes[self.name] = verdict.outcome
        self._here.report(in_an_exam(verdict) if self._exam else verdict)
        if not verdict.passed:
            raise CheckFailed(verdict) from None


def hidden() -> None:
    """Say, in a check, that its hidden part begins here."""
    evidence = session().evidence
    if evidence is not None:
        evidence.hidden = True


def in_an_exam(verdict: Verdict) -> Verdict:
    """A verdict without what would help: the mistake's name, its explanation, the hint."""
    return replace(verdict, exam=True, misconception="", title="", explanation="", hint="")


def _interrupted(error: BaseException | None) -> str:
    """The line of the student's answer that was running when the kernel was interrupted."""
    frames = own_frames(error.__traceback__) if isinstance(error, KeyboardInterrupt) else []
    check_s_own = frames[0][0].f_code.co_filename if frames else ""
    inside = [own for own in frames if own[0].f_code.co_filename != check_s_own]
    return written(*inside[-1]) if inside else ""


def _ran(host: Host) -> dict[str, str]:
    """What really ran, as the host says of itself; less where there is no host left to say it."""
    if not host.alive:
        return {"host": host.executor}
    if not host.label:
        try:
            said = messages.result(host.ask({"do": "describe"}, nobody))
            host.label = messages.text(said, "framework")
        except (HostFailed, Malformed):
            return {"host": host.executor}
    return {"framework": host.label, "host": host.executor, "executor": _executor()}


def _executor() -> str:
    """Who runs this process: nbgrader's command by name, a notebook's kernel, or a program."""
    nbgrader = os.environ.get("NBGRADER_EXECUTION")
    kernel = "ipykernel" in sys.modules
    if nbgrader and kernel:
        return f"nbgrader {nbgrader}"
    return "kernel" if kernel else "program"
