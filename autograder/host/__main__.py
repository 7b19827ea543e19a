"""`python -m autograder.host FRAMEWORK`: a host in a process of its own, judged over a pipe.

Commands come in on what was stdin, results and questions go out on what was stdout. Both are taken
away from the student's code first, which finds nothing to read and prints into nothing.
"""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

from autograder.host import wire
from autograder.host.cells import Cells
from autograder.host.exceptions import exception_to_plain
from autograder.host.framework import framework
from autograder.host.worker import Worker


def _take_pipe() -> tuple[BinaryIO, BinaryIO]:
    """The pipe to the judge; from here on fd 0 to 2 are null, here and in every child."""
    commands, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)
    return commands, answers


def main(root: str) -> None:
    """Obey the judge until it closes the pipe."""
    commands, answers = _take_pipe()
    worker = Worker(framework(root), Cells())

    def ask(message: wire.Message) -> wire.Message:
        wire.write(answers, message)
        while "do" in (reply := wire.read(commands)):
            obey(reply)  # while a request is held at a gate, the judge may ask something else
        return reply

    def obey(command: wire.Message) -> None:
        try:
            result = worker.obey(command, ask)
        except KeyboardInterrupt as error:  # raised by the student's code: nobody else can
            raised = exception_to_plain(error, worker.framework)
            result = {"is": "raised", "raised": raised, "said": ""}
        wire.write(answers, result)

    while True:
        try:
            command = wire.read(commands)
        except EOFError:
            return
        obey(command)


if __name__ == "__main__":
    main(sys.argv[1])
