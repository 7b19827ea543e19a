"""From the evidence of a check to its verdict."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import webtest

import autograder
import minidjango
from autograder.evidence import Claim, Evidence, Exchange, Raised
from autograder.expectation import expected, telling
from autograder.host.wire import Malformed
from autograder.hosts import HostFailed, TimedOut
from autograder.misconceptions import diagnose
from autograder.plans import NotHere
from autograder.session import NotDefined
from autograder.testapp import NotBuilt
from autograder.verdict import Outcome, Verdict

OURS = tuple(f"{Path(package.__path__[0])}{os.sep}" for package in (autograder, minidjango))
"""Where our own code is: an exception that comes from there is our own fault."""

MISREAD = (LookupError, AttributeError, TypeError, ValueError)
"""What a check raises when it reads from an answer what is not there."""


WAITED_FOR = {
    Outcome.FAILED: "has failed",
    Outcome.NOT_ATTEMPTED: "is not attempted yet",
    Outcome.TIMED_OUT: "has timed out",
    Outcome.SKIPPED: "was skipped itself",
}
"""The outcomes after which a check that needs this one is skipped, as a sentence says them.

One that went wrong itself says nothing of the answer: nobody waits for it.
"""


def verdict_on(
    name: str, points: float, evidence: Evidence, error: Exception | None, ran: dict[str, str]
) -> Verdict:
    """The verdict on the evidence of the check `name`, and on what ended it, if anything did."""
    told = {
        "check": name,
        "maximum": points,
        "captured": evidence.said,
        "controlled": evidence.controlled,
        "ran": ran,
        "parts": tuple(evidence.parts),
        **_story(points, evidence, error),
    }
    return Verdict(**told)


def stopped(name: str, points: float, line: str, ran: dict[str, str]) -> Verdict:
    """The verdict on an answer that was interrupted at that line of the student's."""
    message = f"This was stopped before it came to an end, at {line}."
    return Verdict(name, Outcome.TIMED_OUT, maximum=points, message=message, ran=ran)


def waited_for(needs: str, outcomes: Mapping[str, Outcome]) -> str:
    """What came of the check `needs`, where whoever needs it has to wait for it; else ""."""
    return WAITED_FOR.get(outcomes[needs], "") if needs in outcomes else ""


def waiting(name: str, points: float, needs: str, came: str, ran: dict[str, str]) -> Verdict:
    """The verdict of a check that is not run, for the one that it needs `came` to no good end."""
    message = f"This waits for the check {needs}, which {came}. That one comes first."
    return Verdict(name, Outcome.SKIPPED, maximum=points, message=message, needs=needs, ran=ran)


def _story(points: float, evidence: Evidence, error: Exception | None) -> dict[str, Any]:
    broken = evidence.first_broken()
    if sum(part.points for part in evidence.parts) > points:
        return _errored(f"its parts have more points than it has, {points:g}")
    if isinstance(error, NotHere):
        return {"outcome": Outcome.SKIPPED, "message": _sentence(str(error))}
    if isinstance(error, NotDefined) or (type(error) is NameError and not _is_ours(error)):
        name = getattr(error, "name", None) or str(error)
        return _unfinished(f"{name} is not defined yet: run the cell that defines it first.")
    if isinstance(error, TimedOut):
        asked = "Is there a loop, or a wait, that does not end?"
        return {"outcome": Outcome.TIMED_OUT, "message": f"There was {error}. {asked}"}
    if isinstance(error, HostFailed | Malformed):
        return {"outcome": Outcome.FAILED, "message": f"The answer could not be judged: {error}."}
    earned = 0 if error else evidence.earned
    if (broken or error) and not earned and evidence.unfinished():
        return _unfinished("The answer still raises NotImplementedError: write yours in its place.")
    if broken:
        return {"points": earned, **_failed(evidence, *broken)}
    if isinstance(error, NotBuilt) and evidence.unbuilt is not None:
        return _failed_unbuilt(evidence, evidence.unbuilt)
    if error is not None:
        return _ended_by(error)
    if not evidence.asked:
        return _errored("it asks nothing")
    return _passed(points, evidence)


def _ended_by(error: Exception) -> dict[str, Any]:
    """A check that an exception ended: a claim of its own, or something it could not read."""
    if isinstance(error, AssertionError | webtest.AppError):
        return {"outcome": Outcome.FAILED, "message": _sentence(str(error) or "A claim is false")}
    fault = f"{type(error).__name__}: {error}"
    # `verify` has seen the check pass on right answers: what it cannot read is not one.
    if isinstance(error, MISREAD) and not _is_ours(error):
        return {
            "outcome": Outcome.FAILED,
            "message": _sentence(f"What came back lacks what was looked for ({fault})"),
        }
    return _errored(fault)


def is_about_the_answer(error: Exception) -> bool:
    """Whether an exception that ends a check, or a part of one, tells of a wrong answer."""
    if isinstance(error, HostFailed | Malformed | NotDefined):
        return False
    claimed = isinstance(error, AssertionError | webtest.AppError | NotBuilt)
    return claimed or (isinstance(error, MISREAD) and not _is_ours(error))


def _is_ours(error: Exception) -> bool:
    """Whether an exception comes from the grader or the framework, and not from a check's text."""
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    return where is not None and where.tb_frame.f_code.co_filename.startswith(OURS)


def _errored(fault: str) -> dict[str, Any]:
    wrong = _sentence(f"The check itself went wrong, which is not your fault: {fault}")
    message = f"{wrong} Tell whoever gave you this lesson."
    return {"outcome": Outcome.ERRORED, "message": message}


def _passed(points: float, evidence: Evidence) -> dict[str, Any]:
    shown = telling(evidence)
    return {
        "outcome": Outcome.PASSED,
        "points": points,
        "message": evidence.claims[-1].happened
        if evidence.claims
        else "Everything that was checked here held.",
        "actual": shown.trace if shown else None,
    }


def _unfinished(message: str) -> dict[str, Any]:
    return {"outcome": Outcome.NOT_ATTEMPTED, "message": message, "captured": ""}


def _failed(evidence: Evidence, exchange: Exchange | None, claim: Claim) -> dict[str, Any]:
    """A claim that did not hold, with the mistake's name where the evidence shows one."""
    if exchange is None:
        told = {**_compared(claim), **_named(evidence)}
        if evidence.believed:  # the reason of the option says more than the belief by itself
            reason = _sentence(claim.happened)
            told |= {"message": reason, "explanation": reason, "wanted": "", "happened": ""}
        return {"outcome": Outcome.FAILED, **told}
    wanted = expected(exchange)
    return {
        "outcome": Outcome.FAILED,
        "message": _sentence(
            f"{exchange.called or exchange.asked}: expected {claim.wanted}; {claim.happened}"
        ),
        "called": exchange.called or str(exchange.asked),
        "wanted": claim.wanted,
        "happened": claim.happened,
        # A header, a place in the list: where no picture shows it, a second one would mislead.
        "expected": None if wanted == exchange.trace else wanted,
        "actual": exchange.trace,
        **_named(evidence),
    }


def _compared(claim: Claim) -> dict[str, str]:
    """What a claim that is about no exchange wanted, and what happened instead."""
    message = _sentence(f"Expected {claim.wanted}; {claim.happened}")
    return {"message": message, "wanted": claim.wanted, "happened": claim.happened}


def _failed_unbuilt(evidence: Evidence, raised: Raised) -> dict[str, Any]:
    return {
        "outcome": Outcome.FAILED,
        "message": _sentence(f"The onion could not be built: {raised.told}"),
        "wanted": "a layer that can be built with get_response",
        "happened": raised.told,
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
