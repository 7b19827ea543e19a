"""Mistakes in what an answer carries: its headers, its content, whose it is."""

from __future__ import annotations

from itertools import pairwise

from autograder.evidence import Exchange, HeaderClaim
from autograder.misconceptions.case import (
    Case,
    Misconception,
    answered_over,
    may_be_kept,
    stopped,
    to_be_stopped,
)


def _broken(exchange: Exchange) -> HeaderClaim | None:
    """The claim of a header that is told, where it is one."""
    told = exchange.broken()
    return told.header if told else None


def _missing(case: Case) -> bool:
    claim = _broken(case.told)
    return claim is not None and claim.wanted != "" and claim.got is None


def _sometimes_missing(case: Case) -> bool:
    claim = _broken(case.told)
    others = [c for x in case.asked for c in x.header_claims if claim and c.name == claim.name]
    return _missing(case) and any(c.held and c.wanted != "" for c in others)


def _unwanted(case: Case) -> bool:
    claim = _broken(case.told)
    return claim is not None and claim.wanted == "" and claim.got is not None


def _wrong_value(case: Case) -> bool:
    claim = _broken(case.told)
    return claim is not None and claim.wanted != "" and claim.got is not None


def _measured(case: Case) -> tuple[float, float, float] | None:
    """The number in the header that is told, where it had to be one, and its bounds."""
    claim = _broken(case.told)
    return _number(claim) if claim else None


def _number(claim: HeaderClaim) -> tuple[float, float, float] | None:
    """The number in a header that had to be one, and the bounds that it should lie within."""
    if claim.got is None or claim.bounds is None:
        return None
    try:
        return float(claim.got), *claim.bounds
    except ValueError:
        return None


def _all_measured(case: Case) -> list[tuple[float, float, float]]:
    """The numbers in that header of all answers, in order, each with its bounds."""
    told = _broken(case.told)
    claims = [c for x in case.asked for c in x.header_claims if told and c.name == told.name]
    return [number for claim in claims if (number := _number(claim))]


def _wrong_unit(case: Case) -> bool:
    # One number may be right in another unit by accident; all of them are not.
    number, _, _ = _measured(case) or (0, 0, 0)
    numbers, factors = _all_measured(case), (1e6, 1e3, 1e-3, 1e-6)
    return bool(number) and any(
        all(least <= one * factor <= most for one, least, most in numbers) for factor in factors
    )


def _clock_stopped_early(case: Case) -> bool:
    number, least, _ = _measured(case) or (0, 0, 0)
    return number < least


def _clock_started_early(case: Case) -> bool:
    """Whether it shows too much, and of two requests that take as long, more for the second."""
    number, _, most = _measured(case) or (0, 0, 0)
    grows = (
        least == before[1] and one - before[0] >= least
        for before, (one, least, _) in pairwise(_all_measured(case))
    )
    return number > most and any(grows)


def _replaced(case: Case) -> bool:
    return case.told.through and answered_over(case.told)


def _kept(case: Case) -> bool:
    return case.told.through and stopped(case.told) and may_be_kept(case)


def _wrong_content(case: Case) -> bool:
    seen, told = case.told, case.told.broken()
    wanted = seen.wanted_content
    about = told is not None and told.about == "content"
    return about and to_be_stopped(seen) and stopped(seen) and seen.content != wanted


ENTRIES = (
    Misconception(
        "response-replaced",
        "The view's answer is lost",
        "The view ran and answered, and the visitor got another answer than the view's. Whoever "
        "wants to add something adds it to the response that get_response returned.",
        "Which response do you return: the one that came back, or one that you made?",
        _replaced,
    ),
    Misconception(
        "kept-an-old-answer",
        "A visitor gets an answer that was made for another",
        "The view did not run, and its answer to an earlier request came out again. What is kept "
        "on `self`, or outside the function, is there for every request that follows.",
        "Call get_response for each request, and keep its answer in a local name.",
        _kept,
    ),
    Misconception(
        "header-sometimes-missing",
        "Some answers go without the header",
        "One answer has the header, another that should have it does not. A layer that stands "
        "outside sees every answer that comes past: refusals and errors as well as pages.",
        "On which way through your function is the header not set?",
        _sometimes_missing,
        in_any_style=True,
    ),
    Misconception(
        "header-missing",
        "The header is not on the answer",
        "The answer that came out does not have that header. What is set on the request, on "
        "another response or on `self` does not reach the visitor.",
        "Set it on the response that you return, as `response.headers[name] = value`, before you "
        "return it. Is its name spelt as it is above?",
        _missing,
    ),
    Misconception(
        "header-unwanted",
        "A header that should not be there",
        "This answer has a header that was not asked for here. For a browser a header is a "
        "promise, and it is kept to whoever reads it.",
        "Which line sets it, on which condition, and does this request meet it?",
        _unwanted,
        in_any_style=True,
    ),
    Misconception(
        "wrong-unit",
        "The right number in the wrong unit",
        "The number would be right if its unit were another. Python's clocks count seconds, or, "
        "where their names end in `_ns`, billionths of one; a thousand milliseconds are a second.",
        "Multiply seconds by 1000 to get milliseconds. Divide nanoseconds by 1,000,000.",
        _wrong_unit,
        in_any_style=True,
    ),
    Misconception(
        "clock-stopped-early",
        "The clock shows too little",
        "The number is smaller than what the layers further in, and the view, took together. What "
        "counts is the time between the two readings of the clock: the second less the first.",
        "Read the clock, call get_response, and read the clock again. Subtract the first reading "
        "from the second, and round last of all.",
        _clock_stopped_early,
    ),
    Misconception(
        "clock-started-early",
        "The clock was running before this request came",
        "The number is larger than the whole time in which the answer came. What is set in "
        "`__init__` is set once, when the site starts, and is the same for every request.",
        "Take both readings of the clock in the call for this request, and subtract the first.",
        _clock_started_early,
    ),
    Misconception(
        "wrong-header-value",
        "The header says something else",
        "The header is there, with another value than was asked for. Whoever reads it is a "
        "program, and takes every letter as it stands.",
        "Compare the two values above.",
        _wrong_value,
        in_any_style=True,
    ),
    Misconception(
        "wrong-content",
        "Answered, but with other content",
        "The request was answered where it should be, and the text is not the one that was asked "
        "for. A program that reads it compares letter by letter.",
        "What stands in the brackets of your HttpResponse?",
        _wrong_content,
    ),
)
