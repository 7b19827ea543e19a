"""Three hosts behind one interface: in this process, in a child, and in a locked-in child.

    LocalHost       the notebook, a terminal, a browser: the student's objects are here
    PipeHost        the student's code runs in a process that holds nothing else
    SandboxedHost   grading: so it does, and that process can do no harm

All obey the same commands with the same `Worker`; every message is copied as the pipe would, so
that a check cannot tell them apart.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from autograder.host import wire
from autograder.host.cells import Cells
from autograder.host.framework import framework
from autograder.host.wire import Malformed, Message
from autograder.host.worker import QUESTIONS, Worker
from autograder.pipe import Closed, Late, Pipe
from autograder.references import Reference, attributes_of, name_of
from autograder.zygote import Channel, Zygote

Answer = Callable[[Message], Message]
"""What the judge says at a gate."""

DEADLINE = 10.0
"""How long one whole exchange with a host in another process may take, in seconds."""

HEED = 2.0
"""How long a cell that was interrupted may take to end, in seconds."""


class HostFailed(Exception):
    """The host did not do its part; it is the submission's failure, never the judge's."""


class TimedOut(HostFailed):
    """The host did not answer before the deadline."""


class HostDied(HostFailed):
    """The host's process ended in the middle of an exchange."""


class Host(Protocol):
    """Where a student's names are, and how a judge speaks with it."""

    executor: str
    """Which executor this is, in a word: `local` or `pipe`."""
    root: str
    """The framework that it runs scenarios on."""
    label: str
    """What it calls that, once it has been asked; "" before."""
    alive: bool
    """Whether it can still be asked."""

    def ask(self, command: Message, answer: Answer) -> Message:
        """Send a command; answer what is asked at the gates; return the result.

        Raises HostFailed or Malformed.
        """

    def show(self, command: Message) -> Message:
        """Have a cell run and its outputs told; return the result, `late` if it was interrupted.

        Raises HostFailed or Malformed.
        """

    def learn(self, sources: Iterable[str]) -> None:
        """Take note of cells that many notebooks have, where that spares later hosts some work."""
        return

    def refer(self, thing: object) -> Message:
        """How a command names something of the student's; TypeError for what it cannot name."""

    def owns(self, thing: object) -> bool:
        """Whether something is the student's, and not the check's own."""

    def names(self, free: set[str]) -> dict[str, Any]:
        """What those names are bound to when a check is run against this host."""

    def inside(self) -> contextlib.AbstractContextManager[None]:
        """What a check is wrapped in: nothing, where the student's code is elsewhere."""
        return contextlib.nullcontext()

    def close(self) -> None:
        """Let go of everything that was started."""


class LocalHost(Host):
    """The student's names are in this process: in a notebook's own namespace, or in `namespace`.

    `root` is the framework; without it, what the environment variable AUTOGRADER_FRAMEWORK says,
    or minidjango.
    """

    executor = "local"
    label = ""
    alive = True

    def __init__(self, root: str = "", namespace: dict[str, Any] | None = None) -> None:
        self.root = root or os.environ.get("AUTOGRADER_FRAMEWORK", "minidjango")
        self.worker = Worker(framework(self.root), Cells(namespace))

    def ask(self, command: Message, answer: Answer) -> Message:
        """As `Host.ask`: a gate is a function call here."""

        def gate(message: Message) -> Message:
            return wire.copy(answer(wire.copy(message)))

        return wire.copy(self.worker.obey(wire.copy(command), gate))

    def show(self, command: Message) -> Message:
        """As `Host.show`; whoever waits for it here can press stop."""
        return self.ask(command, dict)

    def refer(self, thing: object) -> Message:
        """A reference by its name; any other object by where it was put."""
        if type(thing) is Reference:
            return _by_name(thing)
        objects = self.worker.objects
        known = [index for index, one in enumerate(objects) if one is thing]
        if not known:
            objects.append(thing)
        return {"object": known[0] if known else len(objects) - 1}

    def owns(self, thing: object) -> bool:
        """What has a name in the namespace is the student's."""
        known = self.worker.cells.namespace.values()
        return type(thing) is Reference or any(one is thing for one in known)

    def names(self, free: set[str]) -> dict[str, Any]:
        """The objects themselves, as a notebook has them; what is not defined is left out."""
        namespace = self.worker.cells.namespace
        return {name: namespace[name] for name in free if name in namespace}

    def inside(self) -> contextlib.AbstractContextManager[None]:
        """The framework's settings, which the check's own views find as its host does."""
        return self.worker.framework.settings({})

    def close(self) -> None:
        """Let go of all stacks; nothing was started."""
        self.worker.forget()


