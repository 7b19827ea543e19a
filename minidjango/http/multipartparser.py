"""Forms with files: ``multipart/form-data``, RFC 7578 (``django.http.multipartparser``).

Django reads such a body piece by piece, through upload handlers, to disk when it is large. Here
it is read into memory at once.
"""

import base64
import binascii
import html
import io
import re
from contextlib import suppress
from typing import Any

from minidjango.conf import settings
from minidjango.core.files.uploadedfile import InMemoryUploadedFile
from minidjango.http.limits import check_limit
from minidjango.http.querydict import QueryDict
from minidjango.utils.datastructures import MultiValueDict
from minidjango.utils.http import parse_header_parameters

MAX_TOTAL_HEADER_SIZE = 1024
CHUNK = 64 * 1024

Headers = dict[str, tuple[str, dict[str, bytes]]]
"""Each header's value and its parameters, as they came over the wire."""


class MultiPartParserError(Exception):
    """The body is not the multipart that its content type promises: 400."""


class MultiPartParser:
    """Parses one body.

    Args:
        META: the request's; its content type has the boundary.
        input_data: has ``read``.
        encoding: the charset of names and values; by default ``settings.DEFAULT_CHARSET``.

    Raises MultiPartParserError for no usable boundary, or a length below zero.
    """

    boundary_re = re.compile(r"[ -~]{0,200}[!-~]")

    def __init__(self, META: dict[str, Any], input_data: Any, encoding: str | None = None) -> None:
        content_type = META.get("CONTENT_TYPE", "")
        if not content_type.startswith("multipart/"):
            raise MultiPartParserError(f"Invalid Content-Type: {content_type}")
        if not content_type.isascii():
            raise MultiPartParserError(
                f"Invalid non-ASCII Content-Type in multipart: {content_type}"
            )
        boundary = parse_header_parameters(content_type)[1].get("boundary")
        if not boundary or not self.boundary_re.fullmatch(boundary):
            raise MultiPartParserError(f"Invalid boundary in multipart: {boundary}")
        self._content_length = 0
        with suppress(ValueError, TypeError):
            self._content_length = int(META.get("CONTENT_LENGTH", 0))
        if self._content_length < 0:
            raise MultiPartParserError(f"Invalid content length: {self._content_length!r}")
        self._separator = b"--" + boundary.encode("ascii")
        self._input_data = input_data
        self._encoding = encoding or settings.DEFAULT_CHARSET
        self._fields = self._file_count = self._size = 0

    def parse(self) -> tuple[QueryDict, MultiValueDict]:
        """Return fields and files.

        Raises TooManyFieldsSent, TooManyFilesSent or RequestDataTooBig above the settings' limits.
        """
        self._post, self._files = QueryDict(mutable=True), MultiValueDict()
        if self._content_length:
            # Piece by piece: nobody knows yet whether the length is true that the client told.
            body = b"".join(iter(lambda: self._input_data.read(CHUNK), b""))
            *parts, last = body.split(self._separator)
            parts = [*map(_without_newline, parts), *filter(None, [last])]
            for number, part in enumerate(parts, 1):
                self._add(*_split(part), is_last=number == len(parts))
        self._post._mutable = False
        return self._post, self._files

    def _add(self, headers: Headers, content: bytes, is_last: bool) -> None:
        """Add a part: a file if it has a filename, else a field."""
        _, options = headers.get("content-disposition", ("", {}))
        filename = self._text(options.get("filename", b""))
        if not filename:
            self._fields += 1  # as do what stands before the first boundary and after the last
            check_limit("DATA_UPLOAD_MAX_NUMBER_FIELDS", self._fields - 2)
        if "name" not in options:
            return
        name = self._text(options["name"].strip())
        encoded = headers.get("content-transfer-encoding", ("",))[0].strip() == "base64"
        if not filename:
            self._add_field(name, content, encoded)
            return
        file = self._file(name, filename, headers, content, encoded)
        if file and name and not is_last:  # what ends without a boundary has been cut off
            self._files.appendlist(name, file)

    def _add_field(self, name: str, content: bytes, encoded: bool) -> None:
        self._size += len(content) + len(name) + 2
        check_limit("DATA_UPLOAD_MAX_MEMORY_SIZE", self._size)
        if encoded:
            with suppress(binascii.Error):  # then it is taken as it is
                content = base64.b64decode(content)
        self._post.appendlist(name, self._text(content))

    def _file(
        self, name: str, filename: str, headers: Headers, content: bytes, encoded: bool
    ) -> InMemoryUploadedFile | None:
        """Return a file, None if there is nothing left of its name."""
        self._file_count += 1
        check_limit("DATA_UPLOAD_MAX_NUMBER_FILES", self._file_count)
        safe_name = self.sanitize_file_name(filename)
        if safe_name is None:
            return None
        content = _decoded(content) if encoded else content
        kind, params = headers.get("content-type", ("", {}))
        more = kind.strip(), len(content), params.get("charset"), params
        return InMemoryUploadedFile(io.BytesIO(content), name, safe_name, *more)

    def _text(self, value: bytes) -> str:
        return value.decode(self._encoding, "replace")

    def sanitize_file_name(self, file_name: str) -> str | None:
        """Return what stands behind the last slash of either kind, as far as it can be printed."""
        last = re.split(r"[/\\]", html.unescape(file_name))[-1]
        name = "".join(character for character in last if character.isprintable())
        return None if name in ("", ".", "..") else name


def _without_newline(part: bytes) -> bytes:
    """Remove the line's end before a boundary, which is part of the boundary."""
    return part.removesuffix(b"\n").removesuffix(b"\r")


def _decoded(content: bytes) -> bytes:
    """Return what is behind base64."""
    content = b"".join(content.split())
    try:
        if len(content) % 4:
            raise binascii.Error("truncated")
        return base64.b64decode(content)
    except binascii.Error as error:
        raise MultiPartParserError("Could not decode base64 data.") from error


def _split(part: bytes) -> tuple[Headers, bytes]:
    """Return a part's headers and its content; without a blank line it is all content."""
    head, blank, _ = part[:MAX_TOTAL_HEADER_SIZE].partition(b"\r\n\r\n")
    if not blank:
        if len(part) >= MAX_TOTAL_HEADER_SIZE:
            raise MultiPartParserError("Request max total header size exceeded.")
        return {}, part
    headers: Headers = {}
    for line in head.split(b"\r\n"):
        with suppress(ValueError):  # not text, or no colon: no header that anybody knows
            main, params = parse_header_parameters(line.decode())
            name, value = main.split(":", 1)
            headers[name] = value, {key: each.encode() for key, each in params.items()}
    return headers, part[len(head) + len(blank) :]
