"""A worker that obeys a judge at the other end of two streams, until the judge closes them."""

from __future__ import annotations

from typing import BinaryIO

from autograder.host import wire
from autograder.host.exceptions import exception_to_plain
from autograder.host.worker import Worker


def serve(worker: Worker, commands: BinaryIO, answers: BinaryIO) -> None:
    """Take commands from one stream; write questions and results to the other."""

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
