"""Run one command quietly, its output in a file, while something else is shown."""

import os
import signal
import subprocess
import time
from collections.abc import Callable

from course.door import environment

TICK = 0.2  # seconds between two looks at a running command


def run(command: "list[str]", log: str, held: "list[int]", tick: "Callable[[], None]") -> int:
    """Run a command in the repository with `.venv`'s variables; return its exit status.

    `log` is the file that its output is added to. `held` are open file descriptors to leave open
    in it: a lock that we hold stays held for as long as the command runs, even if we are killed.
    `tick` is called a few times a second. On Ctrl-C the command is ended, with all that it
    started, before KeyboardInterrupt goes on its way.
    """
    variables = environment.variables()
    variables.update(PYTHONUNBUFFERED="1", PYTHONUTF8="1")
    with open(log, "ab") as output:
        process = subprocess.Popen(
            command,
            cwd=environment.ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=() if environment.WINDOWS else held,
            start_new_session=not environment.WINDOWS,
        )
        try:
            while process.poll() is None:
                tick()
                time.sleep(TICK)
        finally:
            if process.poll() is None:
                end(process)
    return process.returncode


def end(process: "subprocess.Popen[bytes]") -> None:
    """Kill a command and whatever it started, and wait until it is gone."""
    if environment.WINDOWS:
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
