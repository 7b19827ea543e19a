"""What `course submit` put beside a notebook: who, which lesson, when. A claim, and no proof."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath

from dateutil import parser, tz

from autograder.grading.collect.containers import Entry, Refused

MANIFEST, STAMP = "submission.json", "timestamp.txt"

FORMAT = 1
"""The shape of manifests that we read."""

SMALL = 100_000
"""How many bytes a manifest or a time stamp may have."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who handed in, for which lesson, when: as the student's own machine says."""

    student: str
    lesson: str
    when: datetime


def of(
    notebook: PurePosixPath, content: bytes, beside: Mapping[PurePosixPath, Entry]
) -> Manifest | None:
    """The manifest of a notebook, which lies in a folder that it is in; None where there is none.

    Raises Refused where the manifest is damaged, or where it speaks of another notebook.
    """
    near = (folder / MANIFEST for folder in notebook.parents)
    found = next((beside[path] for path in near if path in beside), None)
    if found is None:
        return None
    try:
        said = json.loads(found.read(SMALL))
        lesson, name = str(said["lesson"]), str(said["notebook"])
        read = Manifest(str(said["student"]), lesson, _written(str(said["when"])))
        digest, version = said["sha256"], said["format"]
    except (Refused, ValueError, TypeError, LookupError, OverflowError, RecursionError):
        raise Refused(f"has a damaged {MANIFEST} beside it") from None
    if version != FORMAT:
        raise Refused(f"has a {MANIFEST} of format {version!r:.20}, which is not known here")
    if found.name.parent / name != notebook:
        raise Refused(f"is not the notebook that the {MANIFEST} beside it speaks of")
    if digest != hashlib.sha256(content).hexdigest():
        raise Refused(f"was changed after the {MANIFEST} beside it was written")
    return read


def _written(when: str) -> datetime:
    """A moment as `course submit` writes it."""
    read = datetime.fromisoformat(when)
    if read.tzinfo is None:
        raise ValueError(f"{when!r:.40} has no time zone")
    return read.astimezone(UTC)


def stamp(notebook: PurePosixPath, beside: Mapping[PurePosixPath, Entry]) -> str:
    """What stands in the `timestamp.txt` beside a notebook; "" where there is none to be read."""
    found = beside.get(notebook.parent / STAMP)
    try:
        return found.read(SMALL).decode().strip() if found else ""
    except (Refused, UnicodeDecodeError):
        return ""


def moment(text: str) -> datetime:
    """The moment in a `timestamp.txt`; one without a zone is in UTC, as it is to nbgrader.

    Raises ValueError where it is none, or its zone is not known here.
    """
    try:
        read: datetime = parser.parse(text, tzinfos=_zone)
        return read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r:.40} is no moment") from error


def _zone(name: str | None, offset: int | None) -> tzinfo | int:
    """A zone by its offset in seconds, or by its name."""
    if offset is not None:
        return offset
    found: tzinfo | None = tz.gettz(name)
    if found is None:
        raise ValueError(f"the time zone {name!r:.20} is not known here")
    return found
