"""One scenario on both frameworks, and what may differ."""

import gzip
import random
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from autograder.model import Scenario
from tests.minidjango.recorded.cases import first_difference
from tests.minidjango.stacks.playing import Happened, play
from tests.minidjango.twoframeworks import ROOTS, Framework

DICE = random.Random()
PAGES = "django.views.debug.ExceptionReporter.get_traceback_"
SIGNATURE = re.compile(r":[\w-]{43}\b")
"""It is made with a salt that holds the framework's name."""


class Differ(AssertionError):
    """The two frameworks did not do the same."""


@contextmanager
def laboratory() -> Iterator[None]:
    """Stop the clock, load the dice, and spare Django pages that nobody will look at."""
    with ExitStack() as stack:
        for path, stand_in in (
            ("time.time", lambda: 1.7e9),
            ("secrets.choice", lambda options: DICE.choice(options)),
            (f"{PAGES}html", lambda self: "<!-- a page -->" * 20),
            (f"{PAGES}text", lambda self: "Traceback"),
        ):
            stack.enter_context(mock.patch(path, stand_in))
        yield


def compare(scenario: Scenario) -> Happened:
    """Return what the first request did; raise Differ where the two do not agree."""
    django, ours = (observed(scenario, root) for root in ROOTS)
    pairs = [(one, other) for one, other in zip(django, ours, strict=True) if one[0] != other[0]]
    for (want, _), (got, _) in pairs:
        part = next(part for part in want if want[part] != got[part])
        difference = first_difference(want[part], got[part])
        raise Differ(f"{part}, {difference}\n{scenario.to_json()}")
    return ours[0][1]


def observed(scenario: Scenario, root: str) -> list[tuple[dict[str, Any], Happened]]:
    """Return for each request everything that was seen, with one word changed."""
    DICE.seed(0)
    return [
        (
            {
                "made": happened.made,
                "trace": happened.trace.lines(),
                "answer": Framework(root).plain(as_lines(happened.answer)),
                "logs": Framework(root).plain(happened.logs),
            },
            happened,
        )
        for happened in play(scenario, root)
    ]


def as_lines(answer: dict[str, Any]) -> list[str]:
    """Return an answer line by line; of a framework's own page only that it is one.

    What is compressed has padding of a random length.
    """
    if "raised" in answer:
        return [answer["raised"], answer["message"]]
    headers, body = answer["headers"], answer["body"]
    text, differs = body.decode("iso-8859-1"), ()
    if body and ("Content-Encoding", "gzip") in headers:
        text, differs = gzip.decompress(body).decode("iso-8859-1"), ("Content-Length", "ETag")
    if text.lstrip().startswith("<") or "Traceback" in text:
        text, differs = "its own page", ("Content-Encoding", "Content-Length", "ETag", "Vary")
    kept = [(name, value) for name, value in headers if name not in differs]
    kept.sort(key=lambda header: header[0])  # only the order of those with one name means anything
    lines = [f"{name}: {value}" for name, value in kept]
    lines = [f"{answer['status']} {answer['reason']}", *lines, f"{answer['streaming']} {text}"]
    return [SIGNATURE.sub(":signature", line) for line in lines]
