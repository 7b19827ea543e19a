"""Words that somebody else chose, made fit to be shown.

A name, a path or a message may come from a student's process and hold anything that Python can put
into a str: escape sequences, half of a surrogate pair, marks that reverse the direction of writing,
a million letters. What leaves this file is short, has one line, and shows all that is in it.
"""

from __future__ import annotations

import functools
import unicodedata

NAME = 40
"""How many characters of a name are shown."""


def visible(text: object, limit: int = NAME) -> str:
    """`text` on one line: at most `limit` characters of it, an escape for what has no glyph.

    What `str.isprintable` denies (controls, surrogates, direction marks, characters that XML
    forbids) is written as in a Python string, `\\x1b`. A text that is cut ends in an ellipsis.
    """
    whole = str(text)
    if len(whole) <= limit and whole.isprintable():
        return whole
    shown = "".join(letter if letter.isprintable() else _escape(letter) for letter in whole[:limit])
    return shown if len(shown) <= limit and len(whole) <= limit else shown[: limit - 1] + "…"


def visible_lines(text: object, limit: int = 4000) -> list[str]:
    """The lines of `text`, each as `visible` shows it; `limit` bounds all of them together."""
    whole = str(text)
    lines = whole[:limit].expandtabs(4).split("\n")
    shown = [visible(line.rstrip("\r"), limit) for line in lines]
    if len(whole) > limit:
        shown.append(f"… and {len(whole) - limit:,} more characters")
    return shown


def columns(text: str) -> int:
    """How many columns of a fixed-width font `text` takes: two for a wide character."""
    return len(text) if text.isascii() else sum(_columns(letter) for letter in text)


def listed(names: list[str], most: int = 3) -> str:
    """`names` as English lists them: `A`, `A and B`, `A, B and C`, `A, B, C and 2 more`."""
    shown = [visible(name) for name in names[:most]]
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


@functools.lru_cache(1_000)
def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
