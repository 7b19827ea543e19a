"""Two small forms that are written in Markdown: a quiz question, and a hint.

A question is text and then a task list, `- [x]` before the right option and `- [ ]` before the
others, with the reason for each option indented beneath it. A hint is the line that stands on its
fold, an empty line, and the hint.
"""

from __future__ import annotations

import re

from course.source.parts import LETTERS, Hint, Option, Quiz
from course.source.percent import Cell
from course.source.problems import Problems

_OPTION = re.compile(r"- \[([ xX])\] (\S.*)")
_MEND = "write `- [ ] option` or `- [x] right option`, each with its reason indented beneath"


def quiz(cell: Cell, problems: Problems) -> Quiz | None:
    """The question in a quiz cell; None where it is not one, which is added to `problems`."""
    before = len(problems.found)
    lines = cell.source.split("\n")
    first = next((n for n, line in enumerate(lines) if _OPTION.match(line)), len(lines))
    question = "\n".join(lines[:first]).strip()
    if not question:
        problems.add(cell.at, "the quiz does not ask anything", "write its question first")
    options = _options(lines[first:], cell.line + first, problems)
    if len(problems.found) > before:
        return None
    right = sum(option.right for option in options)
    if not 2 <= len(options) <= len(LETTERS):
        problems.add(
            cell.at, f"the number of options is {len(options)}", f"give it two or more: {_MEND}"
        )
    elif right != 1:
        problems.add(cell.at, f"the quiz has {right} right options", "mark exactly one with `[x]`")
    if len(problems.found) > before:
        return None
    keys = cell.keys
    return Quiz(keys["quiz"], keys["points"], question, options, cell.at, cell.line)


def hint(cell: Cell, problems: Problems) -> Hint | None:
    """The hint in a hint cell; None where it is not one, which is added to `problems`."""
    title, _, rest = cell.source.partition("\n")
    if not rest.strip() or rest.partition("\n")[0].strip():
        mend = "write the line that stands on its fold, an empty line, and then the hint"
        problems.add(cell.at, "this hint has no line of its own for its fold", mend)
        return None
    return Hint(cell.keys["hint"], title.strip(), rest.strip(), cell.at, cell.line)


def _options(lines: list[str], first: int, problems: Problems) -> tuple[Option, ...]:
    found: list[tuple[int, re.Match[str], list[str]]] = []
    for n, line in enumerate(lines, first):
        if match := _OPTION.fullmatch(line.rstrip()):
            found.append((n, match, []))
        elif line.startswith("  ") or not line.strip():
            found[-1][2].append(line.strip())
        else:
            problems.add(n, "this line is neither an option nor a reason", _MEND)
            return ()
    for n, match, reason in found:
        if not any(reason):
            problems.add(n, "this option has no reason", "say beneath it why it is right or wrong")
        if any(match[2] == other[2] for line, other, _ in found if line < n):
            problems.add(n, "this option stands here twice", "make it another one")
    return tuple(
        Option(letter, match[2], match[1] != " ", " ".join(filter(None, reason)))
        for letter, (_, match, reason) in zip(LETTERS, found, strict=False)
    )
