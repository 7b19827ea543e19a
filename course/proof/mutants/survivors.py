"""The file of the mutants that the checks of a course let through, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course.proof.mutants.making import Mutant
from course.shelves import Shelves
from course.source.problems import Problem

_KEYS = {"exercises", "change", "reason"}


@dataclass(frozen=True, slots=True)
class Survivor:
    """One entry: a change that survives in each of these exercises, and why that is well."""

    exercises: tuple[str, ...]
    change: str
    reason: str

    def names(self, mutant: Mutant) -> bool:
        """Whether this is the entry of a mutant."""
        return mutant.slug in self.exercises and self.change == mutant.diff


def path_of(place: Shelves) -> Path:
    """Where the file lies: the course's own here, any other beside the notebooks of its lessons."""
    if place == Shelves.of_the_course():
        return Path(__file__).with_name("survivors.toml")
    return place.notebooks.with_name("survivors.toml")


def read(path: Path) -> tuple[list[Survivor], list[Problem]]:
    """The entries of a file, and what is wrong with it; no file has no entries."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("survivor", [])
    except FileNotFoundError:
        return [], []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return [], [Problem(path, None, f"this is not TOML ({error}); mend it")]
    entries, problems = [], []
    for number, entry in enumerate(found, 1):
        if not isinstance(entry, dict) or entry.keys() != _KEYS or not all(entry.values()):
            mend = f"give it {', '.join(sorted(_KEYS))}, and nothing else"
            problems.append(Problem(path, None, f"survivor {number} is not whole; {mend}"))
            continue
        slugs = tuple(entry["exercises"])
        entries.append(Survivor(slugs, entry["change"].strip(), entry["reason"]))
    return entries, problems


def compared(
    path: Path, entries: Sequence[Survivor], survived: Sequence[Mutant], judged: set[str]
) -> list[Problem]:
    """A sentence for each entry whose mutant does not survive any more.

    `judged` are the exercises whose mutants were judged; the others are not asked about.
    """
    gone = "no such mutant is let through any more; take it out"
    return [
        Problem(path, None, f"the entry for {slug}: {gone}\n{entry.change}")
        for entry in entries
        for slug in entry.exercises
        if slug in judged and not any(m.slug == slug and entry.names(m) for m in survived)
    ]


def entry_for(mutant: Mutant) -> str:
    """What to write into the file for a mutant, but for the reason."""
    change = f"'''\n{mutant.diff}\n'''"
    return f'[[survivor]]\nexercises = ["{mutant.slug}"]\nchange = {change}\nreason = ""'
