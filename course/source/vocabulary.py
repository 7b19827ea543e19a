"""The closed vocabulary of a lesson: which kinds of cells there are, and their keys."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Any

from course.source.percent import Cell
from course.source.problems import Problems

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of cell: named after its leading key, if it has one."""

    name: str
    cell_type: str
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys that such a cell may have."""
        return self.required + self.optional


PROSE = Kind("prose", "markdown")
EXAMPLE = Kind("example", "code", optional=("raises",))
_LED = {
    kind.name: kind
    for kind in (
        Kind("exercise", "code", ("exercise",)),
        Kind("check", "code", ("check", "points"), ("name", "needs")),
        Kind("hint", "markdown", ("hint",)),
        Kind("quiz", "markdown", ("quiz", "points")),
        Kind("right", "code", ("right",)),
        Kind("wrong", "code", ("wrong", "misconception")),
    )
}
_KEYS = {key for kind in (EXAMPLE, *_LED.values()) for key in kind.keys}


def kind_of(cell: Cell, problems: Problems) -> Kind | None:
    """What kind of cell this is; None where its marker is wrong, which is added to `problems`."""
    before = len(problems.found)
    _check_known(cell, problems)
    leads = [key for key in cell.keys if key in _LED]
    if len(leads) > 1:
        named = " and ".join(f"`{lead}`" for lead in leads)
        problems.add(cell.at, f"one cell cannot be {named}", "make it two cells")
        return None
    kind = _LED[leads[0]] if leads else (PROSE if cell.kind == "markdown" else EXAMPLE)
    _check_type(cell, kind, problems)
    _check_keys(cell, kind, problems)
    return kind if len(problems.found) == before else None


def _check_known(cell: Cell, problems: Problems) -> None:
    for key in cell.keys:
        if key in _KEYS:
            continue
        if key in ("title", "incorrectly_encoded_metadata"):
            wrong = f"`{cell.keys[key]}` on the marker line is not a key with a value"
            problems.add(cell.at, wrong, 'write keys as key="value", and text in a cell of its own')
            continue
        near = difflib.get_close_matches(key, sorted(_KEYS), 1)
        mend = f"did you mean `{near[0]}`?" if near else f"a cell's keys are {_listed(_KEYS)}"
        problems.add(cell.at, f"the marker has an unknown key `{key}`", mend)


def _check_type(cell: Cell, kind: Kind, problems: Problems) -> None:
    if cell.kind == kind.cell_type:
        return
    if kind.cell_type == "markdown":
        problems.add(cell.at, f"a {kind.name} is Markdown", "begin its marker `# %% [markdown]`")
    else:
        problems.add(cell.at, f"this {kind.name} is code", f"take `[{cell.kind}]` from its marker")


def _check_keys(cell: Cell, kind: Kind, problems: Problems) -> None:
    for key in kind.required:
        if key not in cell.keys:
            problems.add(cell.at, f"this {kind.name} cell has no `{key}`", f"add {_example(key)}")
    for key, value in cell.keys.items():
        if key in _KEYS and key not in kind.keys:
            owners = sorted(k.name for k in (EXAMPLE, *_LED.values()) if key in k.keys)
            problems.add(
                cell.at,
                f"`{key}` does not belong to {_article(kind.name)}",
                f"take it away, or make this {_article(owners[0])}",
            )
        elif key in _KEYS and not _fits(key, value):
            problems.add(cell.at, f"`{key}` is {value!r}", f"write it as {_example(key)}")


def _fits(key: str, value: Any) -> bool:
    if key == "raises":
        return value is True
    if key == "points":
        return type(value) in (int, float) and value > 0
    return isinstance(value, str) and SLUG.fullmatch(value) is not None


def _example(key: str) -> str:
    if key == "raises":
        return "raises=true, or leave it out"
    if key == "points":
        return "points=2, a number above 0"
    return f'{key}="forgot-return"' if key == "misconception" else f'{key}="lower-case-words"'


def _article(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else name if name == "prose" else f"a {name}"


def _listed(names: set[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
