"""Files that came with a form, in memory (``django.core.files.uploadedfile``)."""

import os
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from minidjango.core.exceptions import SuspiciousFileOperation


class InMemoryUploadedFile:
    """A binary file with what the client said about it; ``read``, ``seek``, ... are ``file``'s.

    Raises SuspiciousFileOperation for a name that is none, such as ``..``.
    """

    def __init__(
        self,
        file: Any,
        field_name: str | None,
        name: str | None,
        content_type: str | None,
        size: int | None,
        charset: Any,
        content_type_extra: dict[str, bytes] | None = None,
    ) -> None:
        self.file, self.field_name, self.name = file, field_name, name
        self.content_type, self.size, self.charset = content_type, size, charset
        self.content_type_extra = content_type_extra

    @property
    def name(self) -> str | None:
        """The file's name, without directories, and not too long for any system."""
        return self._name

    @name.setter
    def name(self, name: str | None) -> None:
        if name is not None:
            name = os.path.basename(name)
            stem, extension = os.path.splitext(name)
            if len(name) > 255:
                name = stem[: 255 - len(extension[:255])] + extension[:255]
            if name in ("", ".", ".."):
                raise SuspiciousFileOperation(f"Could not derive file name from '{name}'")
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(self.file, attribute)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.name} ({self.content_type})>"

    def __str__(self) -> str:
        return self.name or ""

    def __bool__(self) -> bool:
        return bool(self.name)

    def __len__(self) -> int:
        return self.size or 0

    def __iter__(self) -> Iterator[bytes]:
        return iter(b"".join(self.chunks()).splitlines(keepends=True))

    def __enter__(self) -> "InMemoryUploadedFile":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def open(self, mode: str | None = None) -> "InMemoryUploadedFile":
        """Go back to the beginning."""
        self.file.seek(0)
        return self

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the whole content, from its beginning, in one piece."""
        self.file.seek(0)
        yield self.file.read()

    def multiple_chunks(self, chunk_size: int | None = None) -> bool:
        """Whether there may be several chunks: no, it is in memory."""
        return False


class SimpleUploadedFile(InMemoryUploadedFile):
    """One made by hand, of a name and a content."""

    def __init__(
        self, name: str, content: bytes | None, content_type: str | None = "text/plain"
    ) -> None:
        content = content or b""
        super().__init__(BytesIO(content), None, name, content_type, len(content), None)
