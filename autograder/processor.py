"""One processor for a judge and its hosts, which speak in turns; Linux only, as the sandbox is.

A message to a process on another processor has to wake it up, which may take ten times as long as
all that is done with the message. So a zygote claims a processor for its hosts, and whoever speaks
with one of them comes there for as long as it lives.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

NAME = "\0autograder-processor-{}"
"""What a claim is called, in Linux's abstract namespace: there is no file, so none is left."""


class Processor:
    """A processor that no other judge has claimed, where there is one: else `number` is None."""

    def __init__(self) -> None:
        # A name that only one socket can have, and that is free again when its process ends.
        self._claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.number = next(filter(self._claimed, _at_hand()), None)

    @contextlib.contextmanager
    def shared(self) -> Iterator[None]:
        """Inside, this thread runs there, and so does what it starts; a thread that is bound to
        one processor already stays where it is.
        """
        thread, before = threading.get_native_id(), os.sched_getaffinity(0)
        if self.number is None or len(before) == 1:
            yield
            return
        os.sched_setaffinity(thread, {self.number})
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):  # the thread has ended
                os.sched_setaffinity(thread, before)

    def release(self) -> None:
        """Let another judge have it."""
        self._claim.close()

    def _claimed(self, number: int) -> bool:
        try:
            self._claim.bind(NAME.format(number))
        except OSError:
            return False
        return True


def _at_hand() -> list[int]:
    """The processors that this process may use, but for one alone: first that on which it runs."""
    allowed = sorted(os.sched_getaffinity(0))
    here = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[36])
    return sorted(allowed, key=lambda number: number != here) if len(allowed) > 1 else []
