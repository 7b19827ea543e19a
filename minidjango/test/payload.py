"""A body without a network (``django.test.client``)."""

from io import BytesIO, IOBase
from typing import Any

from minidjango.utils.encoding import force_bytes


class FakePayload(IOBase):
    """A body that can be read once, and not beyond its end, as one from the network."""

    def __init__(self, initial_bytes: Any = None) -> None:
        self._content = BytesIO(force_bytes(initial_bytes or b""))
        self.read_started = False

    def __len__(self) -> int:
        return len(self._content.getbuffer()) - self._content.tell()

    def write(self, b: Any, /) -> None:
        """Add to the body; ValueError once it is being read."""
        if self.read_started:
            raise ValueError("Unable to write a payload after it's been read")
        self._content = BytesIO(self._content.getvalue() + force_bytes(b))

    def read(self, size: int | None = -1, /) -> bytes:
        """Read ``size`` bytes, by default all."""
        return self._content.read(self._checked(size))

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read a line."""
        return self._content.readline(self._checked(size))

    def _checked(self, size: int | None) -> int:
        self.read_started = True
        left = len(self)
        size = left if size is None or size == -1 else size
        message = "Cannot read more than the available bytes from the HTTP incoming data."
        assert left >= size, message
        return size
