"""What a host says that a cell put out, checked, as a notebook keeps it (nbformat 4).

The counterpart of `autograder.host.outputs` on the judge's side of the boundary: what is told here
is of the right shape and size, can be written down, and holds no verdict.
"""

from __future__ import annotations

import re
from typing import Any

from autograder.host.values import is_plain
from autograder.host.wire import Malformed, Message
from autograder.messages import clean, text

Output = dict[str, Any]

VERDICT = "application/vnd.inside-the-onion.verdict+json"
"""The type under which a notebook keeps a verdict as data: only a judge gives one."""
MOST = 5_000
"""How many outputs one cell may have."""
LINES = 1_000
"""How many lines of a cell's streams are kept: nbgrader's LimitOutput keeps as many."""
CUT = "... Output truncated ..."
SLACK = 100_000
"""How much a cell may put out over its limit, in characters: an error is told whatever came."""

_KIND = re.compile(r"[\w.+-]+/[\w.+;= -]+\Z", re.ASCII)


def outputs(message: Message, count: int, limit: int) -> list[Output]:
    """The outputs of the cell with that number, up to `limit` characters and LINES lines.

    Raises Malformed for what a notebook cannot keep.
    """
    told = message.get("outputs")
    if not isinstance(told, list) or len(told) > MOST:
        raise Malformed("no outputs of a cell")
    found = [_checked(output, count, limit + SLACK) for output in told]
    if sum(map(_size, found)) > limit + SLACK:
        raise Malformed(f"outputs of more than {limit:,} characters")
    return _limited(found)


def error(kind: str, message: str, traceback: list[str] | None = None) -> Output:
    """The output of a cell that an error ended."""
    lines = [f"{kind}: {message}"] if traceback is None else traceback
    return {"output_type": "error", "ename": kind, "evalue": message, "traceback": lines}


def display(data: dict[str, Any]) -> Output:
    """The output of a cell that displays something."""
    return {"output_type": "display_data", "data": data, "metadata": {}}


def result(data: dict[str, Any], count: int) -> Output:
    """The output of a cell whose last expression came to something."""
    return {**display(data), "output_type": "execute_result", "execution_count": count}


def _checked(output: Any, count: int, limit: int) -> Output:
    if not isinstance(output, dict):
        raise Malformed("an output that is none")
    match output.get("output_type"):
        case "stream":
            if output.get("name") not in ("stdout", "stderr"):
                raise Malformed("no such stream")
            words = text(output, "text", limit)
            return {"output_type": "stream", "name": output["name"], "text": words}
        case "display_data":
            return {**display(_bundle(output, limit)), "metadata": _metadata(output)}
        case "execute_result":
            return {**result(_bundle(output, limit), count), "metadata": _metadata(output)}
        case "error":
            lines = output.get("traceback")
            if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
                raise Malformed("no traceback")
            kind, evalue = text(output, "ename"), text(output, "evalue")
            return error(kind, evalue, [clean(line, limit) for line in lines])
    raise Malformed("no such output")


def _bundle(output: Output, limit: int) -> dict[str, Any]:
    """A display's data by type; what is no data of its type is left out, and so is a verdict."""
    data = output.get("data")
    if not isinstance(data, dict):
        raise Malformed("a display of nothing")
    found: dict[str, Any] = {}
    for kind, value in data.items():
        if not _KIND.match(kind) or kind == VERDICT:
            continue
        if isinstance(value, str):
            found[kind] = clean(value, limit)
        elif kind.endswith("json") and is_plain(value):
            found[kind] = value
    return found


def _metadata(output: Output) -> dict[str, Any]:
    found = output.get("metadata")
    return found if isinstance(found, dict) and is_plain(found) else {}


def _size(output: Output) -> int:
    """About how many characters it has; plain data is bounded by the message that it came in."""
    values = [output.get("text"), output.get("evalue"), *output.get("data", {}).values()]
    sizes = (len(value) if isinstance(value, str) else len(str(value)) for value in values)
    return sum(sizes) + sum(map(len, output.get("traceback", ())))


def _limited(found: list[Output]) -> list[Output]:
    """Without the lines of streams that are too many, as nbgrader's LimitOutput leaves them out."""
    lines, kept = 0, []
    for output in found:
        if output["output_type"] == "stream":
            if lines == LINES:
                continue
            written = output["text"].count("\n") + 1
            if lines + written > LINES:
                first = output["text"].split("\n", LINES - lines - 1)[:-1]
                output["text"] = "\n".join([*first, CUT])
                written = LINES - lines
            lines += written
        kept.append(output)
    return kept
