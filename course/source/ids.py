"""Names of built cells: made of slug, role and name, or of a hash of their text. Never chance.

A slug does not change once it is released: nbgrader's gradebook knows cells by these names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

TITLE = "title"
LONGEST = 64
"""The longest id that the notebook format (4.5) allows."""


def answer(slug: str) -> str:
    """The cell in which an exercise or a quiz question is answered."""
    return slug


def check(slug: str, name: str = "") -> str:
    """The cell that checks it."""
    return f"{slug}-check-{name}" if name else f"{slug}-check"


def hint(slug: str, number: int) -> str:
    """A hint, counted from 1."""
    return f"{slug}-hint-{number}"


def question(slug: str) -> str:
    """The cell that asks a quiz question."""
    return f"{slug}-question"


def of_text(text: str) -> str:
    """A cell that has nothing but its text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


def numbered(ids: Iterable[str]) -> Iterator[str]:
    """The same ids, each further equal one with its count: `a`, `b`, `a-2`."""
    seen: dict[str, int] = {}
    for name in ids:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"
