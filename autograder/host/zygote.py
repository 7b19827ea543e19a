"""`python -m autograder.host.zygote FRAMEWORK`: what hosts are forked from.

Everything that a lesson needs is imported and warm here, so that a host costs a fork. It is started
by exec, has one thread, and holds no check, no solution and no mark: a child can read all that its
parent held. The judge asks over a socket, which is what was stdin:

    {"do": "fork", "scratch": folder}, with a descriptor   a host that speaks on it; {"pid": ...}
    {"do": "kill", "pid": ...}                             the host is gone, with all its threads
    {"do": "learn", "source": ...}                         later hosts have that cell compiled

The first word is the zygote's: {"ready": true}, or {"fault": why it cannot lock anybody in}.
"""

from __future__ import annotations

import functools
import gc
import importlib
import json
import os
import random
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from autograder.host.cells import Cells
from autograder.host.framework import framework
from autograder.host.lacking import lacking
from autograder.host.serving import serve
from autograder.host.worker import Worker

LENGTH = 1 << 16
"""The longest word from the judge, in bytes."""
_CHANNEL = 3
YOUNG = (10_000, 10, 10)
"""How many objects a host makes before it looks for garbage: it does not live long."""

Word = dict[str, Any]


def main(root: str) -> None:
    """Fork and kill as the judge says, until it hangs up; then nobody is left."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # only a cell that runs is interrupted
    judge = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    if fault := lacking():
        judge.send(json.dumps({"fault": fault}).encode())
        return
    from autograder.host import sandbox  # only now: see `lacking`

    worker = warm(root)
    locks = sandbox.locks()
    gc.collect()
    gc.freeze()
    judge.send(b'{"ready": true}')
    hosts: set[int] = set()
    try:
        while True:
            data, descriptors, _, _ = socket.recv_fds(judge, LENGTH, 1)
            if not data:
                return
            word = json.loads(data)
            if word["do"] == "fork":
                scratch = Path(word["scratch"])
                lock_in = functools.partial(sandbox.lock_in, scratch, locks)
                pid = os.fork() or be_a_host(worker, descriptors[0], scratch, lock_in)
                os.close(descriptors[0])
                hosts.add(pid)
                judge.send(json.dumps({"pid": pid}).encode())
            elif word["do"] == "learn":
                worker.cells.learn(worker.framework.one_word(word["source"]))
                gc.freeze()
                judge.send(b"{}")
            elif word["pid"] in hosts:
                hosts.discard(word["pid"])
                end(word["pid"])
                judge.send(b"{}")
    finally:
        for pid in hosts:
            end(pid)


ERRORS = ("http.Http404", "core.exceptions.PermissionDenied", "core.exceptions.BadRequest")
"""What a framework answers with code that it imports only then."""


def warm(root: str) -> Worker:
    """A worker whose imports are done, and through whose framework requests have gone."""
    os.environ["AUTOGRADER_FRAMEWORK"] = root  # what a notebook's own onions are built on
    worker = Worker(framework(root), Cells())
    worker.cells.run("pass")
    worker.cells.show("1 / 0", 1, 0)  # to tell of an error takes imports of its own
    api = importlib.import_module("autograder")  # a notebook's first cell imports it
    for name in api.__all__:
        getattr(api, name)
    errors = (*map(framework("minidjango").find, ERRORS), ValueError)
    for view in (*map(api.raises, errors), api.renders("{{ late }}")):
        app = api.onion(view=view)
        for ask in (app.get, app.post, app.options):
            ask("/", status="*")
        app.trace._repr_mimebundle_()  # what is shown is drawn
    return worker


def be_a_host(worker: Worker, channel: int, scratch: Path, lock_in: Callable[[], None]) -> NoReturn:
    """What the child does, from the fork to its end."""
    status = 1
    try:
        os.setsid()
        os.dup2(channel, _CHANNEL)
        os.closerange(_CHANNEL + 1, os.sysconf("SC_OPEN_MAX"))
        os.chdir(scratch)
        os.environ.update(HOME=str(scratch), IPYTHONDIR=str(scratch), TMPDIR=str(scratch))
        random.seed()
        lock_in()
        gc.set_threshold(*YOUNG)
        serve(worker, os.fdopen(_CHANNEL, "rb"), os.fdopen(_CHANNEL, "wb", closefd=False))
        status = 0
    finally:
        os._exit(status)


def end(pid: int) -> None:
    """Kill a host and take it off the table of processes."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


if __name__ == "__main__":
    main(sys.argv[1])
