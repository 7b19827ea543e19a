"""The reference page of the checking API says what is there, and what it says is run."""

from __future__ import annotations

import ast
import functools
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import autograder
from autograder.contents import Contents
from autograder.hosts import LocalHost
from autograder.judge import judge
from autograder.seen import Seen
from autograder.testapp import Onion
from autograder.verdict import Verdict
from course.compiler import solved, with_answers
from course.proof.mutants import making
from course.source import ids
from course.source.parts import Exercise
from tests.autograder import page
from tests.autograder.test_api import HOSTS

OF_THE_ENTRY_ABOVE = {"app.trace.plain", "app.trace.lines", "app.trace.to_json", "streams"}
"""What is told under another heading; that it is told there is tested too."""

NOT_FOR_CHECKS = {
    "app.do_request": "WebTest's, behind `app.get` and its sisters",
    "app.RequestClass": "WebTest's too",
    "app.trace.claim_status": "what `app.get` itself claims",
}
"""What is public for others of the grader's rooms."""

NO_CALLS = {"CheckFailed", "Scenario", "Trace", "app.raised", "app.trace", "app.trace.took"}
"""What has no signature."""

MUTANTS = 8
"""How many wrong answers of each exercise are tried here."""


def names() -> Iterator[tuple[str, Any]]:
    """All that a check can say, by the name under which it says it."""
    yield from ((name, getattr(autograder, name)) for name in autograder.__all__)
    for prefix, owner in (("app", Onion), ("app.trace", Seen), ("app.trace", Contents)):
        for name, thing in vars(owner).items():
            if not name.startswith("_"):
                yield f"{prefix}.{name}", thing


NAMES = {name: thing for name, thing in names() if name not in NOT_FOR_CHECKS}


def entries() -> dict[str, str]:
    """What the page says under each heading, by each name in it."""
    found: dict[str, str] = {}
    for entry in re.split(
        r"^##+ ", re.sub(r"^```.*?^```$", "", page.PAGE, flags=re.M | re.S), flags=re.M
    ):
        heading, _, text = entry.partition("\n")
        for name in re.findall(r"`([\w.]+)`", heading):
            found[name] = found.get(name, "") + text
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_call_has_an_entry_on_the_page(name: str) -> None:
    if name in OF_THE_ENTRY_ABOVE:
        assert f"`{name}" in "".join(entries().values())
    else:
        assert name in entries(), f"write an entry for {name} into autograder/CHECKING.md"


def test_the_page_has_an_entry_for_nothing_that_is_not_there() -> None:
    options = set(inspect.signature(autograder.onion).parameters)
    assert set(entries()) <= {*NAMES, *options, "app.get"}


CALLS = [name for name in NAMES if name not in NO_CALLS | (OF_THE_ENTRY_ABOVE - {"streams"})]


@pytest.mark.parametrize("name", CALLS)
def test_the_page_writes_each_call_as_it_is(name: str) -> None:
    written = re.search(rf"^(?:.* and )?`{re.escape(name)}(\([^`]*\))`", page.PAGE, re.MULTILINE)
    assert written, f"the page does not write {name}(...)"
    exec(f"def as_written{written[1]}: ...", {"hello": None}, found := {})  # type: ignore[var-annotated]
    assert _shape(found["as_written"]) == _shape(NAMES[name])


def _shape(function: Callable[..., Any]) -> list[tuple[str, str, bool]]:
    """Names and kinds of the parameters, and which of them may be left out."""
    parameters = inspect.signature(function).parameters.values()
    return [
        (one.name, one.kind.name, one.default is one.empty)
        for one in parameters
        if one.name != "self"
    ]


def test_every_link_of_the_page_leads_to_a_heading() -> None:
    headings = re.findall(r"^##+ (.+)$", page.PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(#([^)]+)\)", page.PAGE)
    assert set(links) - anchors == set()
    in_the_table = set(re.findall(r"\]\(#([^)]+)\)", "".join(_table())))
    entered = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings if "`" in h}
    assert entered - in_the_table == set()


def _table() -> list[str]:
    return [line for line in page.PAGE.split("\n") if line.startswith("|")]


# -- its exercises -----------------------------------------------------------------------------

LESSON = page.lesson()  # LessonError where `build` would refuse a word of it
MASTER = solved(LESSON)
CHECKS = {ids.check(c.slug, c.name): c for e in LESSON.exercises for c in e.checks}


@functools.cache
def verdicts(host: str) -> dict[str, Verdict]:
    with HOSTS[host]() as make:
        return judge(MASTER, MASTER, host=make)


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("name", CHECKS)
def test_the_answer_of_each_exercise_passes_its_check_in_every_host(name: str, host: str) -> None:
    verdict, check = verdicts(host)[name], CHECKS[name]
    if host == "local, Django" and "MIDDLEWARE_CLASSES" in check.source:
        assert verdict.outcome == "skipped"
        return
    assert verdict.passed, verdict.message
    assert verdict.points == check.points
    assert verdict.controlled


def test_a_stub_of_the_page_is_not_attempted_and_earns_nothing() -> None:
    stubs = with_answers(MASTER, {one.slug: one.stub for one in LESSON.exercises})
    said = judge(stubs, MASTER, host=LOCAL)
    for name, check in CHECKS.items():
        assert said[name].outcome == ("skipped" if check.needs else "not attempted"), name
        assert said[name].points == 0


def test_the_check_of_each_exercise_refuses_wrong_answers() -> None:
    wrong = {one.slug: _wrong(one) for one in LESSON.exercises}
    refused = dict.fromkeys(wrong, 0)
    for number in range(MUTANTS):
        answers = {slug: many[number] for slug, many in wrong.items()}
        said = judge(with_answers(MASTER, answers), MASTER, host=LOCAL)
        for slug in wrong:
            refused[slug] += not said[ids.check(slug)].passed
    assert {slug for slug, count in refused.items() if count <= MUTANTS / 2} == set()


def _wrong(exercise: Exercise) -> list[str]:
    """Its answer, changed in one place: some of the many ways, far from each other."""
    changed = making._changed(ast.parse(exercise.solution))
    sources = [source for _, source in changed if "async def" not in source]
    return sources[:: len(sources) // MUTANTS][:MUTANTS]


def LOCAL() -> LocalHost:
    return LocalHost("minidjango")


def test_what_a_check_can_say_is_used_by_one_of_them() -> None:
    used = "".join(check.source for check in CHECKS.values())
    compiled = {"check", "hidden", "quiz", *NO_CALLS}  # what the compiler writes, and no calls
    looked_at = {"app.trace.plain", "app.trace.lines", "app.trace.to_json"}
    for name in set(NAMES) - compiled - looked_at:
        assert f"{name}(" in used, f"no exercise of the page uses {name}"
