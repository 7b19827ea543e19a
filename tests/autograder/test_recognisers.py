"""Every mistake that is known is recognised where it is made, and nowhere close by."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import pytest

from autograder.hosts import LocalHost
from autograder.judge import judge
from autograder.misconceptions import REGISTRY
from autograder.misconceptions.case import never
from autograder.seal import seal
from autograder.verdict import Verdict
from course.source.python import indented
from tests.autograder.answers import check_cell, code, notebook
from tests.autograder.recognised import ROWS
from tests.autograder.recognised.naming import HEAD
from tests.autograder.recognised.row import but

DEFINED = ("Layer", "Outer", "Middle", "Inner", "middleware", "echo", "walk", "choice")
CLEAN = f"for name in {DEFINED}:\n    globals().pop(name, None)\n"
"""Before each answer: what the one before has defined is gone."""

CHOSEN = "def choice():\n    return 'b'\n"
ONLY_CHOSEN = [
    name for name, entry in REGISTRY.items() if entry.recognise is never and entry.unasked is never
]
"""Beliefs that no behaviour shows: the wrong option of a question does."""


@dataclass(frozen=True)
class Case:
    """An answer, the check that it is asked, and what must be said of it."""

    title: str
    check: str
    answer: str
    said: str


def cases() -> list[Case]:
    found = []
    for number, row in enumerate(ROWS):
        found.append(Case(f"{row.name} ({number})", row.check, row.answer, row.name))
        for near in row.near:
            title = f"near {row.name} ({number}): {near.new}"
            found.append(Case(title, row.check, but(row.answer, near.old, near.new), near.becomes))
    for name, other in zip(ONLY_CHOSEN, [*ONLY_CHOSEN[1:], ONLY_CHOSEN[0]], strict=True):
        key = seal("a", {"a": "So it is.", "b": "No.", "c": "No."}, {"b": name, "c": other})
        check = f"quiz(choice, {key!r})\n"
        for letter, said in (("b", name), ("c", other), ("a", "passed")):
            answer = CHOSEN.replace("'b'", f"'{letter}'")
            found.append(Case(f"{name}, option {letter}", check, answer, said))
    return found


CASES = cases()


@functools.cache
def verdicts() -> dict[str, Verdict]:
    """All of them in one notebook, each check behind its answer."""
    cells = []
    for case in CASES:
        check = HEAD + indented(case.check)
        cells += [code(CLEAN), code(case.answer), check_cell(check, case.title)]
    return judge(notebook(*cells), host=lambda: LocalHost("minidjango"))


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_a_mistake_is_called_by_its_name_and_what_stands_close_by_is_not(case: Case) -> None:
    compile(case.answer, case.title, "exec")
    verdict = verdicts()[case.title]
    assert (verdict.misconception or str(verdict.outcome)) == case.said, verdict.message


def test_every_mistake_has_an_answer_that_makes_it_and_a_neighbour_that_does_not() -> None:
    assert set(REGISTRY) == {row.name for row in ROWS} | set(ONLY_CHOSEN)
    for row in ROWS:
        assert row.near, row.name
        assert row.name not in {near.becomes for near in row.near}, row.name


def test_every_entry_has_a_title_two_sentences_at_most_and_a_hint() -> None:
    for name, entry in REGISTRY.items():
        assert entry.title, name
        assert entry.hint, name
        sentences = entry.explanation.replace("? ", ". ").rstrip(".?").split(". ")
        assert 1 <= len(sentences) <= 2, (name, sentences)
