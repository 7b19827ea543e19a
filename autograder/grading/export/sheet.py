"""A CSV file of somebody else's, in which some cells are filled in and all else stays as it was.

Python's csv module gives the values and forgets how they were written: which were quoted, what
separates them, how a line ends. Here a cell is kept as it stands in the file, so that what nobody
put there comes out byte for byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.errors import GradingError

MARK = "\ufeff"
"""What some programs begin a file in UTF-8 with."""
SEPARATORS = (",", ";", "\t")
"""What stands between cells: a semicolon where numbers are written with a comma."""
END = re.compile(r"\r\n|\n|\r")


@dataclass(slots=True)
class Row:
    """One record: its cells as they are written, and how the line ends."""

    cells: list[str]
    end: str


@dataclass(slots=True)
class Sheet:
    """The records of a CSV file; `path` is for those who speak of it."""

    path: Path
    mark: str
    separator: str
    rows: list[Row]

    def value(self, row: int, column: int) -> str:
        """What a cell says, without its quotation marks; "" where the record is shorter."""
        cells = self.rows[row].cells
        return unquoted(cells[column]) if column < len(cells) else ""

    def values(self, row: int) -> list[str]:
        """What all cells of a record say."""
        return [unquoted(cell) for cell in self.rows[row].cells]

    def put(self, row: int, column: int, value: str) -> None:
        """Write into a cell, making the record long enough."""
        cells = self.rows[row].cells
        cells += [""] * (column + 1 - len(cells))
        cells[column] = quoted(value, self.separator)

    def text(self) -> str:
        """The file's text."""
        lines = (self.separator.join(row.cells) + row.end for row in self.rows)
        return self.mark + "".join(lines)


def read(path: Path) -> Sheet:
    """The CSV file at `path`; GradingError where there is none, or where it is damaged."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GradingError(f"{path}: cannot be read ({error.strerror})") from None
    try:
        return parse(content.decode("utf-8"), path)
    except UnicodeDecodeError:
        raise GradingError(
            f"{path}: is not a CSV file in UTF-8; download it again, and do not save it anew"
        ) from None


def parse(text: str, path: Path = Path("sheet")) -> Sheet:
    """The records in a text; GradingError where a quotation mark is not closed."""
    mark, text = (MARK, text[1:]) if text.startswith(MARK) else ("", text)
    separator = separator_of(text)
    cell = re.compile(rf'"(?:[^"]|"")*"[^{separator}\r\n]*|(?!")[^{separator}\r\n]*')
    rows: list[Row] = []
    cells: list[str] = []
    at = 0
    while at < len(text):
        found = cell.match(text, at)
        if found is None:
            raise GradingError(
                f"{path}: record {len(rows) + 1} has a quotation mark without a pair"
            )
        cells.append(found.group())
        at = found.end()
        if text[at : at + 1] == separator:
            at += 1
            if at < len(text):
                continue
            cells.append("")
        end = END.match(text, at)
        rows.append(Row(cells, end.group() if end else ""))
        cells, at = [], end.end() if end else at
    return Sheet(path, mark, separator, rows)


def separator_of(text: str) -> str:
    """What separates the cells of the first line, which in these files holds names alone."""
    first = re.sub(r'"[^"]*"', "", text[: _end_of_first_record(text)])
    return max(SEPARATORS, key=first.count)


def _end_of_first_record(text: str) -> int:
    ends = (end.start() for end in END.finditer(text) if text.count('"', 0, end.start()) % 2 == 0)
    return next(ends, len(text))


def unquoted(cell: str) -> str:
    """What a cell says."""
    if not cell.startswith('"'):
        return cell
    inside, _, after = cell[1:].rpartition('"')
    return inside.replace('""', '"') + after


def quoted(value: str, separator: str) -> str:
    """A value as it is written into a cell."""
    if any(letter in value for letter in (separator, '"', "\r", "\n")):
        return '"' + value.replace('"', '""') + '"'
    return value


def number(value: str) -> float | None:
    """The number that a cell says, with a point or a comma; None where it says none."""
    try:
        return float(value.strip().replace(",", "."))
    except ValueError:
        return None


def shown(score: float) -> str:
    """A score as school systems read it: a point, and no more than five decimals."""
    return f"{score:.5f}".rstrip("0").rstrip(".")
