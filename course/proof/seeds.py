"""Whether a mark hangs on chance: every answer of a bank, judged with many seeds.

What is fresh in a check is made up anew each time, and a verdict that is right only for some words,
or in some orders, would be a mark that was drawn by lot.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.judge import Notebook, judge
from autograder.session import Session, using
from autograder.verdict import Verdict
from course.compiler import solved, with_answers
from course.proof.bank import Row, Student, pretend_students
from course.proof.columns import Said, said_of
from course.proof.plain_cells import plain_host
from course.proof.promises import Proof, keeps
from course.proof.side_by_side import Job, Workers
from course.source.parts import Lesson
from course.source.problems import Problem

AT_ONCE = 5
"""How many seeds are one job."""

ROOT = "minidjango"
"""On what they are judged, in this process; what others say is asked without a seed."""


@dataclass(frozen=True, slots=True)
class Strayed:
    """What was said of an answer with one seed, and was not promised."""

    row: Row
    seed: int
    said: Said


def drawn(seeds: int, first: int | None) -> range:
    """So many seeds from the first on; without a first one, somewhere."""
    start = random.randrange(10_000) if first is None else first
    return range(start, start + seeds)


def told(seeds: range) -> str:
    """Which seeds these are, in words."""
    several = f"seeds {seeds[0]} to {seeds[-1]}"
    return several if len(seeds) > 1 else f"seed {seeds[0]}"


def prove(proofs: Sequence[Proof], seeds: range, workers: Workers) -> list[Problem]:
    """A sentence for each answer whose verdict, mark or name hangs on the seed.

    Answers that break their promise anyway are left out: that is told already.
    """
    strayed: list[Strayed] = []
    chunks = [seeds[begin : begin + AT_ONCE] for begin in range(0, len(seeds), AT_ONCE)]
    answers = sum(len(proof.said) for proof in proofs)
    workers.do(
        [
            Job(
                f"{answers} answers with the {told(chunk)}",
                astray,
                (proof.lesson, _sound(proof), chunk),
                strayed.extend,
            )
            for chunk in chunks
            for proof in proofs
        ]
    )
    return [
        _problem([one for one in strayed if one.row == row])
        for row in dict.fromkeys(one.row for one in strayed)
    ]


def astray(lesson: Lesson, students: Sequence[Student], seeds: Sequence[int]) -> list[Strayed]:
    """What these seeds make of answers that was not promised."""
    master = solved(lesson)
    answered = [with_answers(master, student.answers) for student in students]
    found = []
    for seed in seeds:
        for student, notebook in zip(students, answered, strict=True):
            verdicts = _verdicts(notebook, master, seed)
            said = {row: said_of(row, verdicts) for row in student.rows}
            found += [Strayed(row, seed, one) for row, one in said.items() if not keeps(row, one)]
    return found


def _verdicts(notebook: Notebook, master: Notebook, seed: int) -> dict[str, Verdict]:
    host = plain_host(ROOT)
    # What its examples ask for themselves is asked there too, and not of one host for all.
    with using(Session(host, report=lambda verdict: None)):
        return judge(notebook, master, host=lambda: host, chance=random.Random(seed))


def _sound(proof: Proof) -> list[Student]:
    """Students who hand in all answers that keep their promise without a seed."""
    broken = set(proof.broken)
    if any(row.label == "solution" for row in broken):
        return []  # which stands in for every answer that is left out
    return [
        replace(student, rows=tuple(row for row in student.rows if row not in broken))
        for student in pretend_students(proof.lesson)
    ]


def _problem(strayed: Sequence[Strayed]) -> Problem:
    first, row = strayed[0], strayed[0].row
    promised = row.misconception or str(row.outcome)
    reason = f" ({first.said.message.rstrip('.')})" if first.said.message else ""
    marks = f"{first.said.marks:g} point{'' if first.said.marks == 1 else 's'}"
    said = f"this is `{first.said}`, {marks} and not `{promised}`{reason}"
    more = f", and with {len(strayed) - 1} more," if strayed[1:] else ""
    again = f"see it again with `--seeds 1 --seed {first.seed}`"
    mend = f"{again}, and claim nothing that hangs on what is fresh"
    where = f"{row.slug}, {row.label}: with the seed {first.seed}{more} {said}; {mend}"
    return Problem(row.path, row.at, where)
