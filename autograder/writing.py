"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file aside, and put it in its place: nothing half-written is ever read.

    By one writer at a time: of two, one may be told FileNotFoundError. Raises OSError where it
    cannot be written; then what was there before is there still.
    """
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(content)
        os.replace(aside, path)
    except BaseException:
        with contextlib.suppress(OSError):  # it may not even have been begun
            aside.unlink()
        raise
