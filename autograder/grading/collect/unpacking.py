"""The notebooks in archives and folders, and in archives in them: copied, under names of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.grading.collect import manifests
from autograder.grading.collect.containers import (
    ENTRIES,
    ENTRIES_OF_ONE,
    Entry,
    Refused,
    opened,
    room,
    room_of_one,
)
from autograder.grading.collect.manifests import Manifest

DEEPEST = 2
"""Canvas and Moodle pack what a student has packed; who packs more than that is not followed."""

TOO_MUCH = "unpacks to more than anybody hands in: the rest of it was not read"

BOMBS = 20
"""After so many archives that unpack to too much, somebody means it, and no more are opened."""

RUBBISH = {"__MACOSX", ".ipynb_checkpoints", "__pycache__"}


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A notebook that was found: every name on the way to it, and a copy.

    `fault` is why it could not be read; then there is no copy. `manifest` is what `course submit`
    said of it, and `stamp` what stood in a `timestamp.txt` beside it.
    """

    way: tuple[str, ...]
    copy: Path | None = None
    fault: str = ""
    manifest: Manifest | None = None
    stamp: str = ""

    @property
    def where(self) -> str:
        """The way, as a reader can follow it."""
        return "/".join(self.way)


@dataclass(slots=True)
class Unpacking:
    """Notebooks on their way into `scratch`, a folder of ours.

    `others` counts the files that are no notebooks, and were left where they are.
    """

    scratch: Path
    others: int = 0
    _copies: int = 0
    _left: int = 0
    _bombs: int = 0

    def unpack(self, path: Path) -> Iterator[HandedIn]:
        """Every notebook in an archive or a folder, or that one; and what could not be read."""
        self._left = room(path)
        yield from self._unpack(path, (path.resolve().name,), 0)

    def _unpack(self, path: Path, way: tuple[str, ...], depth: int) -> Iterator[HandedIn]:
        try:
            with opened(path, ENTRIES_OF_ONE if depth else ENTRIES) as entries:
                kept = [entry for entry in entries if not _is_rubbish(entry.name)]
                beside = {entry.name: entry for entry in kept}
                for entry in kept:
                    if self._left < 0 or self._bombs > BOMBS:
                        raise Refused(TOO_MUCH)
                    parts = () if entry.name.parts == way[-1:] else entry.name.parts
                    yield from self._entry(entry, beside, (*way, *parts), depth)
        except Refused as refused:
            yield HandedIn(way, fault=str(refused))

    def _entry(
        self, entry: Entry, beside: dict[PurePosixPath, Entry], way: tuple[str, ...], depth: int
    ) -> Iterator[HandedIn]:
        kind = entry.name.suffix.lower()
        if kind not in (".ipynb", ".zip"):
            self.others += entry.name.name not in (manifests.MANIFEST, manifests.STAMP)
            return
        try:
            content = self._read(entry)
            if kind == ".ipynb":
                said = manifests.of(entry.name, content, beside)
                stamp = manifests.stamp(entry.name, beside)
                yield HandedIn(way, self._copied(content), manifest=said, stamp=stamp)
                return
            if depth == DEEPEST:
                raise Refused("is an archive in archives, deeper than anybody packs them")
            copy = self._copied(content)
        except Refused as refused:
            yield HandedIn(way, fault=str(refused))
            return
        yield from self._inner(copy, way, depth + 1)
        copy.unlink()

    def _inner(self, archive: Path, way: tuple[str, ...], depth: int) -> Iterator[HandedIn]:
        """What is in one student's archive, in a room of its own: a bomb costs nobody else."""
        before, own = self._left, room_of_one(archive)
        self._left = own
        yield from self._unpack(archive, way, depth)
        if self._left < 0:
            self._bombs += 1
            self._left = before
        else:
            self._left += before - own

    def _read(self, entry: Entry) -> bytes:
        content = entry.read()
        self._left -= len(content)
        if self._left < 0:
            raise Refused("is more than its archive may unpack to")
        return content

    def _copied(self, content: bytes) -> Path:
        self._copies += 1
        copy = self.scratch / str(self._copies)
        copy.write_bytes(content)
        return copy


def _is_rubbish(name: PurePosixPath) -> bool:
    """Whether a file is what a system or an editor leaves, and nobody handed in."""
    return bool(RUBBISH.intersection(name.parts)) or name.name.startswith(".")
