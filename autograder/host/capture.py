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


@contextlib.contextmanager
def captured() -> Iterator[Captured]:
    """Catch stderr, the log and warnings; what was said stands in the stream that this gives."""
    said = Captured()

    def warn(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
        said.write(f"{category.__name__}: {message}\n")

    with _log_goes_to(said), contextlib.redirect_stderr(said), warnings.catch_warnings():
        warnings.showwarning = warn
        yield said


@contextlib.contextmanager
def _log_goes_to(said: Captured) -> Iterator[None]:
    """Turn the handlers that write to stderr round; where the root has none, give it one.

    The student's other handlers stay, and hear what they always hear.
    """
    before = [(handler, handler.stream) for handler in _to_stderr()]
    for handler, _ in before:
        handler.setStream(said)
    root = logging.getLogger()
    own = logging.StreamHandler(said)
    own.setFormatter(_Brief("%(levelname)s %(name)s: %(message)s"))
    if not any(handler in root.handlers for handler, _ in before):
        root.addHandler(own)
    try:
        yield
    finally:
        for handler, stream in before:
            handler.setStream(stream)
        root.removeHandler(own)


def _to_stderr() -> list[logging.StreamHandler[Any]]:
    """The handlers, of every logger that there is, that write to stderr."""
    loggers = [logging.getLogger(), *logging.root.manager.loggerDict.values()]
    handlers = [h for found in loggers for h in getattr(found, "handlers", [])]
    streams = (sys.stderr, sys.__stderr__)
    return [h for h in handlers if isinstance(h, logging.StreamHandler) and h.stream in streams]
