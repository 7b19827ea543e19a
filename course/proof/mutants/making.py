"""From a solution to its mutants: each is the solution, changed in one place."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from course.proof.mutants import conditions, flow, state, values
from course.proof.mutants.sites import New, Site, changed, sites, text_of
from course.proof.twins import canonical, checked_names
from course.source.parts import Exercise

Operator = Callable[[Site], Iterator[tuple[str, New]]]
OPERATORS: tuple[Operator, ...] = (
    *flow.OPERATORS,
    *conditions.OPERATORS,
    *values.OPERATORS,
    *state.OPERATORS,
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A solution changed in one place: the `changes` are all that lead to this one source.

    `diff` are the lines that it does not share with the solution. `in_bank` says that the bank of
    its exercise has a wrong answer which is the same but for its names.
    """

    slug: str
    changes: tuple[str, ...]
    source: str
    diff: str
    in_bank: bool = False


def mutants(exercise: Exercise) -> list[Mutant]:
    """Every mutant of an exercise's solution, the same ones in the same order each time.

    What is another way of writing the solution, or an answer that its bank calls right, is none.
    """
    tree = ast.parse(exercise.solution)
    kept = checked_names(exercise)
    right = {canonical(one.source, kept) for one in exercise.rights}
    right.add(canonical(exercise.solution, kept))
    wrong = {canonical(one.source, kept) for one in exercise.wrongs}
    found: dict[str, tuple[str, list[str]]] = {}
    for change, source in _changed(tree):
        form = canonical(source, kept)
        if form not in right:
            changes = found.setdefault(form, (source, []))[1]
            changes += [] if change in changes else [change]
    whole = text_of(tree)
    return [
        Mutant(
            exercise.slug,
            tuple(changes),
            _importing(source, whole),
            _difference(whole, source),
            form in wrong,
        )
        for form, (source, changes) in found.items()
    ]


def _changed(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The name of each change and the source that comes of it, as far as that is Python."""
    for site in sites(tree):
        for operator in OPERATORS:
            for change, new in operator(site):
                source = changed(tree, site, new)
                try:
                    compile(source, "<mutant>", "exec", dont_inherit=True)
                except SyntaxError:
                    continue
                yield change, source


def _importing(source: str, before: str) -> str:
    """The source, with the classes of responses imported that a change has brought in."""
    new = sorted({*_RESPONSES.findall(source)} - {*_RESPONSES.findall(before)})
    return f"from minidjango.http import {', '.join(new)}\n{source}" if new else source


_RESPONSES = re.compile(r"\bHttpResponse\w*")


def _difference(one: str, other: str) -> str:
    """The lines that only one of two sources has, as a diff has them, and `...` for what between.

    Their common indentation is left out.
    """
    a, b = one.splitlines(), other.splitlines()
    parts = [
        [*(("-", line) for line in a[i:j]), *(("+", line) for line in b[k:m])]
        for kind, i, j, k, m in difflib.SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    lines = [line for part in parts for _, line in part if line.strip()]
    indent = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    shown = ["\n".join(f"{sign} {line[indent:]}".rstrip() for sign, line in part) for part in parts]
    return "\n...\n".join(shown)