class RemoteHost(Host):
    """The student's names are in another process, which shares nothing with the judge but a line.

    `deadline` bounds each exchange, gates included, in seconds. After a failure the process and
    all that it started are gone, and `alive` is False; ask a new host.
    """

    executor = ""
    label = ""

    def __init__(self, line: Pipe | Channel, root: str, deadline: float) -> None:
        self._line, self.root, self.deadline, self.alive = line, root, deadline, True

    def ask(self, command: Message, answer: Answer) -> Message:
        """As `Host.ask`, over the line and within the deadline."""
        until = time.monotonic() + self.deadline
        with self._failing():
            self._line.send(command, until)
            while (message := self._line.receive(until)).get("is") in QUESTIONS:
                self._line.send(answer(message), until)
            return message

    def show(self, command: Message) -> Message:
        """As `Host.show`: interrupted at the deadline, and killed where it does not heed that."""
        until = time.monotonic() + self.deadline
        with self._failing():
            self._line.send(command, until)
            with contextlib.suppress(Late):
                return self._line.receive(until)
            self._line.interrupt()
            return {**self._line.receive(time.monotonic() + HEED), "late": True}

    @property
    def folder(self) -> Path:
        """Where its cells run; it is removed afterwards."""
        return self._line.folder

    @contextlib.contextmanager
    def _failing(self) -> Iterator[None]:
        """Inside, what goes wrong with the line ends the process, and is told in `Host`'s words."""
        if not self.alive:
            raise HostDied("the process that ran the answer has ended")
        try:
            yield
        except Late:
            self.close()
            raise TimedOut(f"no answer within {self.deadline:g} seconds") from None
        except Closed:
            self.close()
            raise HostDied("the process that ran the answer ended in the middle") from None
        except Malformed:
            self.close()
            raise

    def refer(self, thing: object) -> Message:
        """A reference by its name; nothing else can cross."""
        if type(thing) is not Reference:
            raise TypeError(
                f"{thing!r} is the check's own and cannot cross to the student's process; "
                "hand the checking API a name of the student's, or returns(...), or raises(...)"
            )
        return _by_name(thing)

    def owns(self, thing: object) -> bool:
        """What is named is the student's; everything else is here, and the check's own."""
        return type(thing) is Reference

    def names(self, free: set[str]) -> dict[str, Any]:
        """A reference for each name."""
        return {name: Reference(name) for name in free}

    def close(self) -> None:
        """Kill the process with everything it started."""
        if self.alive:
            self.alive = False
            self._line.close()


class PipeHost(RemoteHost):
    """In a child process of its own, started by exec: on every system, and not locked in."""

    executor = "pipe"

    def __init__(self, root: str = "minidjango", deadline: float = DEADLINE) -> None:
        super().__init__(Pipe("autograder.host", root), root, deadline)


class SandboxedHost(RemoteHost):
    """Forked from a zygote and locked in before any of the student's code runs; Linux only."""

    executor = "sandbox"

    def __init__(self, zygote: Zygote, deadline: float = DEADLINE) -> None:
        super().__init__(zygote.fork(), zygote.root, deadline)
        self.learn = zygote.learn  # type: ignore[method-assign]  # for those it forks from now on


def _by_name(reference: Reference) -> Message:
    return {"name": name_of(reference), "attributes": list(attributes_of(reference))}
