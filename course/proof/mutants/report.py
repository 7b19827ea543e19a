"""What came of the mutants: a table, and a sentence for each thing that should be otherwise."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from autograder.verdict import Outcome
from course.proof.mutants.proving import Fate, Tally
from course.proof.mutants.survivors import Survivor, compared, entry_for
from course.source.problems import Problem, shown

CAUGHT = 0.97
"""The share of the mutants which do something else that must be caught."""

MISNAMED = 0.03
"""The share of the diagnoses that may be wrong, at most."""

COLUMNS = ("mutants", "caught", "equal", "let through", "right", "wrong", "silent")


def show(tallies: Sequence[Tally], seconds: float, console: Console) -> None:
    """Print how many mutants each exercise has, what became of them, and which are misnamed."""
    table = Table(title="mutants of the solutions", box=box.SIMPLE_HEAD)
    table.add_column("exercise", overflow="fold")
    for column in COLUMNS:
        table.add_column(column, justify="right", no_wrap=True)
    whole: Counter[str] = Counter()
    for tally in tallies:
        row = _row(tally)
        whole.update(row)
        table.add_row(tally.exercise.slug, *(str(row[column]) for column in COLUMNS))
    table.add_section()
    table.add_row("all", *(str(whole[column]) for column in COLUMNS))
    console.print(table)
    different = whole["caught"] + whole["let through"]
    share = whole["caught"] / different if different else 1
    console.print(f"{share:.1%} of those that do something else are caught; {seconds:.0f} s.")
    for line in _misnamed(tallies):
        console.print(line)


def _row(tally: Tally) -> Counter[str]:
    named = tally.named
    return Counter(
        {
            "mutants": len(tally.fates),
            "caught": len(tally.fates) - len(tally.survivors),
            "equal": len(tally.equal),
            "let through": len(tally.holes),
            "right": named["right"],
            "wrong": named["wrong"],
            "silent": named["silent"],
        }
    )


def problems(
    tallies: Sequence[Tally], path: Path, entries: Sequence[Survivor], whole: bool = True
) -> list[Problem]:
    """What should be otherwise, where `entries` are the survivors that the file at `path` has.

    `whole` says that there are no other exercises than these.
    """
    found = [problem for tally in tallies for problem in _of_exercise(tally, path, entries)]
    judged = {tally.exercise.slug for tally in tallies if not tally.unfit}
    if whole:
        there = {tally.exercise.slug for tally in tallies}
        judged |= {slug for entry in entries for slug in entry.exercises} - there
    survived = [fate.mutant for tally in tallies for fate in tally.survivors]
    return [*found, *compared(path, entries, survived, judged), *_shares(tallies)]


def _of_exercise(tally: Tally, path: Path, entries: Sequence[Survivor]) -> Iterator[Problem]:
    where, slug = (tally.lesson.path, tally.exercise.at), tally.exercise.slug
    if tally.unfit:
        yield Problem(*where, f"{slug} has no mutants: {tally.unfit}; mend that first")
    for fate in tally.survivors:
        if not any(entry.names(fate.mutant) for entry in entries):
            yield Problem(*where, _let_through(slug, fate, path))
    for fate in tally.strict:
        wrong = f"the checks of {slug} fail a mutant that nobody can tell from the solution"
        mend = f"let them ask for less, or let a scenario show the difference ({fate.message})"
        yield Problem(*where, f"{wrong}; {mend}\n{_shown(fate)}")
    for fate in tally.fates:
        if fate.outcome is Outcome.ERRORED:
            wrong = f"a mutant makes a check of {slug} itself go wrong ({fate.message})"
            yield Problem(*where, f"{wrong}; let it bear any answer\n{_shown(fate)}")


def _let_through(slug: str, fate: Fate, path: Path) -> str:
    if fate.differs:
        wrong = f"the checks of {slug} let a mutant through that is not the solution"
        where = ", ".join(dict.fromkeys(fate.differs))
        mend = f"claim what is different ({where})"
    else:
        wrong = (
            f"{slug} has a mutant that nobody can tell from the solution ({fate.mutant.changes[0]})"
        )
        return f"{wrong}; add it to {shown(path)}, with a reason:\n{entry_for(fate.mutant)}"
    return f"{wrong}; {mend}\n{_shown(fate)}"


def _shown(fate: Fate) -> str:
    """A mutant as a reader sees it: in words, and as a diff."""
    return f"{', '.join(fate.mutant.changes)}:\n{textwrap.indent(fate.mutant.diff, '    ')}"


def _shares(tallies: Sequence[Tally]) -> Iterator[Problem]:
    """Where too many are let through, or too many diagnoses are wrong: which those are."""
    if not tallies:
        return
    where = tallies[0].lesson.path.parent
    fates = [fate for tally in tallies for fate in tally.fates]
    holes = sum(len(tally.holes) for tally in tallies)
    caught = sum(not fate.survived for fate in fates)
    if holes and caught < CAUGHT * (caught + holes):
        share = f"{caught} of {caught + holes} mutants that do something else are caught"
        yield Problem(where, None, f"{share}, and {CAUGHT:.0%} must be; sharpen the checks")
    named = Counter(fate.named for fate in fates)
    diagnosed = sum(named[kind] for kind in ("right", "wrong", "silent"))
    if named["wrong"] > MISNAMED * diagnosed:
        share = f"{named['wrong']} of {diagnosed} mutants fail under a name that is not true"
        yield Problem(
            where, None, f"{share} of them; mend the recognisers, or course.proof.mutants"
        )


def _misnamed(tallies: Sequence[Tally]) -> Iterator[str]:
    """A mutant under a name that is not true of it, told in a few lines."""
    for tally in tallies:
        for fate in tally.fates:
            if fate.named == "wrong":
                wrong = f"{tally.exercise.slug}: `{fate.misconception}` is not true of this mutant"
                yield f"{wrong} ({fate.message})\n{_shown(fate)}"
