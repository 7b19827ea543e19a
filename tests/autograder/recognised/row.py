"""A row of the table: an answer that makes a mistake, and others, close by, that do not.

A near answer is the first with one text in the place of another, and `becomes` is what is said of
it instead: `passed`, the name of another mistake, or `failed`, where nothing is known of it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Near:
    """What stands in the place of what, and what becomes of the answer then."""

    old: str
    new: str
    becomes: str = "passed"


@dataclass(frozen=True)
class Row:
    """An answer that must be called by this name, and its neighbours."""

    name: str
    check: str
    answer: str
    near: tuple[Near, ...]


def row(name: str, check: str, answer: str, *near: tuple[str, ...]) -> Row:
    return Row(name, check, answer, tuple(Near(*one) for one in near))


def but(source: str, old: str, new: str) -> str:
    """The source, with one text in the place of another."""
    assert source.count(old) == 1, (old, source)
    return source.replace(old, new)
