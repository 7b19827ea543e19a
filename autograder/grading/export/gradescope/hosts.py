"""Where a student's code runs on Gradescope: in the sandbox, or as a user without rights."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from autograder.conversation import nobody
from autograder.host.wire import Malformed
from autograder.hosts import DEADLINE, Host, HostFailed, PipeHost, RemoteHost, SandboxedHost
from autograder.pipe import Pipe
from autograder.zygote import NoZygote, Zygote

DEMOTED = "autograder.grading.export.gradescope.demoted"


class DemotedHost(RemoteHost):
    """In a child process that is nobody's: for a container, in which we are root."""

    executor = "pipe"

    def __init__(self, root: str = "minidjango", deadline: float = DEADLINE) -> None:
        super().__init__(Pipe(DEMOTED, root), root, deadline)


@contextlib.contextmanager
def hosts(
    tell: Callable[[str], object], ours: Iterable[Path] = (), sandbox: bool = True
) -> Iterator[Callable[[], Host]]:
    """What makes hosts here; `tell` hears where there is no sandbox, and what is done instead.

    Without a sandbox, `ours` are files and folders that are closed to everybody else first.
    """
    try:
        if not sandbox:
            raise NoZygote("it was not wanted")
        zygote = Zygote()
    except NoZygote as why:
        tell(f"There is no sandbox of our own here ({why}); this container is the sandbox.")
        yield _demoted(tell, ours)
        return
    with contextlib.closing(zygote):
        yield lambda: SandboxedHost(zygote)


def _demoted(tell: Callable[[str], object], ours: Iterable[Path]) -> Callable[[], Host]:
    if os.name == "posix" and os.getuid() == 0:
        for path in filter(Path.exists, ours):
            path.chmod(path.stat().st_mode & 0o700)
        if _starts():
            return DemotedHost
    tell("Answers run with the rights of this process: they could read the master notebook.")
    return PipeHost


def _starts() -> bool:
    """Whether a user without rights can run Python here."""
    host = DemotedHost()
    try:
        host.ask({"do": "describe"}, nobody)
    except (HostFailed, Malformed):
        return False
    finally:
        host.close()
    return True
