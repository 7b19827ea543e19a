"""A file in memory that came with a form (``django.core.files.uploadedfile``)."""

from collections.abc import Iterator
from io import BytesIO


class SimpleUploadedFile(BytesIO):
    """A binary file with the name, type and size that the client gave it."""

    def __init__(
        self, name: str, content: bytes | None, content_type: str | None = "text/plain"
    ) -> None:
        super().__init__(content or b"")
        self.name: str = name
        self.content_type = content_type
        self.size = len(content or b"")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.name} ({self.content_type})>"

    def __str__(self) -> str:
        return self.name

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the whole content, from its beginning, in one piece."""
        self.seek(0)
        yield self.read()
