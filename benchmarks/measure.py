"""Ask every framework in turn, round after round, so that what disturbs one disturbs all."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYERS = (0, 5, 20)

Samples = dict[str, list[float]]
"""What was found, by framework; the same place in two lists is the same round."""

IMPORT = """
from time import process_time
start = process_time()
import benchmarks.sites.{0}
print(process_time() - start)
"""
MEMORY = """
import tracemalloc
from benchmarks.child import REQUESTS, answer
tracemalloc.start()
from benchmarks.sites.{0} import application
answer(application(5), REQUESTS[7])
print(tracemalloc.get_traced_memory()[0])
"""


class Child:
    """A process that holds one framework and answers its requests."""

    def __init__(self, framework: str, slot: float) -> None:
        command = [sys.executable, "-m", "benchmarks.child", framework]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        for layers in LAYERS:  # warms what there is to warm
            a_hundred = self._ask(layers, 100)
        self.requests = 100 * max(1, round(slot / a_hundred))

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *exception: object) -> None:
        self.process.communicate()

    def per_request(self, layers: int) -> float:
        """Return the seconds of CPU time that one request takes."""
        return self._ask(layers, self.requests) / self.requests

    def _ask(self, layers: int, requests: int) -> float:
        assert self.process.stdin
        assert self.process.stdout
        print(layers, requests, file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit("benchmarks: a child has ended, for the reason that stands above")
        return float(answer)


def requests(frameworks: list[str], rounds: int, slot: float) -> dict[int, Samples]:
    """Return the seconds of CPU time of one request, by the number of layers.

    ``slot`` is about how many seconds a child works before it is another one's turn.
    """
    found: dict[int, Samples] = {layers: {name: [] for name in frameworks} for layers in LAYERS}
    with ExitStack() as stack:
        children = {name: stack.enter_context(Child(name, slot)) for name in frameworks}
        for _ in range(rounds):
            for name, child in children.items():
                for layers, samples in found.items():
                    samples[name].append(child.per_request(layers))
    return found


def fresh_processes(program: str, frameworks: list[str], rounds: int) -> Samples:
    """Return the number that a program prints in a new process, after one run to warm the disk.

    The first run also writes the bytecode: Django's was written when it was installed.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found: Samples = {name: [] for name in frameworks}
    for _ in range(rounds + 1):
        for name in frameworks:
            command = [sys.executable, "-c", program.format(name)]
            output = subprocess.check_output(command, cwd=ROOT, text=True, env=kept)
            found[name].append(float(output))
    return {name: samples[1:] for name, samples in found.items()}
