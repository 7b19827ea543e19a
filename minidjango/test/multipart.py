"""Writing ``multipart/form-data``, as a browser does (``django.test.client``)."""

import mimetypes
import os
from collections.abc import Iterable
from typing import Any

from minidjango.conf import settings
from minidjango.utils.encoding import force_bytes

BOUNDARY = "BoUnDaRyStRiNg"
MULTIPART_CONTENT = f"multipart/form-data; boundary={BOUNDARY}"


def encode_multipart(boundary: str, data: dict[str, Any]) -> bytes:
    """Return a form's body. Values are text, files (what can be read), or several of either.

    Raises TypeError for None.
    """
    lines: list[bytes] = []
    for key, value in data.items():
        if value is None:
            raise TypeError(
                f"Cannot encode None for key '{key}' as POST data. Did you mean to pass an empty "
                "string or omit the value?"
            )
        several = not isinstance(value, str | bytes) and not _is_file(value)
        for each in value if several and isinstance(value, Iterable) else [value]:
            lines += (
                encode_file(boundary, key, each) if _is_file(each) else _field(boundary, key, each)
            )
    lines += [_bytes(f"--{boundary}--"), b""]
    return b"\r\n".join(lines)


def encode_file(boundary: str, key: str, file: Any) -> list[bytes]:
    """Return the lines of a file's part."""
    filename = os.path.basename(file.name) if getattr(file, "name", None) else ""
    content_type = getattr(file, "content_type", None) or mimetypes.guess_type(filename)[0]
    return [
        _bytes(f"--{boundary}"),
        _bytes(f'Content-Disposition: form-data; name="{key}"; filename="{filename or key}"'),
        _bytes(f"Content-Type: {content_type or 'application/octet-stream'}"),
        b"",
        _bytes(file.read()),
    ]


def _field(boundary: str, key: str, value: Any) -> list[bytes]:
    head = f'Content-Disposition: form-data; name="{key}"'
    return [_bytes(f"--{boundary}"), _bytes(head), b"", _bytes(value)]


def _is_file(value: Any) -> bool:
    return hasattr(value, "read") and callable(value.read)


def _bytes(value: Any) -> bytes:
    return bytes(force_bytes(value, settings.DEFAULT_CHARSET))
