"""A line that says how far a long job is: rewritten in a terminal, now and then anywhere else.

`rich` would do this better; this one works before anything is installed.
"""

import shutil
import sys
import time

SPARSE = 15.0  # seconds between plain lines where a line cannot be rewritten


class ProgressLine:
    """One line on standard error with the time since it was made."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.rewrites = sys.stderr.isatty()
        self.shown = ""
        self.phase = ""
        self.said_at = -SPARSE

    def show(self, phase: str, detail: str = "") -> None:
        """Show the phase, a detail that may change many times a second, and the elapsed time."""
        elapsed = time.monotonic() - self.started
        text = f"{phase}{detail} ({elapsed:.0f} s)"
        if self.rewrites:
            self.rewrite(text)
        elif phase != self.phase or elapsed - self.said_at >= SPARSE:
            sys.stderr.write(text + "\n")
            sys.stderr.flush()
            self.said_at = elapsed
        self.phase = phase

    def rewrite(self, text: str) -> None:
        """Put the text where the last one was; spaces wipe what is left of a longer one."""
        text = text[: shutil.get_terminal_size().columns - 1]
        if text != self.shown:
            sys.stderr.write("\r" + text.ljust(len(self.shown)))
            sys.stderr.flush()
            self.shown = text

    def close(self, text: str = "") -> None:
        """End the line, with a last text in its place; an empty one leaves what is there."""
        if self.rewrites:
            if text:
                self.rewrite(text)
            sys.stderr.write("\n" if self.shown else "")
            self.shown = ""
        elif text:
            sys.stderr.write(text + "\n")
        sys.stderr.flush()
