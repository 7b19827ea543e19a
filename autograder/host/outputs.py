"""What one cell printed, displayed and returned, as a notebook keeps it (nbformat 4).

It is bounded where it is made: a cell may print for as long as it is let run, and what is over the
limit is dropped at once. What marks depend on is kept whatever came before it: that there was an
error, that something was written to stderr, and a result that is a number.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
from collections.abc import Callable
from typing import Any

Output = dict[str, Any]

SHORT = 40
"""How long a result may be that is always kept, in characters: a mark is not longer."""
LINES = 100
"""How many lines a traceback may have; of a longer one, the first and the last are kept."""
CUT = "\n... Output truncated: a cell may write {:,} characters ...\n"


class Outputs:
    """The outputs of one cell, up to `limit` characters in all; then one sentence says so."""

    def __init__(self, limit: int) -> None:
        self.kept: list[Output] = []
        self._limit = self._left = limit
        self._cut = self._clearing = False
        self._displays: dict[str, Output] = {}

    def stream(self, name: str, text: str) -> None:
        """What was written to stdout or stderr, which `name` says."""
        taken = text[: self._left]
        self._left -= len(taken)
        if taken:
            self._append_text(name, taken)
        elif text and name == "stderr" and not self._has_stderr():
            self._append_text(name, text[:SHORT])
        if len(taken) < len(text):
            self._say_cut()

    def display(self, data: Any, metadata: Any, name: str | None, update: bool) -> None:
        """A display; where it is an update, those of that name in this cell are changed."""
        bundle = self._bounded(data)
        if bundle is None:
            return
        if update:
            if name in self._displays:
                self._displays[name].update(data=bundle, metadata=_plain(metadata))
            return
        self._append(_output("display_data", bundle, metadata))
        if name:
            self._displays[name] = self.kept[-1]

    def result(self, data: Any, metadata: Any, count: int) -> None:
        """What the cell's last expression came to."""
        text = data.get("text/plain", "")
        number = {"text/plain": text} if isinstance(text, str) and len(text) <= SHORT else None
        bundle = self._bounded(data) or number
        if bundle is not None:
            self._append({**_output("execute_result", bundle, metadata), "execution_count": count})

    def error(self, kind: str, message: str, traceback: list[str]) -> None:
        """What ended the cell, or went wrong while something was shown."""
        if len(traceback) > LINES:
            half = LINES // 2
            traceback = [*traceback[:half], "... Traceback truncated ...", *traceback[-half + 1 :]]
        lines, left = [], max(self._left, 4_000)
        for line in traceback:
            lines.append(line[:left])
            left -= len(lines[-1])
        evalue = message[:4_000]
        self._append(
            {"output_type": "error", "ename": kind[:200], "evalue": evalue, "traceback": lines}
        )

    def clear(self, wait: bool) -> None:
        """Forget what there is: now, or when the next output comes."""
        self._clearing = wait
        if not wait:
            self.kept.clear()

    def has_error(self) -> bool:
        """Whether an error has been told."""
        return any(output["output_type"] == "error" for output in self.kept)

    def _append(self, output: Output) -> None:
        if self._clearing:
            self.kept.clear()
            self._clearing = False
        self.kept.append(output)

    def _append_text(self, name: str, text: str) -> None:
        last = self.kept[-1] if self.kept and not self._clearing else {}
        if last.get("name") == name:
            last["text"].append(text)  # joined once, when the cell is over
        else:
            self._append({"output_type": "stream", "name": name, "text": [text]})

    def _has_stderr(self) -> bool:
        return any(output.get("name") == "stderr" for output in self.kept)

    def _say_cut(self) -> None:
        """Once, on stdout: nbgrader gives no marks to a test cell that writes to stderr."""
        if not self._cut:
            self._cut = True
            self._append_text("stdout", CUT.format(self._limit))

    def _bounded(self, data: Any) -> Output | None:
        """A display's data as plain data; None, and the sentence, where it is too much."""
        bundle = {str(kind): _plain(value) for kind, value in data.items()}
        size = sum(len(v) if isinstance(v, str) else len(json.dumps(v)) for v in bundle.values())
        if size > self._left:
            self._say_cut()
            return None
        self._left -= size
        return bundle

    def done(self) -> list[Output]:
        """All of it, when the cell is over."""
        for output in self.kept:
            if isinstance(output.get("text"), list):
                output["text"] = "".join(output["text"])
        return self.kept


def _output(kind: str, bundle: Output, metadata: Any) -> Output:
    return {"output_type": kind, "data": bundle, "metadata": _plain(metadata)}


def _plain(value: Any) -> Any:
    """A value as JSON has it, with images as kernels send them; its repr where it cannot be."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    with contextlib.suppress(TypeError, ValueError, RecursionError):
        return json.loads(json.dumps(value, allow_nan=False))
    return repr(value)


class Stream(io.TextIOBase):
    """What `sys.stdout` and `sys.stderr` are in a host: it writes to the cell that runs, if any."""

    encoding = "UTF-8"

    def __init__(self, name: str, outputs: Callable[[], Outputs | None]) -> None:
        self.name, self._outputs = name, outputs

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, text: str) -> int:
        """As any stream's; TypeError for what is no text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        outputs = self._outputs()
        if outputs is not None:
            outputs.stream(self.name, text)
        return len(text)

    def close(self) -> None:
        """Stay open: a student's code that closes it closes nothing of ours."""
