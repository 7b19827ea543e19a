"""What is logged, warned of or printed to stderr while a scenario runs.

Stock nbgrader gives no marks to a check cell that wrote anything to stderr, and a right answer may
well make the framework log a 403. So it is caught, and shown on the card instead.
"""

from __future__ import annotations

import contextlib
import io
import logging
import sys
import traceback
import warnings
from collections.abc import Iterator
from typing import Any

LIMIT = 4_000
"""How much of it is kept, in characters."""


class Captured(io.StringIO):
    """A text stream that keeps what was written first, up to `LIMIT`, and cannot be closed."""

    def write(self, text: str) -> int:
        """As any stream's: the length of `text`, kept or not."""
        super().write(text[: max(0, LIMIT - self.tell())])
        return len(text)

    def close(self) -> None:
        """Stay open: a student's code that closes stderr closes nothing of ours."""


class _Brief(logging.Formatter):
    """Writes an exception as one line: its way through framework and grader helps nobody."""

    def formatException(self, ei: Any) -> str:
        return "".join(traceback.format_exception_only(ei[0], ei[1])).strip()


_own = logging.StreamHandler(io.StringIO())
_own.setFormatter(_Brief("%(levelname)s %(name)s: %(message)s"))


@contextlib.contextmanager
def captured() -> Iterator[Captured]:
    """Catch stderr, the log and warnings; what was said stands in the stream that this gives."""
    said = Captured()

    def warn(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
        said.write(f"{category.__name__}: {message}\n")

    turned = _turned_to(said)
    stderr, sys.stderr = sys.stderr, said
    try:
        with warnings.catch_warnings():
            warnings.showwarning = warn
            yield said
    finally:
        sys.stderr = stderr
        if _own not in turned:
            logging.getLogger().removeHandler(_own)
        for handler, stream in turned.items():
            handler.stream = stream


def _turned_to(said: Captured) -> dict[logging.StreamHandler[Any], Any]:
    """Turn the handlers that write to stderr round; where the root has none, give it one.

    Returns what each wrote to. The student's other handlers stay, and hear what they always hear.
    """
    root = logging.getLogger()
    # Every handler that there is, whichever logger has it: to ask all loggers takes far longer.
    known = [reference() for reference in logging._handlerList]  # type: ignore[attr-defined]
    streams = (sys.stderr, sys.__stderr__)
    before: dict[logging.StreamHandler[Any], Any] = {
        handler: handler.stream
        for handler in (*known, *root.handlers)
        if isinstance(handler, logging.StreamHandler)
        # One whose stream is no attribute of its own looks for stderr each time.
        and vars(handler).get("stream") in streams
    }
    if not any(handler in before for handler in root.handlers):
        root.addHandler(_own)
    for handler in (*before, _own):
        handler.stream = (
            said  # and not setStream(), whose locks and flushes cost more than the rest
        )
    return before
