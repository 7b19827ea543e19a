"""nbgrader's commands for several people, each in a child of one process that has imported it.

To start nbgrader takes seconds, and what it does here takes a tenth of one. The process reads a
line of JSON for each command and answers with its exit status; what is said goes into a file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT


class Nbgrader:
    """The process, for as long as this is open."""

    def __enter__(self) -> Nbgrader:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def does(self, words: list[str], folder: Path, environment: dict[str, str], log: Path) -> int:
        """Carry out a command in that folder and environment; its exit status."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        asked = {"words": words, "folder": str(folder), "env": environment, "log": str(log)}
        stdin.write(json.dumps(asked) + "\n")
        stdin.flush()
        return int(stdout.readline())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a home and a folder in which they work; `more` stands in the environment."""

    nbgrader: Nbgrader
    home: Path
    folder: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Theirs: nothing of Jupyter's is found outside of their home."""
        foreign = ("JUPYTER_", "XDG_")
        others = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        return {**others, "HOME": str(self.home), **self.more}

    def types(self, *words: str) -> str:
        """Type an nbgrader command, which is to succeed; what it said."""
        self.home.mkdir(parents=True, exist_ok=True)
        log = self.home / f"{words[0]}.log"
        status = self.nbgrader.does([*words], self.folder, self.environment, log)
        said = log.read_text(encoding="utf-8")
        assert status == 0, said
        return said


def _serve() -> None:
    from nbgrader.apps.nbgraderapp import NbGraderApp

    NbGraderApp().all_configurable_classes()  # imports what a command would
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            # An interpreter that ends as it should, with all that in it, takes a second to do so.
            os._exit(_carry_out(NbGraderApp.launch_instance, **asked))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _carry_out(
    launch: Callable[[list[str]], object],
    words: list[str],
    folder: str,
    env: dict[str, str],
    log: str,
) -> int:
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    try:
        launch(words)
    except SystemExit as end:
        return 1 if end.code else 0
    except Exception:  # noqa: BLE001  whatever it is, the log says it
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    _serve()
