"""What came with a request: bytes, fields and files (``django.http.request``)."""

import os
from collections.abc import Iterator
from io import BytesIO, IOBase
from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import BadRequest, RequestDataTooBig, TooManyFilesSent
from minidjango.http.multipartparser import MultiPartParser, MultiPartParserError
from minidjango.http.querydict import QueryDict
from minidjango.utils.datastructures import MultiValueDict


class UnreadablePostError(OSError):
    """The client went away while its body was being read."""


class RawPostDataException(Exception):
    """The body was asked for after its stream had been read."""


class LimitedStream(IOBase):
    """A stream that ends after ``limit`` bytes: a server's own may wait for more for ever."""

    def __init__(self, stream: Any, limit: int) -> None:
        self._stream, self.limit, self._position = stream, limit, 0

    def read(self, size: int | None = -1, /) -> bytes:
        """Read up to ``size`` bytes, by default the rest."""
        return self._take(self._stream.read, size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read a line, or up to ``size`` bytes of it."""
        return self._take(self._stream.readline, size)

    def _take(self, read: Any, size: int | None) -> bytes:
        left = self.limit - self._position
        if left <= 0:
            return b""
        data: bytes = read(left if size is None or size == -1 else min(size, left))
        self._position += len(data)
        return data


class Body:
    """The part of a request that has a body. It can be read once, as a whole or as a stream."""

    META: dict[str, Any]
    method: str | None
    content_type: str | None
    _encoding: str | None
    _stream: Any
    _body: bytes
    _post: QueryDict
    _files: MultiValueDict
    _read_started = False

    @property
    def body(self) -> bytes:
        """The raw bytes.

        Raises RawPostDataException after the stream was read, RequestDataTooBig above
        ``settings.DATA_UPLOAD_MAX_MEMORY_SIZE``, UnreadablePostError when the client went away.
        """
        if hasattr(self, "_body"):
            return self._body
        if self._read_started:
            raise RawPostDataException(
                "You cannot access body after reading from request's data stream"
            )
        self._check_data_too_big(int(self.META.get("CONTENT_LENGTH") or 0))
        try:
            self._body = self._read_within_limit()
        except OSError as error:
            raise UnreadablePostError(*error.args) from error
        finally:
            self._stream.close()
        self._stream = BytesIO(self._body)
        self._check_data_too_big(len(self._body))
        return self._body

    def _read_within_limit(self) -> bytes:
        """Read one byte more than is allowed, at most: enough to see that it is too much."""
        if getattr(self._stream, "seekable", lambda: False)():
            self._check_data_too_big(self._stream.seek(0, os.SEEK_END))
            self._stream.seek(0)
            return self.read()
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return self.read() if limit is None else self.read(limit + 1)

    @staticmethod
    def _check_data_too_big(length: int) -> None:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if limit is not None and length > limit:
            raise RequestDataTooBig("Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.")

    def _mark_post_parse_error(self) -> None:
        """Leave the form empty, so that nobody parses it (again)."""
        self._post, self._files = QueryDict(encoding=self._encoding), MultiValueDict()

    def _load_post_and_files(self) -> None:
        """Parse the form, if it is one and was sent by POST."""
        read_as_stream = self._read_started and not hasattr(self, "_body")
        if self.method != "POST" or read_as_stream:
            self._mark_post_parse_error()
        elif self.content_type == "multipart/form-data":
            self._load_multipart()
        elif self.content_type == "application/x-www-form-urlencoded":
            self._load_urlencoded()
        else:
            self._mark_post_parse_error()

    def _load_multipart(self) -> None:
        data = BytesIO(self._body) if hasattr(self, "_body") else self
        try:
            parser = MultiPartParser(self.META, data, encoding=self._encoding)
            self._post, self._files = parser.parse()
        except (MultiPartParserError, TooManyFilesSent):
            self._mark_post_parse_error()
            raise

    def _load_urlencoded(self) -> None:
        if self._encoding is not None and self._encoding.lower() != "utf-8":
            raise BadRequest(
                "HTTP requests with the 'application/x-www-form-urlencoded' content type must be "
                "UTF-8 encoded."
            )
        self._post, self._files = QueryDict(self.body, encoding="utf-8"), MultiValueDict()

    def close(self) -> None:
        """Close the files that came with the request."""
        if hasattr(self, "_files"):
            for _, files in self._files.lists():
                for file in files:
                    file.close()

    def read(self, *args: Any, **kwargs: Any) -> bytes:
        """Read from the stream. After that, ``body`` is out of reach."""
        return self._from_stream("read", *args, **kwargs)

    def readline(self, *args: Any, **kwargs: Any) -> bytes:
        """Read a line from the stream."""
        return self._from_stream("readline", *args, **kwargs)

    def _from_stream(self, how: str, *args: Any, **kwargs: Any) -> bytes:
        self._read_started = True
        try:
            data: bytes = getattr(self._stream, how)(*args, **kwargs)
        except OSError as error:
            raise UnreadablePostError(*error.args) from error
        return data

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def readlines(self) -> list[bytes]:
        """Read the remaining lines."""
        return list(self)
