"""Two small forms that are written in Markdown: a quiz question, and a hint.

A question is text and then a task list, `- [x]` before the right option and `- [ ]` before the
others, with the reason for each option indented beneath it. The reason of a wrong option begins
with the misconception that it follows from, `[inside-out] ...`. Where the text holds a scenario
(`course.source.scenario`), the question is what happens in which order: its options are played, and
a wrong one is written as the name of the belief that foretells it. A hint is the line that stands
on its fold, an empty line, and the hint.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from itertools import groupby

from autograder.beliefs import BELIEFS
from autograder.misconceptions import REGISTRY
from autograder.model import Scenario, Walk
from autograder.scripted import play
from course.source import scenario
from course.source.parts import LETTERS, Hint, Option, Quiz
from course.source.percent import Cell
from course.source.problems import Problems

_OPTION = re.compile(r"- \[([ xX])\] (\S.*)")
_BELIEF = re.compile(r"\[(?P<name>[a-z-]+)\] (?P<reason>\S.*)")
_MEND = "write `- [ ] option` or `- [x] right option`, each with its reason indented beneath"


def quiz(cell: Cell, problems: Problems) -> Quiz | None:
    """The question in a quiz cell; None where it is not one, which is added to `problems`."""
    before = len(problems.found)
    lines = cell.source.split("\n")
    first = next((n for n, line in enumerate(lines) if _OPTION.match(line)), len(lines))
    played, question = scenario.find(lines[:first], cell.line, problems)
    if len(problems.found) == before and not question:
        problems.add(cell.at, "the quiz does not ask anything", "write its question first")
    written = _options(lines[first:], cell.line + first, problems)
    if len(problems.found) > before:
        return None
    right = sum(option.right for _, option in written)
    if not 2 <= len(written) <= len(LETTERS):
        problems.add(
            cell.at, f"the number of options is {len(written)}", f"give it two or more: {_MEND}"
        )
    elif right != 1:
        problems.add(cell.at, f"the quiz has {right} right options", "mark exactly one with `[x]`")
    if len(problems.found) > before:
        return None
    options = [
        _foretold(line, option, played, problems) if played else _named(line, option, problems)
        for line, option in written
    ]
    _check_different([(line, o) for (line, _), o in zip(written, options, strict=True)], problems)
    if len(problems.found) > before:
        return None
    keys = cell.keys
    return Quiz(keys["quiz"], keys["points"], question, tuple(options), cell.at, cell.line, played)


def hint(cell: Cell, problems: Problems) -> Hint | None:
    """The hint in a hint cell; None where it is not one, which is added to `problems`."""
    title, _, rest = cell.source.partition("\n")
    if not rest.strip() or rest.partition("\n")[0].strip():
        mend = "write the line that stands on its fold, an empty line, and then the hint"
        problems.add(cell.at, "this hint has no line of its own for its fold", mend)
        return None
    return Hint(cell.keys["hint"], title.strip(), rest.strip(), cell.at, cell.line)


def _options(lines: list[str], first: int, problems: Problems) -> list[tuple[int, Option]]:
    """The options as they are written, each with its line."""
    found: list[tuple[int, re.Match[str], list[str]]] = []
    for n, line in enumerate(lines, first):
        if match := _OPTION.fullmatch(line.rstrip()):
            found.append((n, match, []))
        elif line.startswith("  ") or not line.strip():
            found[-1][2].append(line.strip())
        else:
            problems.add(n, "this line is neither an option nor a reason", _MEND)
            return []
    for n, _, reason in found:
        if not any(reason):
            problems.add(n, "this option has no reason", "say beneath it why it is right or wrong")
    return [
        (n, Option(letter, match[2], match[1] != " ", " ".join(filter(None, reason))))
        for letter, (n, match, reason) in zip(LETTERS, found, strict=False)
    ]


def _named(line: int, option: Option, problems: Problems) -> Option:
    """An option with the misconception that its reason begins with, if it is a wrong one."""
    if option.right:
        return option
    match = _BELIEF.fullmatch(option.reason)
    if match is None:
        mend = "begin its reason with the misconception that it follows from, `[inside-out] ...`"
        problems.add(line, "this wrong option follows from nothing", mend)
        return option
    _check_known(line, match["name"], problems)
    return replace(option, reason=match["reason"], misconception=match["name"])


def _foretold(line: int, option: Option, played: Scenario, problems: Problems) -> Option:
    """An option of a predict-the-order question: what happens, or what a belief foretells."""
    happens = play(played).walk
    if option.right:
        return replace(option, text=told(happens))
    belief = BELIEFS.get(option.text)
    if belief is None:
        mend = f"name one of {', '.join(sorted(BELIEFS))}"
        problems.add(line, f"there is no belief `{option.text}` that foretells a walk", mend)
        return option
    walk = belief(played)
    if walk == happens:
        mend = "take another one, or change the scenario"
        problems.add(line, f"`{option.text}` foretells here what really happens", mend)
        return option
    return replace(option, text=told(walk), misconception=option.text)


def told(walk: Walk) -> str:
    """A walk in a line: `in Log, view → out view, Log`."""
    runs = [
        f"{'in' if way == '>' else 'out'} {', '.join(f'`{who}`' for who, _ in steps)}"
        for way, steps in groupby(walk, key=lambda step: step[1])
    ]
    return " → ".join(runs) or "nobody"


def _check_known(line: int, name: str, problems: Problems) -> None:
    if name not in REGISTRY:
        near = difflib.get_close_matches(name, REGISTRY, 1)
        mend = (
            f"did you mean `{near[0]}`?" if near else f"name one of {', '.join(sorted(REGISTRY))}"
        )
        problems.add(line, f"there is no misconception `{name}`", mend)


def _check_different(options: list[tuple[int, Option]], problems: Problems) -> None:
    texts: set[str] = set()
    for line, option in options:
        if option.text in texts:
            problems.add(line, "this option stands here twice", "make it another one")
        texts.add(option.text)
