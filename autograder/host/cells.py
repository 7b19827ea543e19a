"""A notebook's code cells, run in order in one namespace, IPython's syntax included."""

from __future__ import annotations

import atexit
import sys
from typing import Any


class Cells:
    """The namespace of one notebook, and the shell that runs its cells there.

    The shell is IPython's, which is what a kernel has: `%magics`, `!commands` and `display` mean
    the same. It keeps no history and is made when the first cell is run, so that a process that
    has a notebook of its own (or no IPython) never needs it.
    """

    def __init__(self, namespace: dict[str, Any] | None = None) -> None:
        self.namespace: dict[str, Any] = (
            {"__name__": "__main__"} if namespace is None else namespace
        )
        self._shell: Any = None

    def run(self, source: str) -> BaseException | None:
        """Run one cell; the exception that ended it, or None."""
        if self._shell is None:
            self._shell = _shell(self.namespace)
        # IPython writes to both, and a cell may have put None in their place.
        sys.stdout, sys.stderr = sys.stdout or sys.__stdout__, sys.stderr or sys.__stderr__
        result = self._shell.run_cell(source, store_history=False, silent=True)
        error: BaseException | None = result.error_before_exec or result.error_in_exec
        return error


def _shell(namespace: dict[str, Any]) -> Any:
    from IPython.core.interactiveshell import InteractiveShell  # only hosts of a notebook need it
    from traitlets.config import Config

    class Shell(InteractiveShell):  # type: ignore[misc]
        def showtraceback(self, *_: object, **__: object) -> None:
            """Say nothing: the error is in the result, and what it means is the judge's to say."""

        showsyntaxerror = showtraceback

    config = Config()
    config.HistoryManager.enabled = False
    shell = Shell(config=config, user_ns=namespace)
    # It would tidy up its namespace when the process ends, and collect garbage each time.
    atexit.unregister(shell.atexit_operations)
    return shell
