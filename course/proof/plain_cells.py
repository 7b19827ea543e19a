"""Cells for answers that are judged by the thousand in one process."""

from __future__ import annotations

from autograder.host.cells import Cells
from autograder.hosts import LocalHost


class PlainCells(Cells):
    """Cells that are Python run without a shell of IPython's.

    A shell takes longer to make than an answer to judge, and a process never gets rid of one. What
    is not Python, such as a magic, has one made all the same.
    """

    def run(self, source: str) -> BaseException | None:
        """Run one cell; the exception that ended it, or None."""
        try:
            code = compile(source, "<cell>", "exec", dont_inherit=True)
        except SyntaxError:
            return super().run(source)
        try:
            exec(code, self.namespace)
        except Exception as error:  # noqa: BLE001  an answer may raise anything
            return error
        return None


def plain_host(root: str) -> LocalHost:
    """A host in this process whose cells are run so."""
    host = LocalHost(root)
    host.worker.cells = PlainCells()
    return host
