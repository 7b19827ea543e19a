"""A student's name in a check: it can be handed on, and never passes in silence."""

from __future__ import annotations

import operator
from collections.abc import Callable

import pytest

from autograder.references import (
    Reference,
    ReferenceMisused,
    defined_names,
    free_names,
    misused,
)

OPERATIONS: dict[str, Callable[[Reference], object]] = {
    "==": lambda r: r == 1,
    "!=": lambda r: r != 1,
    "<": lambda r: r < 1,
    "1 ==": lambda r: operator.eq(1, r),
    "bool": bool,
    "not": operator.not_,
    "str": str,
    "repr": repr,
    "format": lambda r: f"{r}",
    "hash": hash,
    "in a set": lambda r: {r},
    "call": lambda r: r(),
    "isinstance": lambda r: isinstance(r, int),
    "class": lambda r: r.__class__,
    "set attribute": lambda r: setattr(r, "name", 1),
    "delete attribute": lambda r: delattr(r, "name"),
    "len": len,
    "iterate": list,
    "index": lambda r: r[0],
    "contains": lambda r: 1 in r,
    "add": lambda r: r + 1,
    "add to": lambda r: 1 + r,
    "int": int,
    "with": lambda r: r.__enter__(),
    "dir": dir,
}


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("attributes", [(), ("attribute",)])
def test_a_reference_refuses_aloud_and_says_the_mend(
    attributes: tuple[str, ...], name: str
) -> None:
    reference = Reference("BlockList", attributes)
    with pytest.raises(ReferenceMisused, match=r"value\(BlockList"):
        OPERATIONS[name](reference)


def test_free_names_are_those_that_nothing_in_the_check_binds() -> None:
    source = (
        "import json\n"
        "from minidjango.http import HttpResponse\n"
        "def view(request):\n"
        "    return HttpResponse(body)\n"
        "app = onion(BlockList, view=view)\n"
        "assert len([x for x in json.loads(app.get('/').text)]) == LIMIT\n"
    )
    assert free_names(source) == {"body": 4, "onion": 5, "BlockList": 5, "LIMIT": 6}


def test_a_cell_defines_what_it_binds_at_its_top_level() -> None:
    source = "import os\nclass A:\n    b = 1\ndef c():\n    d = 2\nfor e in ():\n    f = e\n"
    assert defined_names(source) == {"os", "A", "c", "e", "f"}


@pytest.mark.parametrize(
    "use",
    [
        "onion(A)",
        "onion(first, A, view=v)",
        "app.trace.returned(A, 403)",
        "app.built_once(A)",
        "value(A.limit) == 3",
        "quiz(A, 'sealed')",
    ],
)
def test_a_name_may_be_handed_to_the_checking_api(use: str) -> None:
    assert misused(use, {"A"}) == []


@pytest.mark.parametrize(
    "use",
    [
        *("A()", "A.limit == 3", "A == 1", "isinstance(A, type)", "callable(A)", "hasattr(A, 'x')"),
        *("b = A", "def f(x):\n    return x\nf(A)", "onion(A())", "f'{A}'", "[A]", "onion(A.x)"),
    ],
)
def test_any_other_use_of_it_is_found_with_its_line(use: str) -> None:
    ((line, sentence),) = misused("\n" + use, {"A"})
    assert line == 1 + use.count("\n") + 1
    assert "value(A" in sentence
