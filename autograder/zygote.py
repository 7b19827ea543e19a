"""The judge's side of the zygote: hosts for the asking, and the channel on which one speaks."""

from __future__ import annotations

import contextlib
import json
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from autograder.host import wire
from autograder.host.wire import Malformed, Message
from autograder.pipe import Closed, Late, environment

START = 60.0
"""How long a zygote may take to be ready, in seconds."""
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
        self._scratch = tempfile.TemporaryDirectory(prefix="onions-", ignore_cleanup_errors=True)
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
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

    def kill(self, pid: int) -> None:
        """End a host; when this returns it is gone."""
        self._socket.send(json.dumps({"do": "kill", "pid": pid}).encode())
        self._heard()

    def close(self) -> None:
        """End the zygote and whoever it forked."""
        self._socket.close()
        self._process.wait()
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

    def send(self, message: Message, until: float) -> None:
        """Send a message, at the latest at that moment of `time.monotonic`.

        Raises Malformed where the host has said something that nobody asked for, Late where it
        does not take the message, and ValueError where the message itself cannot be sent.
        """
        if not self.quiet:
            raise Malformed("it says more than it was asked")
        try:
            frame = wire.framed(message)
        except Malformed as ours:
            raise ValueError(f"what the check sends is {ours}") from None
        try:
            self._socket.settimeout(max(0.001, until - time.monotonic()))
            self._socket.sendall(frame)
        except TimeoutError:
            raise Late from None
        except OSError:
            return  # it has gone: the next `receive` tells

    @property
    def quiet(self) -> bool:
        """Whether everything that the host said so far has been received."""
        readable, _, _ = select.select([self._socket], [], [], 0)
        return not readable or self._peeked() == b""

    def receive(self, until: float) -> Message:
        """The next message, waited for until that moment of `time.monotonic`.

        Raises Late after it, Closed where the host has gone, Malformed for what is no message.
        """
        (length,) = _length.unpack(self._exactly(_length.size, until))
        if length > wire.LIMIT:
            raise Malformed(f"a message of {length:,} bytes is over the limit of {wire.LIMIT:,}")
        return wire.decode(self._exactly(length, until))

    def close(self) -> None:
        """End the host, and remove its folder."""
        self._socket.close()
        self._zygote.kill(self._pid)
        self._scratch.cleanup()

    def _peeked(self) -> bytes:
        with contextlib.suppress(OSError):
            return self._socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        return b""

    def _exactly(self, count: int, until: float) -> bytes:
        data = bytearray()
        while len(data) < count:
            self._socket.settimeout(max(0.001, until - time.monotonic()))
            try:
                more = self._socket.recv(count - len(data))
            except TimeoutError:
                raise Late from None
            except OSError:
                more = b""
            if not more:
                raise Closed
            data += more
        return bytes(data)
