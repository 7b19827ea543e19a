"""Where in the student's own code something happened."""

from __future__ import annotations

import linecache
from types import FrameType, TracebackType

LENGTH = 120
"""How much of a line is shown, in characters."""


def own_frames(traceback: TracebackType | None) -> list[tuple[FrameType, int]]:
    """The frames of a traceback that are a notebook's, outermost first, each with its line.

    A notebook's cells run as `__main__`, in a kernel and in a host.
    """
    found = []
    while traceback is not None:
        if traceback.tb_frame.f_globals.get("__name__") == "__main__":
            found.append((traceback.tb_frame, traceback.tb_lineno))
        traceback = traceback.tb_next
    return found


def written(frame: FrameType, line: int) -> str:
    """A line of a cell, with its number: ``line 11: `while True:` ``."""
    code = linecache.getline(frame.f_code.co_filename, line).strip()[:LENGTH]
    return f"line {line}: `{code}`" if code else f"line {line}"


def line_of(error: BaseException) -> str:
    """The innermost line of the student's that an exception came through, or ""."""
    frames = own_frames(error.__traceback__)
    return written(*frames[-1]) if frames else ""
