"""JUnit XML: a test suite for each submission, in it a test case for each check.

What counts is the gradebook: a check that somebody gave all its points by hand has passed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from autograder.grading.cards import Card
from autograder.grading.export.sheet import shown
from autograder.grading.marks import Assignment, Check, Mark
from autograder.verdict import Outcome

FORBIDDEN = re.compile(
    "[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
"""What XML 1.0 cannot hold, or had better not."""
NO_CARD = Card()
COUNTED = ("failure", "error", "skipped")
PLURAL = {"failure": "failures", "error": "errors", "skipped": "skipped"}

CardsOf = Callable[[str, str, str], Mapping[str, Card]]
"""The cards of a student, an assignment and a notebook."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a check: "" for passed, or the element that says what did, with its words."""

    tag: str = ""
    kind: str = ""
    message: str = ""
    text: str = ""


def report(assignments: Iterable[Assignment], cards: CardsOf) -> bytes:
    """The report on every submission of these assignments, in UTF-8."""
    root = Element("testsuites", name="autograder")
    for assignment in assignments:
        for mark in assignment.submitted:
            _add_suite(root, assignment, mark, cards)
    suites = list(root)
    for count in ("tests", *PLURAL.values()):
        root.set(count, str(sum(int(suite.get(count, 0)) for suite in suites)))
    root.set("time", "0")
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _add_suite(root: Element, assignment: Assignment, mark: Mark, cards: CardsOf) -> None:
    name = clean(f"{assignment.name}.{mark.student.id}")
    suite = SubElement(root, "testsuite", name=name)
    properties = SubElement(suite, "properties")
    told = {
        "assignment": assignment.name,
        "student": mark.student.id,
        "score": shown(mark.score),
        "max_score": shown(assignment.maximum),
        "late_submission_penalty": shown(mark.penalty),
    }
    for key, value in told.items():
        SubElement(properties, "property", name=key, value=clean(value))
    tags: Counter[str] = Counter()
    for check, card in in_order(assignment, mark, cards):
        result = result_of(check, card)
        tags[result.tag] += 1
        _add_case(suite, name, check, result)
    suite.set("tests", str(tags.total()))
    for tag, plural in PLURAL.items():
        suite.set(plural, str(tags[tag]))
    suite.set("time", "0")
    if mark.timestamp:
        suite.set("timestamp", mark.timestamp.isoformat(timespec="seconds"))


def _add_case(suite: Element, name: str, check: Check, result: Result) -> None:
    case = SubElement(
        suite, "testcase", classname=f"{name}.{clean(check.notebook)}", name=clean(check.grade_id)
    )
    case.set("time", "0")
    if result.tag:
        told = SubElement(case, result.tag, message=clean(result.message))
        told.set("type", clean(result.kind))
        told.text = clean(result.text)
    points = f"{shown(check.score)} of {shown(check.maximum)} points"
    SubElement(case, "system-out").text = points


def in_order(assignment: Assignment, mark: Mark, cards: CardsOf) -> Iterable[tuple[Check, Card]]:
    """The checks of a submission with their cards, in the order of the notebook."""
    for notebook in dict.fromkeys(check.notebook for check in mark.checks):
        said = cards(mark.student.id, assignment.name, notebook)
        checks = {c.grade_id: c for c in mark.checks if c.notebook == notebook}
        names = [name for name in said if name in checks]
        for name in dict.fromkeys([*names, *checks]):
            yield checks[name], said.get(name, NO_CARD)


def result_of(check: Check, card: Card) -> Result:
    """What became of a check, by its points first and then by what its card says."""
    if check.waits:
        return Result("skipped", "manual", "waits for a mark by hand")
    if check.by_hand:
        given = f"marked by hand: {shown(check.score)} of {shown(check.maximum)} points"
        passed = check.score >= check.maximum
        return Result() if passed else Result("failure", "manual", given, card.text)
    told = card.message, card.text
    match card.verdict:
        case Outcome.ERRORED:
            return Result("error", "errored", *told)
        case Outcome.SKIPPED:
            return Result("skipped", "skipped", *told)
        case Outcome.PASSED:
            return Result()
        case "" if check.score >= check.maximum:
            return Result()
    kind = card.misconception or card.verdict.replace(" ", "-") or "failed"
    return Result("failure", kind, *told)


def clean(text: str) -> str:
    """A text without what XML cannot hold."""
    return FORBIDDEN.sub("", text)
