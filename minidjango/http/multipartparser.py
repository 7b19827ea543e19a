"""Forms with files: ``multipart/form-data``, RFC 7578 (``django.http.multipartparser``).

Django reads such a body piece by piece, through upload handlers, to disk when it is large. Here
it is read into memory at once.
"""

import base64
import binascii
import html
import re
from contextlib import suppress
from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from minidjango.core.files.uploadedfile import SimpleUploadedFile
from minidjango.http.querydict import QueryDict
from minidjango.utils.datastructures import MultiValueDict
from minidjango.utils.http import parse_header_parameters

BOUNDARY = re.compile(r"[ -~]{0,200}[!-~]")
MAX_TOTAL_HEADER_SIZE = 1024

Headers = dict[str, tuple[str, dict[str, str]]]


class MultiPartParserError(Exception):
    """The body is not the multipart that its content type promises: 400."""


class MultiPartParser:
    """Parses one body.

    Args:
        META: the request's; its content type has the boundary.
        input_data: has ``read``.
        encoding: the charset of names and values; by default ``settings.DEFAULT_CHARSET``.

    Raises MultiPartParserError for a content type without a usable boundary.
    """

    def __init__(self, META: dict[str, Any], input_data: Any, encoding: str | None = None) -> None:
        content_type = META.get("CONTENT_TYPE", "")
        if not content_type.startswith("multipart/"):
            raise MultiPartParserError(f"Invalid Content-Type: {content_type}")
        if not content_type.isascii():
            raise MultiPartParserError(
                f"Invalid non-ASCII Content-Type in multipart: {content_type}"
            )
        boundary = parse_header_parameters(content_type)[1].get("boundary")
        if not boundary or not BOUNDARY.fullmatch(boundary):
            raise MultiPartParserError(f"Invalid boundary in multipart: {boundary}")
        self._separator = b"--" + boundary.encode("ascii")
        self._input_data = input_data
        self._encoding = encoding or settings.DEFAULT_CHARSET
        self._fields = self._file_count = self._size = 0

    def parse(self) -> tuple[QueryDict, MultiValueDict]:
        """Return fields and files.

        Raises TooManyFieldsSent, TooManyFilesSent or RequestDataTooBig above the settings' limits.
        """
        self._post, self._files = QueryDict(mutable=True), MultiValueDict()
        *parts, last = self._input_data.read().split(self._separator)
        for part in [*map(_without_newline, parts), last]:
            self._add(*_split(part))
        self._post._mutable = False
        return self._post, self._files

    def _add(self, headers: Headers, content: bytes) -> None:
        _, options = headers.get("content-disposition", ("", {}))
        is_file = bool(options.get("filename"))
        if not is_file:
            self._count_field()
        if "name" not in options:
            return
        name = options["name"].strip()
        encoded = headers.get("content-transfer-encoding", ("",))[0] == "base64"
        if is_file:
            self._add_file(name, options["filename"], headers, content, encoded)
        else:
            self._add_field(name, content, encoded)

    def _count_field(self) -> None:
        self._fields += 1
        most = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        if most is not None and self._fields > most + 2:  # what stands before and after counts too
            raise TooManyFieldsSent(
                "The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS."
            )

    def _add_field(self, name: str, content: bytes, encoded: bool) -> None:
        self._size += len(content) + len(name) + 2
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if limit is not None and self._size > limit:
            raise RequestDataTooBig("Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.")
        if encoded:
            with suppress(binascii.Error):  # then it is taken as it is, as Django does
                content = base64.b64decode(content)
        self._post.appendlist(name, content.decode(self._encoding, "replace"))

    def _add_file(
        self, name: str, filename: str, headers: Headers, content: bytes, encoded: bool
    ) -> None:
        self._file_count += 1
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        if most is not None and self._file_count > most:
            raise TooManyFilesSent(
                "The number of files exceeded settings.DATA_UPLOAD_MAX_NUMBER_FILES."
            )
        filename = _safe_name(filename)
        if filename in ("", ".", ".."):
            return
        if encoded:
            try:
                content = base64.b64decode(content)
            except binascii.Error as error:
                raise MultiPartParserError("Could not decode base64 data.") from error
        content_type = headers.get("content-type", ("", {}))[0]
        self._files.appendlist(name, SimpleUploadedFile(filename, content, content_type))


def _without_newline(part: bytes) -> bytes:
    """Remove the line's end before a boundary, which is part of the boundary."""
    return part.removesuffix(b"\n").removesuffix(b"\r")


def _split(part: bytes) -> tuple[Headers, bytes]:
    """Return a part's headers, each as its value and its parameters, and its content."""
    head, blank, _ = part[:MAX_TOTAL_HEADER_SIZE].partition(b"\r\n\r\n")
    if not blank:
        if len(part) >= MAX_TOTAL_HEADER_SIZE:
            raise MultiPartParserError("Request max total header size exceeded.")
        return {}, part
    headers: Headers = {}
    for line in head.split(b"\r\n"):
        try:
            main, params = parse_header_parameters(line.decode())
        except ValueError:  # not text: no header that anybody knows
            continue
        name, colon, value = main.partition(":")
        if colon:
            headers[name] = (value.strip(), params)
    return headers, part[len(head) + len(blank) :]


def _safe_name(filename: str) -> str:
    """Return what stands behind the last slash of either kind, as far as it can be printed."""
    last = re.split(r"[/\\]", html.unescape(filename))[-1]
    return "".join(character for character in last if character.isprintable())
