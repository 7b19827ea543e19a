"""Jupyter's server over an instructor's course folder, with formgrader and nothing else."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOKEN = "open-sesame"
PATIENCE = 120
"""How many seconds it may take to start, and to stop."""


@contextlib.contextmanager
def served(root: Path) -> Iterator[str]:
    """The server, for as long as this is open; its address."""
    log = root / "server.log"
    options = {
        "jpserver_extensions": '{"nbgrader.server_extensions.formgrader": True}',
        "root_dir": str(root),
        "ip": "127.0.0.1",
        "port": "0",
        "open_browser": "False",
        "allow_root": "True",
    }
    words = [f"--ServerApp.{name}={value}" for name, value in options.items()]
    with log.open("w") as said:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", *words, f"--IdentityProvider.token={TOKEN}"],
            cwd=root,
            env=_environment(root),
            stdout=said,
            stderr=said,
        )
    try:
        yield _address(server, log)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(PATIENCE)


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    """Where it listens, as soon as it does: it says so a moment earlier."""
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text(encoding="utf-8")):
            with contextlib.suppress(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", int(found[1]))).close()
                return found[0].rstrip("/")
        time.sleep(0.1)
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}")


def does(address: str, what: str) -> dict[str, Any]:
    """Have formgrader do what one of its buttons stands for; its answer."""
    url = f"{address}/formgrader/api/{what}"
    request = urllib.request.Request(url, b"", {"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def _environment(root: Path) -> dict[str, str]:
    """That of somebody who has nothing of Jupyter's set up outside of the course."""
    own = {f"JUPYTER_{name}_DIR": str(root / ".jupyter") for name in ("CONFIG", "DATA", "RUNTIME")}
    return {**os.environ, **own, "JUPYTER_NO_CONFIG": "1", "JUPYTER_PATH": ""}
