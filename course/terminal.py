"""How the verbs write to a terminal: words as they are, one line where one line was meant."""

from rich.console import Console

WIDTH = 500
"""Columns where there is no terminal: a line that somebody reads by program is not broken."""


def console(error: bool = False) -> Console:
    """Return where to write: standard output, or standard error for what went wrong."""
    found = Console(stderr=error, markup=False, highlight=False, emoji=False, soft_wrap=True)
    if not found.is_terminal:
        found.width = WIDTH
    return found
