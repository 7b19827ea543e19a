"""A notebook's code cells, run in order in one namespace, IPython's syntax included."""

from __future__ import annotations

import ast
import contextlib
import signal
import sys
import warnings
from collections.abc import Iterator
from types import CodeType
from typing import Any

from autograder.host.outputs import Output, Outputs


class Cells:
    """The namespace of one notebook, and the shell that runs its cells there.

    The shell is made when the first cell is run, so that a process that has a notebook of its own
    (or no IPython) never needs it.
    """

    def __init__(self, namespace: dict[str, Any] | None = None) -> None:
        self.namespace: dict[str, Any] = (
            {"__name__": "__main__"} if namespace is None else namespace
        )
        self._shell: Any = None
        self._usual: list[Any] = []
        self._known: dict[tuple[str, int], list[CodeType]] = {}
        self._shows = False

    def learn(self, source: str) -> None:
        """Compile a cell that many notebooks have, for those that are forked from this process."""
        compiler = self._ready().compile
        before = compiler.flags
        with warnings.catch_warnings(record=True) as warned:
            codes = self._plain_python(source)
        if codes is not None and compiler.flags == before and not warned:
            self._known[source, before] = codes
        compiler.flags = before

    def run(self, source: str) -> BaseException | None:
        """Run one cell; the exception that ended it, or None."""
        shell = self._ready()
        codes = self._plain_python(source, shown=False)
        if codes is None:
            result = shell.run_cell(source, store_history=False, silent=True)
            error: BaseException | None = result.error_before_exec or result.error_in_exec
            return error
        try:
            with shell.builtin_trap, _showing_nothing():
                for code in codes:
                    exec(code, self.namespace)
        except BaseException as error:  # noqa: BLE001  a cell may raise anything
            return error
        return None

    def show(
        self, source: str, count: int, limit: int
    ) -> tuple[list[Output], BaseException | None]:
        """Run one cell as a kernel would: its outputs, and the exception that ended it, or None.

        `count` is its number, and `limit` how much it may put out, in characters. While it runs,
        an interrupt is a KeyboardInterrupt in it. From the first cell on that is run so, this
        process is the notebook's kernel.
        """
        shell = self._ready()
        if not self._shows:
            self._shows = True
            shell.take_over()
        shell.outputs, shell.source, shell.execution_count = Outputs(limit), source, count
        outputs: Outputs = shell.outputs
        try:
            with _interruptible():
                error = self._show(source)
        except KeyboardInterrupt as late:
            error = late
        finally:
            shell.outputs = None
        if error is not None and not outputs.has_error():
            name, words = type(error).__name__, _words(error)
            outputs.error(name, words, [f"{name}: {words}"])
        return outputs.done(), error

    def _show(self, source: str) -> BaseException | None:
        shell = self._shell
        codes = self._plain_python(source)
        if codes is None:
            result = shell.run_cell(source, store_history=False)
            error: BaseException | None = result.error_before_exec or result.error_in_exec
            return error
        try:
            with shell.builtin_trap, shell.display_trap:
                for code in codes:
                    exec(code, self.namespace)
        except BaseException as error:  # noqa: BLE001  a cell may raise anything
            frames = error.__traceback__.tb_next if error.__traceback__ else None
            with contextlib.suppress(Exception):  # its own words, which may raise again
                told = (type(error), error.with_traceback(frames), frames)
                shell.showtraceback(told, exception_only=isinstance(error, SystemExit))
            return error
        return None

    def _ready(self) -> Any:
        if self._shell is None:
            from autograder.host.shell import Shell  # only hosts of a notebook need IPython

            self._shell = Shell(self.namespace)
            self._usual = _callbacks(self._shell)
        # IPython writes to both, and a cell may have put None in their place.
        sys.stdout, sys.stderr = sys.stdout or sys.__stdout__, sys.stderr or sys.__stderr__
        return self._shell

    def _plain_python(self, source: str, shown: bool = True) -> list[CodeType] | None:
        """A cell that IPython would not change, compiled; it would take twenty times as long.

        Where it is to be shown, its last expression is apart. None where it is not Python, and
        where the notebook has told the shell to do more with it.
        """
        shell = self._shell
        if shell.ast_transformers or _callbacks(shell) != self._usual:
            return None
        name = shell.compile.cache(source, 0)
        shell.compile._filename_map[name] = shell.execution_count  # how a traceback calls it
        known = self._known.get((source, shell.compile.flags))
        if known is not None:
            return known
        try:
            if not shown:
                return [shell.compile(f"{source}\n", name, "exec")]
            tree = shell.compile.ast_parse(f"{source}\n", name)
            if not tree.body or not isinstance(tree.body[-1], ast.Expr):
                return [shell.compile(tree, name, "exec")]
            last = ast.Interactive([tree.body.pop()])
            return [shell.compile(tree, name, "exec"), shell.compile(last, name, "single")]
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Inside, an interrupt is a KeyboardInterrupt, as it is in a kernel; outside, what it was."""
    try:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
    except ValueError:  # signals are the main thread's
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _showing_nothing() -> Iterator[None]:
    """Inside, what an expression comes to is dropped."""
    before, sys.displayhook = sys.displayhook, lambda value: None
    try:
        yield
    finally:
        sys.displayhook = before


def _words(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001  its words are the student's own code
        return ""


def _callbacks(shell: Any) -> list[Any]:
    """What is called before and after each cell."""
    return [callback for several in shell.events.callbacks.values() for callback in several]
