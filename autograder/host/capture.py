"""What is logged, warned of or printed to stderr while a scenario runs.

Stock nbgrader gives no marks to a check cell that wrote anything to stderr, and a right answer may
well make the framework log a 403. So it is caught, and shown on the card instead.
"""

from __future__ import annotations

import contextlib
import io
import logging
import traceback
import warnings
from collections.abc import Iterator
from typing import Any

LIMIT = 4_000
"""How much of it is kept, in characters."""


class Captured(io.StringIO):
    """A text stream that keeps what was written first, up to `LIMIT`."""

    def write(self, text: str) -> int:
        """As any stream's: the length of `text`, kept or not."""
        super().write(text[: max(0, LIMIT - self.tell())])
        return len(text)


class _Brief(logging.Formatter):
    """Writes an exception as one line: its way through framework and grader helps nobody."""

    def formatException(self, ei: Any) -> str:
        return "".join(traceback.format_exception_only(ei[0], ei[1])).strip()


@contextlib.contextmanager
def captured() -> Iterator[Captured]:
    """Catch stderr, the log and warnings; what was said stands in the stream that this gives."""
    said = Captured()
    root = logging.getLogger()
    handler = logging.StreamHandler(said)
    handler.setFormatter(_Brief("%(levelname)s %(name)s: %(message)s"))

    def warn(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
        said.write(f"{category.__name__}: {message}\n")

    before, root.handlers = root.handlers, [handler]
    try:
        with contextlib.redirect_stderr(said), warnings.catch_warnings():
            warnings.showwarning = warn
            yield said
    finally:
        root.handlers = before
