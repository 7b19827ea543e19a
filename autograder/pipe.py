"""A child process at the other end of a pipe, and no longer than a deadline."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from autograder.host import wire
from autograder.host.wire import Malformed, Message

AHEAD = 2
"""How many messages the child may be ahead: the two speak in turns."""

GOODBYE = 1.0
"""How long a closed pipe is waited for, in seconds: a runaway may hold its other end."""


class Closed(Exception):
    """The child has gone."""


class Late(Exception):
    """The child did not speak in time."""


class Pipe:
    """Starts `python -m MODULE ARGUMENTS` in a session and a folder of its own, and speaks with it.

    The child inherits no file but the pipe and no environment but what a program needs to run. Two
    threads carry the messages, for a pipe can be given a deadline on every system only so.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="onion-", ignore_cleanup_errors=True)
        self._child = subprocess.Popen(
            [sys.executable, "-I", "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._scratch.name,
            env=environment(self._scratch.name),
            start_new_session=True,
        )
        self._outgoing: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._incoming: queue.Queue[Message | Malformed | None] = queue.Queue(maxsize=AHEAD)
        self._threads = [
            threading.Thread(target=carry, daemon=True) for carry in (self._speak, self._listen)
        ]
        for thread in self._threads:
            thread.start()

    def send(self, message: Message, until: float) -> None:
        """Send a message; what becomes of it, the next `receive` tells.

        Raises Malformed where the child has said something that nobody asked for, and ValueError
        where the message itself cannot be sent.
        """
        if not self.quiet and self._child.poll() is None:
            raise Malformed("it says more than it was asked")
        try:
            self._outgoing.put(wire.framed(message))
        except Malformed as ours:
            raise ValueError(f"what the check sends is {ours}") from None

    @property
    def quiet(self) -> bool:
        """Whether everything that the child said so far has been received."""
        return self._incoming.empty()

    def receive(self, until: float) -> Message:
        """The next message, waited for until that moment of `time.monotonic`.

        Raises Late after it, Closed where the child has gone, Malformed for what is no message.
        """
        try:
            message = self._incoming.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            raise Late from None
        if message is None:
            raise Closed
        if isinstance(message, Malformed):
            raise message
        return message

    @property
    def folder(self) -> Path:
        """The child's own."""
        return Path(self._scratch.name)

    def interrupt(self) -> None:
        """Have a KeyboardInterrupt raised in the cell that runs."""
        with contextlib.suppress(OSError, ValueError):  # Windows knows no such signal
            self._child.send_signal(signal.SIGINT)

    def close(self) -> None:
        """Kill the child with everything in its session, and remove its folder.

        A process that left the session may hold the pipe's other end for as long as it likes; the
        threads that wait for it there are left to it.
        """
        _kill(self._child)
        self._child.wait()
        self._outgoing.put(None)
        until = time.monotonic() + GOODBYE
        for thread, stream in zip(
            self._threads, (self._child.stdin, self._child.stdout), strict=True
        ):
            while thread.is_alive() and time.monotonic() < until:
                with contextlib.suppress(queue.Empty):
                    self._incoming.get_nowait()  # so that nobody waits to put more
                thread.join(0.01)
            if not thread.is_alive():  # a stream that is being read cannot be closed
                with contextlib.suppress(OSError):
                    stream.close()  # type: ignore[union-attr]  # both are pipes
        self._scratch.cleanup()

    def _speak(self) -> None:
        while (frame := self._outgoing.get()) is not None:
            try:
                self._child.stdin.write(frame)  # type: ignore[union-attr]  # a pipe
                self._child.stdin.flush()  # type: ignore[union-attr]
            except OSError:
                return

    def _listen(self) -> None:
        while True:
            try:
                self._incoming.put_nowait(wire.read(self._child.stdout))  # type: ignore[arg-type]
            except queue.Full:
                self._incoming.put(Malformed("it says more than it was asked"))
                return
            except Malformed as malformed:
                self._incoming.put(malformed)
                return
            except (EOFError, OSError):
                self._incoming.put(None)
                return


def environment(home: str) -> dict[str, str]:
    """What a program needs to run, and nothing else of this process's environment."""
    kept = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "TEMP", "TMP")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    return {**found, "HOME": home, "IPYTHONDIR": home}


def _kill(child: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
