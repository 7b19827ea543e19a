"""`with check(...)`: the claims of one exercise, and the verdict that they come to."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Any, Literal

import webtest

from autograder import messages
from autograder.evidence import Claim, Evidence, Exchange, Raised, expected, telling
from autograder.host.wire import Malformed, Message
from autograder.hosts import HostFailed, TimedOut
from autograder.misconceptions import diagnose
from autograder.seal import unseal
from autograder.session import NotDefined, ask, session
from autograder.testapp import NotBuilt
from autograder.verdict import Outcome, Verdict


class CheckFailed(AssertionError):
    """A check did not fully pass; the card has said why, and this is one line."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(f"{verdict.check}: {verdict.outcome}. {verdict.message}")
        self.verdict = verdict

    def _render_traceback_(self) -> list[str]:
        """How IPython prints this: without a walk through the grader's code."""
        return [f"CheckFailed: {self}"]


class check:
    """One check of an exercise: a context in which claims are collected and then judged.

    `exercise` is its slug, `part` the name of a second check of the same exercise, `points` what
    it is worth. Leaving the context shows the verdict's card; it raises CheckFailed unless
    everything held. An interruption from the keyboard passes through.
    """

    def __init__(self, exercise: str, part: str = "", *, points: float = 0) -> None:
        self.name = f"{exercise}-{part}" if part else exercise
        self.points = points
        self._evidence = Evidence()

    def __enter__(self) -> check:
        here = session()
        if here.evidence is not None:
            raise RuntimeError(f"the check {self.name!r} stands inside another one")
        here.evidence = self._evidence
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> Literal[False]:
        here = session()
        here.evidence = None
        if error is not None and not isinstance(error, Exception):
            return False
        verdict = judge_evidence(self, self._evidence, error, _ran())
        here.report(verdict)
        if not verdict.passed:
            raise CheckFailed(verdict) from None
        return False


def _ran() -> dict[str, str]:
    """What really ran, as the host says of itself; empty where there is no host to say it."""
    host = session().host
    try:
        said = messages.result(host.ask({"do": "describe"}, lambda _: {}))
        framework = messages.text(said, "framework")
    except (HostFailed, Malformed, OSError, ValueError):
        return {"host": host.executor}
    return {"framework": framework, "host": host.executor, "executor": _executor()}


def _executor() -> str:
    """Who runs this process: nbgrader's command by name, a notebook's kernel, or a program."""
    nbgrader = os.environ.get("NBGRADER_EXECUTION")
    kernel = "ipykernel" in sys.modules
    if nbgrader and kernel:
        return f"nbgrader {nbgrader}"
    return "kernel" if kernel else "program"


# -- from evidence to a verdict ------------------------------------------------------------------


def judge_evidence(
    of: check, evidence: Evidence, error: Exception | None, ran: dict[str, str]
) -> Verdict:
    """The verdict on the evidence of a check and on what ended it, if anything did."""
    story = _story(of, evidence, error)
    said = "".join(evidence.said)
    return Verdict(
        **{"check": of.name, "maximum": of.points, "captured": said, "ran": ran, **story}
    )


def _story(of: check, evidence: Evidence, error: Exception | None) -> dict[str, Any]:
    if isinstance(error, NotDefined | NameError):
        name = getattr(error, "name", None) or str(error)
        return _unfinished(f"{name} is not defined yet: run the cell that defines it first.")
    if isinstance(error, TimedOut):
        return {"outcome": Outcome.TIMED_OUT, "message": f"There was {error}."}
    if isinstance(error, HostFailed | Malformed):
        return {"outcome": Outcome.FAILED, "message": f"The answer could not be judged: {error}."}
    broken = evidence.first_broken()
    if (broken or error) and evidence.unfinished():
        return _unfinished("The answer still raises NotImplementedError: write yours in its place.")
    if broken:
        return _failed(evidence, *broken)
    if isinstance(error, NotBuilt):
        assert evidence.unbuilt is not None
        return _failed_unbuilt(evidence, evidence.unbuilt)
    if isinstance(error, AssertionError | webtest.AppError):
        return {"outcome": Outcome.FAILED, "message": _sentence(str(error) or "A claim is false")}
    if error is not None:
        fault = f"{type(error).__name__}: {error}"
        return {
            "outcome": Outcome.ERRORED,
            "message": f"The check itself went wrong, which is not your fault: {fault}",
        }
    told = evidence.claims[-1].happened if evidence.claims else "Everything held."
    shown = telling(evidence)
    return {
        "outcome": Outcome.PASSED,
        "points": of.points,
        "message": told,
        "actual": shown.trace if shown else None,
    }


def _unfinished(message: str) -> dict[str, Any]:
    return {"outcome": Outcome.NOT_ATTEMPTED, "message": message, "captured": ""}


def _failed(evidence: Evidence, exchange: Exchange | None, claim: Claim) -> dict[str, Any]:
    """A claim that did not hold, with the mistake's name where the evidence shows one."""
    story: dict[str, Any] = {
        "outcome": Outcome.FAILED,
        "message": _sentence(claim.happened),
        "wanted": claim.wanted,
        "happened": claim.happened,
    }
    if exchange is not None:
        story["called"] = str(exchange.asked)
        story["message"] = _sentence(f"{exchange.asked}: expected {claim.wanted}; {claim.happened}")
        story["expected"], story["actual"] = expected(exchange), exchange.trace
    return {**story, **_named(evidence)}


def _failed_unbuilt(evidence: Evidence, raised: Raised) -> dict[str, Any]:
    return {
        "outcome": Outcome.FAILED,
        "message": _sentence(f"The onion could not be built: {raised}"),
        "wanted": "a layer that can be built with get_response",
        "happened": str(raised),
        **_named(evidence),
    }


def _named(evidence: Evidence) -> dict[str, str]:
    found = diagnose(evidence)
    if found is None:
        return {}
    return {
        "misconception": found.name,
        "title": found.title,
        "explanation": found.explanation,
        "hint": found.hint,
    }


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


# -- further questions -----------------------------------------------------------------------------


def quiz(function: Any, sealed: str) -> None:
    """Claim that a quiz question's function returns the right letter; the reason is the story.

    Raises ValueError where `sealed` is not what `autograder.seal.seal` made.
    """
    answer, reasons = unseal(sealed)
    given = _value({"do": "call", "function": session().host.refer(function), "args": []})
    letter = given.strip().lower() if isinstance(given, str) else ""
    options = ", ".join(sorted(reasons))
    _claim(
        letter == answer,
        f"the letter of the right option, one of {options}",
        f"{letter}: {reasons[letter]}" if letter in reasons else f"{given!r} is none of {options}",
    )


def value(reference: Any) -> Any:
    """What a name of the student's is, or an attribute of it, as plain data.

    Returns None, and claims that it is wrong, where it is no plain data.
    """
    return _value({"do": "value", "of": session().host.refer(reference)})


def _value(command: Message) -> Any:
    result = ask(command, lambda _: {})
    if result["is"] == "raised":
        raised = messages.raised(result)
        evidence = session().evidence
        if evidence is not None:
            evidence.raised.append(raised)
        _claim(False, "a value", f"it raised {raised}")
        return None
    if "value" not in result:
        _claim(False, "plain data", f"it is a {messages.text(result, 'type')}")
        return None
    return result["value"]


def _claim(held: bool, wanted: str, happened: str) -> None:
    evidence = session().evidence
    if evidence is not None:
        evidence.claims.append(Claim(held, wanted, messages.clean(happened)))
    elif not held:
        raise AssertionError(f"expected {wanted}; {happened}")
