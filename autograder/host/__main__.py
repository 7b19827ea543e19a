"""`python -m autograder.host FRAMEWORK`: a host in a process of its own, judged over a pipe.

Commands come in on what was stdin, results and questions go out on what was stdout. Both are taken
away from the student's code first, which finds nothing to read and prints into nothing.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import BinaryIO

from autograder.host.cells import Cells
from autograder.host.framework import framework
from autograder.host.serving import serve
from autograder.host.worker import Worker


def _take_pipe() -> tuple[BinaryIO, BinaryIO]:
    """The pipe to the judge; from here on fd 0 to 2 are null, here and in every child."""
    commands, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)
    return commands, answers


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # only a cell that runs is interrupted
    os.environ["AUTOGRADER_FRAMEWORK"] = sys.argv[1]  # what a notebook's own onions are built on
    serve(Worker(framework(sys.argv[1]), Cells()), *_take_pipe())
