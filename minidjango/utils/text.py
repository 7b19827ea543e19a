"""Compressing (``django.utils.text``)."""

import secrets
from collections.abc import Iterable, Iterator
from gzip import GzipFile
from io import BytesIO


def compress_string(s: bytes, *, max_random_bytes: int | None = None) -> bytes:
    """Return ``s`` as a gzip file; see `compress_sequence`."""
    return b"".join(compress_sequence([s], max_random_bytes=max_random_bytes))


def compress_sequence(
    sequence: Iterable[bytes], *, max_random_bytes: int | None = None
) -> Iterator[bytes]:
    """Yield a gzip file of the parts of ``sequence``, as it grows.

    Its header holds a file name of fewer than ``max_random_bytes`` letters, by chance: the length
    of the whole then says less about what is in it.
    """
    name = b"a" * secrets.randbelow(max_random_bytes) if max_random_bytes else b""
    buffer = BytesIO()
    with GzipFile(name, "wb", compresslevel=6, fileobj=buffer, mtime=0) as archive:
        for part in sequence:
            archive.write(part)
            if ready := _taken(buffer):
                yield ready
    yield _taken(buffer)


def _taken(buffer: BytesIO) -> bytes:
    ready = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return ready
