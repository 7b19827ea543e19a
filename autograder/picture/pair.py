"""Expected and actual side by side, with a mark where they first differ."""

from __future__ import annotations

from itertools import zip_longest

from autograder.model import Trace, first_divergence
from autograder.picture.layout import lay_out
from autograder.picture.onion import paint
from autograder.picture.tree import line_of, tree, written
from autograder.picture.words import columns

HEADINGS = ("expected", "yours")
MARK = "▶ "


def side_by_side_text(expected: Trace, actual: Trace, width: int = 100) -> str:
    """Two trees in two columns; one below the other where `width` columns do not hold both.

    The line of the first divergence has an arrow in both, and the last line says what that means.
    """
    mark = first_divergence(expected, actual)
    wanted, got = (_column(*one, mark) for one in zip(HEADINGS, (expected, actual), strict=True))
    left = max(map(columns, wanted))
    if left + 3 + max(map(columns, got)) > width:
        lines = [*wanted, "", *got]
    else:
        both = zip_longest(wanted, got, fillvalue="")
        lines = [f"{one}{' ' * (left - columns(one))} │ {other}".rstrip() for one, other in both]
    if mark is not None:
        lines.append(f"{MARK}first difference here")
    return "\n".join(lines)


def pair_svgs(expected: Trace, actual: Trace) -> tuple[str, str]:
    """Two onions of one size, each with its heading, the first divergence marked in both."""
    mark = first_divergence(expected, actual)
    wanted, got = HEADINGS
    plans = lay_out(expected, mark, wanted), lay_out(actual, mark, got)
    least = max(plan.width for plan in plans), max(plan.height for plan in plans)
    return (
        paint(expected, lay_out(expected, mark, wanted, least), wanted),
        paint(actual, lay_out(actual, mark, got, least), got),
    )


def _column(heading: str, trace: Trace, mark: int | None) -> list[str]:
    lines = tree(trace)
    marked = line_of(lines, mark) if mark is not None else None
    shown = [(MARK if n == marked else "  ") + line for n, line in enumerate(written(lines))]
    return ["  " + heading, *shown]
