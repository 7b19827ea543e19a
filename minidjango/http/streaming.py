"""Responses that are made while they are being sent (``django.http.response``)."""

import os
from collections.abc import Iterable, Iterator
from typing import Any

from minidjango.http.base import HttpResponseBase
from minidjango.utils.http import content_disposition_header

COMPRESSED = {
    "br": "application/x-brotli",
    "bzip2": "application/x-bzip",
    "compress": "application/x-compress",
    "gzip": "application/gzip",
    "xz": "application/x-xz",
}
"""Types of compressed files: as a ``Content-Encoding`` the browser would unpack them."""


class StreamingHttpResponse(HttpResponseBase):
    """A response whose body is made while it is being sent; it can be read only once."""

    streaming = True

    def __init__(self, streaming_content: Iterable[Any] = (), *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.streaming_content = streaming_content

    @property
    def content(self) -> bytes:
        """Refuse: nobody has the whole body."""
        raise AttributeError(
            f"This {type(self).__name__} instance has no `content` attribute. Use "
            "`streaming_content` instead."
        )

    @property
    def text(self) -> str:
        """Refuse, as `content`."""
        raise AttributeError(f"This {type(self).__name__} instance has no `text` attribute.")

    @property
    def streaming_content(self) -> Iterator[bytes]:
        """The chunks to come. A layer may wrap them in a generator of its own and set that."""
        return map(self.make_bytes, self._iterator)

    @streaming_content.setter
    def streaming_content(self, value: Iterable[Any]) -> None:
        self._set_streaming_content(value)

    def _set_streaming_content(self, value: Any) -> None:
        self._iterator = iter(value)
        if hasattr(value, "close"):
            self._resource_closers.append(value.close)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.streaming_content)

    def getvalue(self) -> bytes:
        """Read the rest and return it."""
        return b"".join(self.streaming_content)


class FileResponse(StreamingHttpResponse):
    """An open binary file, from where it stands; it is closed with the response.

    Args:
        as_attachment: ask the browser to save it rather than to show it.
        filename: what to call it; by default the file's own name.

    Length, type (unless there is a ``content_type``) and disposition are found out. A server
    may send the file its own way: ``core.handlers.wsgi`` hands it to ``wsgi.file_wrapper``.
    """

    block_size = 4096
    file_to_stream: Any = None

    def __init__(
        self, *args: Any, as_attachment: bool = False, filename: str = "", **kwargs: Any
    ) -> None:
        self.as_attachment, self.filename = as_attachment, filename
        self._no_explicit_content_type = kwargs.get("content_type") is None
        super().__init__(*args, **kwargs)

    def _set_streaming_content(self, value: Any) -> None:
        self.file_to_stream = filelike = value if hasattr(value, "read") else None
        if filelike is not None:
            if hasattr(filelike, "close"):
                self._resource_closers.append(filelike.close)
            self.set_headers(filelike)
            value = iter(lambda: filelike.read(self.block_size), b"")
        super()._set_streaming_content(value)

    def set_headers(self, filelike: Any) -> None:
        """Set length, type and disposition, as far as the file tells."""
        own_name = getattr(filelike, "name", "")
        own_name = own_name if isinstance(own_name, str) else ""
        length = self._length(filelike, own_name)
        if length is not None:
            self["Content-Length"] = length
        name = os.path.basename(self.filename or own_name)
        if self._no_explicit_content_type:
            self["Content-Type"] = _guessed_type(name)
        if disposition := content_disposition_header(self.as_attachment, name):
            self["Content-Disposition"] = disposition

    def _length(self, file: Any, name: str) -> int | None:
        """Return how many bytes are to come, or None when there is no way to know."""
        seekable = hasattr(file, "seek") and (not hasattr(file, "seekable") or file.seekable())
        if seekable and hasattr(file, "tell"):
            position: int = file.tell()
            file.seek(0, os.SEEK_END)
            length: int = file.tell() - position
            file.seek(position)
        elif seekable:
            length = sum(iter(lambda: len(file.read(self.block_size)), 0))
            file.seek(-length, os.SEEK_END)
        elif hasattr(file, "tell") and hasattr(file, "getbuffer"):
            length = file.getbuffer().nbytes - file.tell()
        elif hasattr(file, "tell") and os.path.exists(name):
            length = os.path.getsize(name) - file.tell()
        else:
            return None
        return length


def _guessed_type(name: str) -> str:
    """Return the type that a file's name says it has."""
    import mimetypes  # late: it reads the system's tables

    kind, encoding = mimetypes.guess_type(name)
    return COMPRESSED.get(encoding or "", kind or "application/octet-stream")
