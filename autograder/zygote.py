"""The judge's side of the zygote: hosts for the asking, and the channel on which one speaks."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from autograder.host import wire
from autograder.host.wire import Malformed, Message
from autograder.pipe import Closed, Late, environment
from autograder.processor import Processor

START = 60.0
"""How long a zygote may take to be ready, in seconds."""
CHUNK = 1 << 16
"""How much is taken from a socket at a time, in bytes."""
WORD = 1 << 16
"""The longest word that a zygote takes, in bytes."""
LEARNT = 2_000
"""How many cells a zygote knows beforehand."""
_length = struct.Struct("!I")


class NoZygote(Exception):
    """There are no sandboxed hosts here; says why, and what to do."""


class Zygote:
    """A process that hosts of one framework are forked from; close it when the last is closed.

    Raises NoZygote where this system cannot lock a host in.
    """

    def __init__(self, root: str = "minidjango") -> None:
        if sys.platform != "linux":
            raise NoZygote(f"a sandbox needs Linux, and this is {sys.platform}")
        self.root = root
        self._learnt: set[str] = set()
        self._scratch = tempfile.TemporaryDirectory(prefix="onions-", ignore_cleanup_errors=True)
        self._processor = Processor()
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, self._processor.shared():
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-m", "autograder.host.zygote", root],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=self._scratch.name,
                env=environment(self._scratch.name),
                start_new_session=True,
            )
        self._socket.settimeout(START)
        first = self._heard()
        if "ready" not in first:
            self.close()
            raise NoZygote(first.get("fault", "the zygote did not start"))

    @property
    def pid(self) -> int:
        """Its process."""
        return int(self._process.pid)

    @property
    def scratch(self) -> Path:
        """The folder in which each host has its own."""
        return Path(self._scratch.name)

    def fork(self) -> Channel:
        """A new host, which has run nothing yet."""
        scratch = tempfile.TemporaryDirectory(
            prefix="onion-", dir=self._scratch.name, ignore_cleanup_errors=True
        )
        ours, theirs = socket.socketpair()
        with theirs:
            word = json.dumps({"do": "fork", "scratch": scratch.name}).encode()
            socket.send_fds(self._socket, [word], [theirs.fileno()])
        return Channel(self, self._heard()["pid"], ours, scratch)

    def together(self) -> contextlib.AbstractContextManager[None]:
        """Inside, this thread runs where the hosts do, if they have a processor for themselves."""
        return self._processor.shared()

    def learn(self, sources: Iterable[str]) -> None:
        """Have cells compiled once that many notebooks have; later hosts need not do it again.

        They are no secret, and not the student's: what is forked can read them.
        """
        for source in set(sources) - self._learnt:
            word = json.dumps({"do": "learn", "source": source}).encode()
            if len(self._learnt) < LEARNT and len(word) < WORD:
                self._learnt.add(source)
                self._socket.send(word)
                self._heard()

    def kill(self, pid: int) -> None:
        """End a host; when this returns it is gone."""
        self._socket.send(json.dumps({"do": "kill", "pid": pid}).encode())
        self._heard()

    def close(self) -> None:
        """End the zygote and whoever it forked."""
        self._socket.close()
        self._process.wait()
        self._processor.release()
        self._scratch.cleanup()

    def _heard(self) -> dict[str, Any]:
        data = self._socket.recv(4096)
        word: dict[str, Any] = json.loads(data or "{}")
        return word


class Channel:
    """One host at the other end of a socket: what `autograder.pipe.Pipe` is to a child."""

    def __init__(
        self,
        zygote: Zygote,
        pid: int,
        ours: socket.socket,
        scratch: tempfile.TemporaryDirectory[str],
    ) -> None:
        self._zygote, self._pid, self._socket, self._scratch = zygote, pid, ours, scratch
        self._socket.setblocking(False)
        self._heard = bytearray()
        self._readable = select.poll()
        self._readable.register(self._socket, select.POLLIN)
        self._together = contextlib.ExitStack()
        self._together.enter_context(zygote.together())

    def send(self, message: Message, until: float) -> None:
        """Send a message, at the latest at that moment of `time.monotonic`.

        Raises Malformed where the host has said something that nobody asked for, Late where it
        does not take the message, and ValueError where the message itself cannot be sent.
        """
        if not self.quiet:
            raise Malformed("it says more than it was asked")
        try:
            rest = memoryview(wire.framed(message))
        except Malformed as ours:
            raise ValueError(f"what the check sends is {ours}") from None
        while rest:
            try:
                rest = rest[self._socket.send(rest) :]
            except BlockingIOError:
                writable = select.poll()
                writable.register(self._socket, select.POLLOUT)
                _wait(writable, until)
            except OSError:
                return  # it has gone: the next `receive` tells

    @property
    def quiet(self) -> bool:
        """Whether everything that the host said so far has been received."""
        if self._heard or not self._readable.poll(0):
            return not self._heard
        try:
            return self._socket.recv(1, socket.MSG_PEEK) == b""
        except OSError:
            return True

    def receive(self, until: float) -> Message:
        """The next message, waited for until that moment of `time.monotonic`.

        Raises Late after it, Closed where the host has gone, Malformed for what is no message.
        """
        self._hear(_length.size, until)
        (length,) = _length.unpack_from(self._heard)
        if length > wire.LIMIT:
            raise Malformed(f"a message of {length:,} bytes is over the limit of {wire.LIMIT:,}")
        end = _length.size + length
        self._hear(end, until)
        data = bytes(self._heard[_length.size : end])
        del self._heard[:end]
        return wire.decode(data)

    @property
    def folder(self) -> Path:
        """The host's own."""
        return Path(self._scratch.name)

    def interrupt(self) -> None:
        """Have a KeyboardInterrupt raised in the cell that runs."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGINT)  # until we have it killed, its number is its own

    def close(self) -> None:
        """End the host, and remove its folder."""
        self._socket.close()
        self._zygote.kill(self._pid)
        self._scratch.cleanup()
        self._together.close()

    def _hear(self, count: int, until: float) -> None:
        """Take from the socket until that many bytes have been heard."""
        while len(self._heard) < count:
            _wait(self._readable, until)  # and not recv() first: nothing is there so soon
            try:
                more = self._socket.recv(CHUNK)
            except BlockingIOError:
                continue
            except OSError:
                more = b""
            if not more:
                raise Closed
            self._heard += more


def _wait(ready: select.poll, until: float) -> None:
    """Wait until a socket can be read or written, as it may be; Late after that moment."""
    if not ready.poll(max(0.0, until - time.monotonic()) * 1000):
        raise Late
