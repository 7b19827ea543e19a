"""A Python with what one in a browser has, and without the rest: for a child process.

What Pyodide leaves out cannot be imported, and what it cannot do raises: no thread, no process, no
socket. `cells_in` runs the code cells of a notebook there, and tells what they show.

    python -m tests.autograder.browser_limits < CELLS > SHOWN
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import json
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn

ABSENT = frozenset(
    {
        *("curses", "fcntl", "grp", "multiprocessing", "pty", "readline", "resource", "syslog"),
        *("termios", "_multiprocessing", "_posixsubprocess", "_curses", "ssl", "_ssl"),
        *("django", "ipykernel", "jupyter_client", "landlock", "nbgrader", "pyseccomp", "zmq"),
        *("course", "seccomp"),
    }
)
"""What cannot be imported there: not built, not to be had for it, or not handed to students."""


class Absent(importlib.abc.MetaPathFinder):
    """Finds nothing, and lets nobody else find what is absent."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def impossible(*_: object, **__: object) -> NoReturn:
    raise RuntimeError("a browser cannot do this")


def limit() -> None:
    """From here on this process can do no more than one in a browser."""
    sys.platform = "emscripten"
    for name in [*sys.modules]:
        if name.partition(".")[0] in ABSENT:
            del sys.modules[name]
    sys.meta_path.insert(0, Absent())
    import _thread
    import socket
    import subprocess
    import threading

    _thread.start_new_thread = threading._start_new_thread = impossible  # type: ignore[attr-defined,assignment]
    for name in ("fork", "forkpty", "posix_spawn", "posix_spawnp", "system", "popen"):
        setattr(os, name, impossible)
    for where, name in ((socket, "socket"), (socket, "socketpair"), (subprocess, "Popen")):
        setattr(where, name, impossible)


def cells_in(cells: list[str]) -> list[dict[str, Any]]:
    """What each cell of a notebook shows, run in order: its MIME bundles, and its error."""
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    shown: list[dict[str, Any]] = []

    class Shown(DisplayPublisher):  # type: ignore[misc]
        def publish(self, data: dict[str, Any], **_: object) -> None:
            shown[-1].setdefault("data", []).append(data)

    class Shell(InteractiveShell):  # type: ignore[misc]
        def showtraceback(self, *_: object, **__: object) -> None:
            """Nobody reads it here."""

        showsyntaxerror = showtraceback

    config = Config()
    config.HistoryManager.enabled = False
    shell = Shell.instance(config=config, display_pub_class=Shown)
    shell.user_ns["__name__"] = "__main__"
    for cell in cells:
        shown.append({})
        result = shell.run_cell(cell, silent=True)
        error = result.error_before_exec or result.error_in_exec
        shown[-1]["error"] = f"{type(error).__name__}: {error}" if error else ""
    return shown


if __name__ == "__main__":
    limit()
    asked = json.load(sys.stdin)
    told = sys.stdout
    sys.stdout = sys.stderr
    json.dump(cells_in(asked), told)
