"""Messages between judge and host: JSON objects, each behind its length.

Both sides speak through these functions, the host in this process too, so that what crosses is the
same everywhere: plain data, checked, and bounded.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

Message = dict[str, Any]
"""A JSON object; `is` says what kind of message, `do` which command."""

LIMIT = 16 * 2**20
"""The longest message, in bytes."""

_length = struct.Struct("!I")
_encoder = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
_decoder = json.JSONDecoder()


def _once() -> Callable[[object, int], Iterable[str]]:
    """What `_encoder` makes anew for each message, which takes as long as to encode one."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return lambda message, _: _encoder.iterencode(message)
    quoted = json.encoder.encode_basestring_ascii
    chunks: Callable[[object, int], Iterable[str]] = make(
        None, _encoder.default, quoted, None, ":", ",", False, False, False
    )
    return chunks


_chunks = _once()


class Malformed(Exception):
    """What came is not a message: the fault of whoever sent it."""


def encode(message: Message) -> bytes:
    """A message as bytes; Malformed where it is not plain data or over `LIMIT`."""
    try:
        data = "".join(_chunks(message, 0)).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        raise Malformed(f"not plain data: {error}") from None
    if len(data) > LIMIT:
        raise Malformed(f"a message of {len(data):,} bytes is over the limit of {LIMIT:,}")
    return data


def decode(data: bytes) -> Message:
    """The message that `encode` made these bytes of; Malformed where they are none."""
    try:
        text = data.decode("utf-8")
        message = _decoded(text)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {error}") from None
    if not isinstance(message, dict):
        raise Malformed(f"not an object but {type(message).__name__}")
    if not isinstance(message.get("is", ""), str):
        raise Malformed("of no kind that has a name")
    return message


def _decoded(text: str) -> Any:
    try:
        found, end = _decoder.raw_decode(text)  # in half the time that decode() takes
    except json.JSONDecodeError:
        end = -1
    return found if end == len(text) else _decoder.decode(text)


def copy(message: Message) -> Message:
    """The message as the other side would have received it."""
    return decode(encode(message))


def framed(message: Message) -> bytes:
    """A message as it goes over a pipe: its length, then `encode`."""
    data = encode(message)
    return _length.pack(len(data)) + data


def write(stream: BinaryIO, message: Message) -> None:
    """Send one message; OSError where nobody listens any more."""
    stream.write(framed(message))
    stream.flush()


def read(stream: BinaryIO) -> Message:
    """The next message; EOFError at the end, Malformed for what is none."""
    (length,) = _length.unpack(_exactly(stream, _length.size))
    if length > LIMIT:
        raise Malformed(f"a message of {length:,} bytes is over the limit of {LIMIT:,}")
    return decode(_exactly(stream, length))


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError("the other side has gone")
    return data
