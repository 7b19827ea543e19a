"""What the names on the way to a notebook say: Canvas's, Moodle's, nbgrader's, a student's own.

submissions.zip/lovelaceada_LATE_123_4567_06_short_circuiting-1.ipynb        Canvas
Lesson 6.zip/Ada Lovelace_4711_assignsubmission_file_/06_short_circuiting.ipynb      Moodle
inbound/ada+06_short_circuiting+2026-11-21 10:15:00 UTC+.../06_short_circuiting.ipynb
submitted/ada/06_short_circuiting/06_short_circuiting.ipynb                  nbgrader
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

CANVAS = re.compile(r"(?P<name>.+?)_(?P<late>LATE_)?(?P<user>\d+)_(?P<file>\d+)_(?P<called>.+)")
MOODLE = re.compile(r"(?P<name>.+)_(?P<participant>\d+)_assignsubmission_file_(?P<called>.*)")
EXCHANGED = re.compile(r"(?P<student>[^+]+)\+(?P<lesson>[^+]+)\+(?P<when>[^+]+)(?:\+.*)?")
ATTEMPT = re.compile(r"(?P<called>.+?)(?:-(?P<attempt>\d{1,3})| ?\((?P<copy>\d{1,3})\))")


@dataclass(frozen=True, slots=True)
class Said:
    """What names say of a notebook.

    `system` is the school's system that named it, or "", with the `name` of the student and, of
    Canvas's, the `user`'s number as that has them; `account` is whom it means, where it says so.
    `ids` are the words that may be a student's id, `exchanged` the id and moment of nbgrader's
    exchange. `called` is what the student called the file, and `attempt` the count behind it.
    """

    called: str
    attempt: int
    ids: tuple[str, ...]
    system: str = ""
    name: str = ""
    user: str = ""
    account: str = ""
    late: bool = False
    exchanged: tuple[str, str] | None = None


def said(way: tuple[str, ...]) -> Said:
    """What the names on a way say; the outer ones are a school's, and stand above a student's."""
    called, attempt = _attempt(PurePosixPath(way[-1]).stem)
    ids = tuple(dict.fromkeys(word for name in way for word in (name, PurePosixPath(name).stem)))
    found = next((m for name in way if (m := EXCHANGED.fullmatch(name))), None)
    exchanged = (found["student"], found["when"]) if found else None
    for name in way:
        if match := MOODLE.fullmatch(name):
            if match["called"]:  # else it is a folder, and the file has a name of its own
                called, attempt = _attempt(PurePosixPath(match["called"]).stem)
            account = f"participant {match['participant']}"
            return Said(called, attempt, ids, "Moodle", match["name"], "", account)
        if match := CANVAS.fullmatch(name):
            # An archive that a student packed has the attempt behind its own name.
            called, attempt = _attempt(PurePosixPath(match["called"]).stem)
            late, user = bool(match["late"]), match["user"]
            return Said(called, attempt, ids, "Canvas", match["name"], user, f"user {user}", late)
    return Said(called, attempt, ids, exchanged=exchanged)


def plain(name: str) -> str:
    """A name as it can be compared: letters and digits only, without accents, in lower case."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in parts if letter.isalnum())


def _attempt(stem: str) -> tuple[str, int]:
    """What a file is called, and the count that a system or a browser put behind it, or 0."""
    match = ATTEMPT.fullmatch(stem)
    if match is None:
        return stem, 0
    return match["called"], int(match["attempt"] or match["copy"])
