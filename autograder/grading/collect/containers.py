"""An archive or a folder, opened: what lies in it, and what may not be read.

Students make archives too. Nothing is unpacked here under a name out of an archive, and nothing is
read without a limit.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

ENTRIES, ENTRIES_OF_ONE = 50_000, 1_000
"""How many entries an archive may have: a class's, and one student's in it."""

LARGEST = 32_000_000
"""How many bytes one file may unpack to."""

ROOM, GROWTH, LEAST = 64_000_000, 100, 1_000_000
"""An archive may unpack to `GROWTH` times its own bytes, and `ROOM` besides.

One that a student packed has `LEAST` instead, and `ROOM` at most. Notebooks shrink to a tenth.
"""

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What `zipfile` raises on archives that are damaged, encrypted, or packed in another way."""


class Refused(Exception):
    """Something that is not read: one sentence, without the name of what it is about."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a container: its name there, and how it is opened.

    `fault` is why it is not to be opened, where there is a reason.
    """

    name: PurePosixPath
    open: Callable[[], IO[bytes]]
    fault: str = ""

    def read(self, most: int = LARGEST) -> bytes:
        """The content; raises Refused where there is a fault, or more than `most` bytes."""
        if self.fault:
            raise Refused(self.fault)
        try:
            with self.open() as file:
                content = file.read(most + 1)
        except BROKEN as error:
            raise Refused(f"is damaged ({error})") from None
        if len(content) > most:
            raise Refused(f"is larger than {most / 1e6:g} MB")
        return content


@contextlib.contextmanager
def opened(path: Path, most: int = ENTRIES) -> Iterator[list[Entry]]:
    """The entries of a zip archive or a folder, or a notebook as the one entry of its own.

    Raises Refused where it is none of them, not to be read, or an archive of more than `most`
    entries.
    """
    if not path.exists():
        raise Refused("is not there")
    if path.is_dir():
        yield _of_folder(path)
    elif path.suffix.lower() == ".ipynb":
        yield [Entry(PurePosixPath(path.name), _opening(path), _irregular(path))]
    else:
        with _zip(path, most) as archive:
            yield _of_zip(archive)


def room(path: Path) -> int:
    """How many bytes all that is in there may unpack to; a folder is as large as it is."""
    return ROOM + GROWTH * path.stat().st_size if path.is_file() else 1 << 62


def room_of_one(path: Path) -> int:
    """How many bytes an archive may unpack to that one student packed."""
    return min(ROOM, LEAST + GROWTH * path.stat().st_size)


def _of_folder(folder: Path) -> list[Entry]:
    found = []
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(place, name)
            inside = PurePosixPath(path.relative_to(folder).as_posix())
            found.append(Entry(inside, _opening(path), _irregular(path)))
    return found


def _irregular(path: Path) -> str:
    """Why a path is not read as a file; a pipe would never end."""
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if stat.S_ISLNK(mode):
        return "is a link to somewhere else, and links are not followed"
    return "" if stat.S_ISREG(mode) else "is not an ordinary file"


def _opening(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _zip(path: Path, most: int) -> zipfile.ZipFile:
    try:
        if not (path.is_file() and os.access(path, os.R_OK) and zipfile.is_zipfile(path)):
            raise Refused("is no zip archive, no notebook and no folder that can be read")
        # `zipfile` makes an object of every entry as soon as it opens an archive.
        if _count(path, b"PK\x01\x02") > most:
            raise Refused(f"has more than {most:,} entries")
        return zipfile.ZipFile(path)
    except BROKEN as error:
        raise Refused(f"cannot be opened ({error})") from None


def _count(path: Path, mark: bytes) -> int:
    """How often a mark stands in a file, read piece by piece."""
    found, before = 0, b""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found += (before + piece).count(mark)
            before = piece[1 - len(mark) :]
    return found


def _of_zip(archive: zipfile.ZipFile) -> list[Entry]:
    files = [info for info in archive.infolist() if not info.is_dir()]
    # An archive may hold a name twice, and which of the two counts would be anybody's guess.
    times = Counter(info.filename for info in files)
    return [
        Entry(_name(info), _opening_in(archive, info), _unsafe(info, times[info.filename]))
        for info in sorted(files, key=lambda info: info.filename)
    ]


def _opening_in(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _name(info: zipfile.ZipInfo) -> PurePosixPath:
    """The name as a path: some programs on Windows write backslashes into archives."""
    return PurePosixPath(info.filename.replace("\\", "/"))


def _unsafe(info: zipfile.ZipInfo, times: int) -> str:
    """Why an entry of an archive is not read."""
    name = _name(info)
    if name.is_absolute() or ".." in name.parts or re.match(r"[A-Za-z]:", info.filename):
        return "has a name that leads out of its archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link to somewhere else, and links are not followed"
    if info.flag_bits & 1:
        return "is encrypted; unpack it with its password"
    if times > 1:
        return f"is in its archive {times} times"
    return ""
