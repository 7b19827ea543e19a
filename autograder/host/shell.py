"""The shell in which a notebook's cells run: IPython's, which is what a kernel has.

`%magics` and `display` mean the same. It keeps no history, and what a cell shows goes into
`outputs` while there is something there to take it. Importing this imports IPython.
"""

from __future__ import annotations

import atexit
import os
import sys
import traceback
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from autograder.host.outputs import Outputs, Stream


class _Hook(DisplayHook):  # type: ignore[misc]
    """Takes what a cell's last expression came to."""

    @property
    def prompt_count(self) -> int:
        """The number of the cell that runs."""
        return int(self.shell.execution_count)

    def quiet(self) -> bool:
        """Whether the cell ends in a semicolon: its result is not shown."""
        source = self.shell.source
        return ";" in source and bool(self.semicolon_at_end_of_expression(source))

    def write_output_prompt(self) -> None:
        """There is none."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Keep it."""
        if self.shell.outputs is not None:
            self.shell.outputs.result(format_dict, md_dict or {}, self.prompt_count)

    def log_output(self, format_dict: Any) -> None:
        """There is no log."""

    def finish_displayhook(self) -> None:
        """Nothing is left to write."""
        self._is_active = False


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    """Takes what a cell displays."""

    def publish(
        self,
        data: Any,
        metadata: Any = None,
        *_: object,
        transient: Any = None,
        update: bool = False,
        **__: object,
    ) -> None:
        """Keep it."""
        self._validate_data(data, metadata)
        if self.shell.outputs is not None:
            name = (transient or {}).get("display_id")
            self.shell.outputs.display(data, metadata or {}, name, update)

    def clear_output(self, wait: bool = False) -> None:
        """Forget what the cell has shown."""
        if self.shell.outputs is not None:
            self.shell.outputs.clear(wait)


TRACES = frozenset({"autograder.model", "autograder.seen"})
"""The modules whose objects are shown as traces."""
DRAWN = frozenset({"text/plain", "text/html"})
"""How those are drawn; to ask for nine other formats takes as long again."""


class _Formatter(DisplayFormatter):  # type: ignore[misc]
    """Draws what is shown, where somebody takes it."""

    def format(self, obj: Any, include: Any = None, exclude: Any = None) -> Any:
        """As its own, or nothing: a picture takes its time."""
        if self.parent.outputs is None:
            return {}, {}
        if type(obj).__module__ in TRACES:
            include = include or DRAWN
        return super().format(obj, include=include, exclude=exclude)


DEEP = 50
"""How many calls deep an error may be that IPython tells; it takes a second for a thousand."""


class Shell(InteractiveShell):  # type: ignore[misc]
    """Runs cells in `namespace`; says nothing of itself, and tells `outputs` where there are any.

    `source` is the cell that runs.
    """

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.outputs: Outputs | None = None
        self.source = ""
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        super().__init__(config=config, user_ns=namespace)
        # It would tidy up its namespace when the process ends, and collect garbage each time.
        atexit.unregister(self.atexit_operations)

    def take_over(self) -> None:
        """From here on this process is a kernel: what is printed is a cell's, `display` finds us.

        A module that the student handed in is found too, but stands in for nobody else's.
        """
        for name in ("stdout", "stderr"):
            stream = Stream(name, lambda: self.outputs)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)  # a cell may have put None in the other's place
        InteractiveShell._instance = self
        sys.path.append("")
        os.environ["NBGRADER_EXECUTION"] = "autograde"

    def init_display_formatter(self) -> None:
        """Ours."""
        self.display_formatter = _Formatter(parent=self)
        self.configurables.append(self.display_formatter)

    def showtraceback(self, exc_tuple: Any = None, *args: Any, **kwargs: Any) -> None:
        """Say nothing where nobody takes it: the error is in the result of the cell."""
        if self.outputs is None:
            return
        kind, error, frames = exc_tuple or sys.exc_info()
        if kind is not None and sum(1 for _ in traceback.walk_tb(frames)) > DEEP:
            self._showtraceback(kind, error, traceback.format_exception(error))
        else:
            super().showtraceback(exc_tuple, *args, **kwargs)

    def showsyntaxerror(self, *args: Any, **kwargs: Any) -> None:
        """As `showtraceback`."""
        if self.outputs is not None:
            super().showsyntaxerror(*args, **kwargs)

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        if self.outputs is not None:
            self.outputs.error(etype.__name__, str(evalue), [str(line) for line in stb])
