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
        several = isinstance(value, Iterable) and not isinstance(value, str)
        for each in value if several and not _is_file(value) else [value]:
            lines += (encode_file if _is_file(each) else _encode_field)(boundary, key, each)
    return b"\r\n".join([*lines, _bytes(f"--{boundary}--"), b""])


def encode_file(boundary: str, key: str, file: Any) -> list[bytes]:
    """Return the lines of a file's part."""
    name = getattr(file, "name", None)
    filename = os.path.basename(name) if isinstance(name, str) else ""
    guessed = mimetypes.guess_type(filename)[0] if filename else None
    content_type = getattr(file, "content_type", guessed) or "application/octet-stream"
    return [
        _bytes(f"--{boundary}"),
        _bytes(f'Content-Disposition: form-data; name="{key}"; filename="{filename or key}"'),
        _bytes(f"Content-Type: {content_type}"),
        b"",
        _bytes(file.read()),
    ]


def _encode_field(boundary: str, key: str, value: Any) -> list[bytes]:
    head = f'Content-Disposition: form-data; name="{key}"'
    return [_bytes(f"--{boundary}"), _bytes(head), b"", _bytes(value)]


def _is_file(value: Any) -> bool:
    return hasattr(value, "read") and callable(value.read)


def _bytes(value: Any) -> bytes:
    return bytes(force_bytes(value, settings.DEFAULT_CHARSET))
