"""Cells of a py:percent file, with the lines on which they stand.

Jupytext splits the file, reads the keys of each marker and uncomments Markdown. Two things are
kept from it: the random ids that it gives to cells, and its uncommenting of code. It takes a
comment such as `# why?` or `# rm the header` for a hidden magic, in any code cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import jupytext

from course.source.problems import Problems

# What jupytext's DoublePercentScriptCellReader takes for the start of a cell.
MARKER = re.compile(r"^\s*#\s*(%%%*(\s.*)?|(<codecell>|In\[[0-9 ]*\]:?)\s*)$")
_JUPYTEXTS_OWN = ("lines_to_next_cell", "cell_marker")
_KEY = re.compile(r"(?:^|\s)([\w.-]+)\s*=")
_MAGIC = re.compile(r"^(\s*)# ?(?=[%!][\w%!])")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as written: its marker stands on line `at`, its source begins on `line`.

    `bare` is the first line of a Markdown cell that is not a comment, where there is one.
    """

    kind: str
    keys: dict[str, Any]
    source: str
    at: int
    line: int
    bare: int | None = None


def cells(lines: list[str], first: int, problems: Problems) -> list[Cell]:
    """The cells of a lesson; `lines[first:]` is what follows the front matter.

    What is wrong is added to `problems`.
    """
    markers = [n for n, line in enumerate(lines) if n >= first and MARKER.match(line)]
    _check_start(lines, first, markers, problems)
    if not markers:
        return []
    text = "\n".join(lines[markers[0] :])
    notebook = jupytext.reads(text, fmt="py:percent")
    ends = [*markers[1:], len(lines)]
    if len(notebook.cells) != len(markers):
        _report_lost_marker(lines, markers, ends, notebook.cells, problems)
        return []
    return [
        _cell(lines, start, end, read, problems)
        for start, end, read in zip(markers, ends, notebook.cells, strict=True)
    ]


def uncomment_magics(source: str) -> str:
    """An example's source with `# %magic` and `# !command` lines as IPython reads them."""
    return "\n".join(_MAGIC.sub(r"\1", line) for line in source.split("\n"))


def _check_start(lines: list[str], first: int, markers: list[int], problems: Problems) -> None:
    before = range(first, markers[0] if markers else len(lines))
    for n in before:
        if lines[n].strip():
            problems.add(
                n + 1,
                "this text stands before the first cell",
                "begin each cell with a `# %%` line",
            )
            return
    if not markers:
        problems.add(first + 1, "the lesson has no cell", "begin each cell with a `# %%` line")


def _report_lost_marker(
    lines: list[str], markers: list[int], ends: list[int], read: list[Any], problems: Problems
) -> None:
    # A marker inside a string or a fence starts no cell: the first cell that is longer than the
    # way to the next marker is to blame.
    wrong = "this cell does not end at the next `# %%` line"
    mend = "close its string or its ``` fence, and write no `# %%` line inside one"
    for start, end, cell in zip(markers, ends, read, strict=False):
        if cell.source.rstrip("\n").count("\n") > end - start - 2:
            problems.add(start + 1, wrong, mend)
            return
    problems.add(markers[0] + 1, wrong, mend)


def _cell(lines: list[str], start: int, end: int, read: Any, problems: Problems) -> Cell:
    keys = {key: value for key, value in read.metadata.items() if key not in _JUPYTEXTS_OWN}
    _check_marker(lines[start], start + 1, problems)
    body, bare = lines[start + 1 : end], None
    if read.cell_type == "markdown":
        bare = next((n for n, s in enumerate(body, start + 2) if re.match(r"\s*[^#\s]", s)), None)
        body = read.source.split("\n")
    blank = next((n for n, line in enumerate(body) if line.strip()), len(body))
    source = "\n".join(line.rstrip() if not line.strip() else line for line in body[blank:])
    if not source.strip():
        problems.add(start + 1, "this cell is empty", "write it, or remove its `# %%` line")
    return Cell(read.cell_type, keys, source.rstrip(), start + 1, start + 2 + blank, bare)


def _check_marker(line: str, at: int, problems: Problems) -> None:
    if not re.match(r"# %%(\s|$)", line):
        problems.add(
            at, f"`{line.strip()}` starts a cell in disguise", "write `# %%` at its beginning"
        )
    keys = _KEY.findall(line)
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        problems.add(at, f"the key `{key}` stands here twice", "keep one of the two")
