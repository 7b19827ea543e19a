"""A body without a network (``django.test.client``)."""

from io import BytesIO, IOBase
from typing import Any


class FakePayload(IOBase):
    """A body that can be read once, and not beyond its end, as one from the network."""

    def __init__(self, initial_bytes: bytes | None = None) -> None:
        self._content = BytesIO(initial_bytes or b"")
        self._left = len(initial_bytes or b"")

    def __len__(self) -> int:
        return self._left

    def read(self, size: int | None = -1, /) -> bytes:
        """Read ``size`` bytes, by default all."""
        return self._take(self._content.read, size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read a line."""
        return self._take(self._content.readline, size)

    def _take(self, read: Any, size: int | None) -> bytes:
        size = self._left if size is None or size == -1 else size
        assert self._left >= size, (
            "Cannot read more than the available bytes from the HTTP incoming data."
        )
        data: bytes = read(size)
        self._left -= len(data)
        return data
