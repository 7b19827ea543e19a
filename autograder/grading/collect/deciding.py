"""One decision about each file: collect it, or leave it alone and say why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from autograder.grading.collect import lessons, manifests
from autograder.grading.collect.lessons import Assignment
from autograder.grading.collect.names import Said, said
from autograder.grading.collect.unpacking import HandedIn
from autograder.grading.collect.whose import Doubt, People


class Fate(StrEnum):
    """What is to become of a file."""

    NEW = "new"
    NEWER = "newer than what is there"
    THERE = "is there already"
    AGAIN = "the same as another file here"
    OLDER = "older than another file here"
    DOUBT = "left alone"


SURE = (Fate.NEW, Fate.NEWER)
"""What is put in place."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A file with its fate: whose it is, by what `rule`, which notebook, of `when`, and why.

    `when` is the moment at which it was handed in, or None where nothing says so: school systems
    date the files in a download by the day of the download. `late` says that the system called it
    late.
    """

    handed_in: HandedIn
    fate: Fate
    student: str = ""
    rule: str = ""
    notebook: str = ""
    when: datetime | None = None
    late: str = ""
    why: str = ""


def decide(
    found: Iterable[HandedIn], people: People, name: str, assignment: Assignment, now: datetime
) -> list[Decision]:
    """What each file is, and which one of several is to be taken; not yet what is there already."""
    each = [_one(handed_in, people, name, assignment, now) for handed_in in found]
    rivals: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in each:
        if decision.fate in SURE:
            rivals[decision.student, decision.notebook].append(decision)
    doubtful = [decision for decision in each if decision.fate not in SURE]
    return [settled for group in rivals.values() for settled in _settled(group)] + doubtful


def _one(
    handed_in: HandedIn, people: People, name: str, assignment: Assignment, now: datetime
) -> Decision:
    if handed_in.fault:
        return Decision(handed_in, Fate.DOUBT, why=handed_in.fault)
    words, manifest = said(handed_in.way), handed_in.manifest
    about = Decision(handed_in, Fate.NEW, late=words.system if words.late else "")
    try:
        if manifest and manifest.lesson != name:
            raise Doubt(f"is of another lesson, {manifest.lesson}, as its manifest says")
        about = replace(about, notebook=lessons.which(handed_in, assignment))
        about = replace(about, when=_moment(handed_in, words))
        if about.when and about.when > now + timedelta(days=1):
            raise Doubt("says that it was handed in at a time that is yet to come")
        student, rule = people.whose(words, manifest)
    except Doubt as doubt:
        return replace(about, fate=Fate.DOUBT, why=str(doubt))
    return replace(about, student=student, rule=rule)


def _moment(handed_in: HandedIn, words: Said) -> datetime | None:
    if handed_in.manifest:
        return handed_in.manifest.when
    stamps = [handed_in.stamp, words.exchanged[1] if words.exchanged else ""]
    for stamp in filter(None, stamps):
        try:
            return manifests.moment(stamp)
        except ValueError as error:
            raise Doubt(f"has a {manifests.STAMP} that cannot be read: {error}") from None
    return None


def _settled(group: Sequence[Decision]) -> list[Decision]:
    """Which of one student's files for one notebook is to be taken: the last, if that is sure."""
    accounts = {account for one in group if (account := said(one.handed_in.way).account)}
    if len(accounts) > 1:
        who = " and ".join(sorted(accounts))
        return _doubtful(group, f"{who} both handed this in, and are two people")
    first: dict[bytes, Decision] = {}
    again: list[Decision] = []
    # The same work, found more than once, was done when it was first handed in.
    for one in sorted(group, key=lambda one: one.when or datetime.max.replace(tzinfo=UTC)):
        if first.setdefault(_content(one), one) is not one:
            again.append(replace(one, fate=Fate.AGAIN))
    return [*_ordered(list(first.values())), *again]


def _ordered(group: Sequence[Decision]) -> list[Decision]:
    """The last of these files, as it is; the others as older ones, or all of them in doubt."""
    if len({one.when for one in group} - {None}) == len(group):
        return _last(group)  # in the order of their moments already
    words = [said(one.handed_in.way) for one in group]
    if len({one.called for one in words}) == 1 and len({o.attempt for o in words}) == len(group):
        return _last(sorted(group, key=lambda one: said(one.handed_in.way).attempt))
    why = f"{len(group)} different files are of this student, and nothing says which is the last"
    return _doubtful(group, why)


def _last(ordered: Sequence[Decision]) -> list[Decision]:
    *before, last = ordered
    return [last, *(replace(decision, fate=Fate.OLDER) for decision in before)]


def _doubtful(group: Sequence[Decision], why: str) -> list[Decision]:
    return [replace(decision, fate=Fate.DOUBT, why=why) for decision in group]


def _content(decision: Decision) -> bytes:
    assert decision.handed_in.copy is not None
    return decision.handed_in.copy.read_bytes()


def beside(decision: Decision, folder: Path, newer: bool) -> Decision:
    """The decision once more, now that it is known what is there; `newer` is what somebody says."""
    there = folder / f"{decision.notebook}.ipynb"
    if decision.fate not in SURE or not there.exists():
        return decision
    if there.read_bytes() == _content(decision):
        return replace(decision, fate=Fate.THERE)
    try:
        stamp = folder / manifests.STAMP
        before = manifests.moment(stamp.read_text("utf-8")) if stamp.exists() else None
    except (OSError, ValueError):
        before = None
    if before and decision.when:
        if decision.when >= before:
            return replace(decision, fate=Fate.NEWER)
        why = f"older than what is there, of {before:%Y-%m-%d %H:%M:%S} UTC"
    elif newer:
        return replace(decision, fate=Fate.NEWER, why="as you say")
    else:
        why = "another one is there, and nothing says which is newer; say --newer if this one is"
    return replace(decision, fate=Fate.DOUBT, why=why)
