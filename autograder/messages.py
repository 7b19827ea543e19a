"""What a host says, checked: the one boundary between a student's process and the judge.

Each function takes a message and returns what it holds, in the types that it should have, or
raises Malformed. What is Malformed is the submission's failure; nothing past this boundary has to
doubt the shape of what it is given.
"""

from __future__ import annotations

import itertools
import re

from autograder.evidence import Raised
from autograder.host.exceptions import TEXT as EXCEPTION
from autograder.host.gates import OLD_HOOKS
from autograder.host.values import is_plain
from autograder.host.wire import Malformed, Message
from autograder.model import Json

_STATUS = re.compile(r"[1-5][0-9][0-9] [^\r\n\0]*\Z")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_NUMBER = re.compile(r"[0-9]{1,18}\Z")
_VALUE = re.compile(r"[^\r\n\0]*\Z")

TEXT = 20_000
"""The longest text that is taken, in characters, but for a body."""

NAME = 200
"""The longest name of a type."""

HEADERS = 1_000
"""How many headers a response may have."""

KINDS = ("enter", "leave", "built", "read")
"""What a host tells of without asking: a gate, a layer that was made, a part of a stream."""


def text(message: Message, key: str, limit: int = TEXT) -> str:
    """A text that can be written down: without lone surrogates, not too long."""
    value = message.get(key)
    if not isinstance(value, str):
        raise Malformed(f"{key} is no text")
    return clean(value, limit)


def clean(value: str, limit: int = TEXT) -> str:
    """The same text with what UTF-8 cannot write made visible, cut at `limit` characters."""
    return value[:limit].encode("utf-8", "backslashreplace").decode("utf-8")


def token(message: Message) -> str:
    """What came out of a layer, in a word."""
    return text(message, "token", NAME)


def raised(message: Message) -> Raised:
    """An exception that the student's code raised."""
    found = message.get("raised")
    if not isinstance(found, dict) or not isinstance(found.get("lineage"), list):
        raise Malformed("no exception")
    lineage = found["lineage"][:50]
    if not all(isinstance(name, str) for name in lineage):
        raise Malformed("an exception's lineage is no list of names")
    return Raised(
        text(found, "type", NAME),
        text(found, "message", EXCEPTION),
        tuple(clean(name, NAME) for name in lineage),
        text(found, "where", NAME),
    )


def number(message: Message, key: str) -> int:
    """A whole number."""
    value = message.get(key)
    if type(value) is not int:
        raise Malformed(f"{key} is no number")
    return value


def result(message: Message) -> Message:
    """What a command came to: it was carried out, or raised, or a name was missing."""
    if message.get("is") not in ("done", "raised", "missing"):
        raise Malformed(f"no such result: {str(message.get('is'))[:40]}")
    return message


def view_call(message: Message) -> tuple[Message, list[Json], dict[str, Json]]:
    """A call of the view: its request as data, its arguments."""
    request, args, kwargs = message.get("request"), message.get("args"), message.get("kwargs")
    if not (isinstance(request, dict) and isinstance(args, list) and isinstance(kwargs, dict)):
        raise Malformed("no call of a view")
    if not (_is_request(request) and is_plain(args) and is_plain(kwargs)):
        raise Malformed("a call of a view with what is no plain data")
    return request, args, kwargs


def _is_request(request: Message) -> bool:
    """Whether it has the parts of a request, in the types that they should have, or none at all."""
    environ, attributes = request.get("environ"), request.get("attributes")
    texts = [request.get(key) for key in ("body", "method", "path", "path_info")]
    if isinstance(environ, dict) and isinstance(attributes, dict):
        return {*map(type, texts), *map(type, environ.values())} == {str} and is_plain(attributes)
    return not request


def value(message: Message) -> Json:
    """A value of the student's, as plain data; None where there is none."""
    if "value" in message and not is_plain(message["value"]):
        raise Malformed("a value that is no plain data")
    return message.get("value")


def events(message: Message) -> list[Message]:
    """What a host tells besides: the gates that were passed since it last said something."""
    told = message.get("events", [])
    if not isinstance(told, list):
        raise Malformed("no list of gates")
    for event in told:
        if not isinstance(event, dict) or event.get("is") not in KINDS:
            raise Malformed("no such gate")
    return told


def entering(message: Message, layers: int) -> tuple[int, str, bool]:
    """An event at a layer's gate: which layer, which hook, and whether it was left."""
    who, hook = layer(message, layers), message.get("hook")
    if hook != "" and hook not in OLD_HOOKS:
        raise Malformed(f"no such hook: {str(hook)[:40]}")
    return who, str(hook), message["is"] == "leave"


def layer(message: Message, layers: int) -> int:
    """Which layer something is about."""
    who = message.get("who")
    if type(who) is not int or not 0 <= who < layers:
        raise Malformed(f"no such layer: {str(who)[:40]}")
    return who


def own_answer(message: Message) -> Message:
    """What is said of a response of a view of the student's, as `seen_to_plain` says it."""
    said = message.get("response")
    if not isinstance(said, dict) or type(said.get("status")) is not int:
        raise Malformed("no answer of a view")
    headers, chunks = said.get("headers"), said.get("chunks")
    if not isinstance(headers, list) or not all(map(_is_header, headers)):
        raise Malformed("a header that HTTP cannot send")
    if not isinstance(chunks, list) or not all(isinstance(chunk, str) for chunk in chunks):
        raise Malformed("no content")
    if not all(chunk.isascii() or max(chunk) < "\u0100" for chunk in chunks):
        raise Malformed("no content")
    return {"status": said["status"], "headers": headers, "chunks": chunks, "open": "open" in said}


def pieces(message: Message, content: bytes) -> list[bytes]:
    """The parts in which a body came."""
    lengths = message.get("pieces", [len(content)])
    if not isinstance(lengths, list) or not all(type(n) is int and n >= 0 for n in lengths):
        raise Malformed("no parts of a body")
    if sum(lengths) != len(content):
        raise Malformed("parts that are not the body")
    ends = list(itertools.accumulate(lengths))
    return [content[end - length : end] for end, length in zip(ends, lengths, strict=True)]


def seconds(message: Message, key: str) -> float | None:
    """How long something took, in seconds; None where nothing is said of it."""
    value = message.get(key)
    if value is None:
        return None
    if type(value) not in (int, float) or not 0 <= value < 1e9:
        raise Malformed(f"{key} is no time")
    return float(value)


def response(message: Message) -> tuple[str, list[tuple[str, str]], bytes]:
    """A response: its status line, its headers, its body, as PEP 3333 wants them."""
    status, headers, body = message.get("status"), message.get("headers"), message.get("body")
    if not isinstance(status, str) or not _STATUS.match(status):
        raise Malformed("no status line")
    if not isinstance(headers, list) or not all(map(_is_header, headers)):
        raise Malformed("a header that HTTP cannot send")
    if len(headers) > HEADERS:
        raise Malformed(f"{len(headers):,} headers, of which {HEADERS:,} are taken")
    try:
        content = body.encode("latin-1")  # type: ignore[union-attr]
    except (AttributeError, UnicodeEncodeError):
        raise Malformed("no body") from None
    return status, [(name, value) for name, value in headers], content


def _is_header(pair: object) -> bool:
    if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(x, str) for x in pair)):
        return False
    if pair[0].lower() == "content-length" and not _NUMBER.match(pair[1]):
        return False
    return bool(_HEADER.match(pair[0]) and _VALUE.match(pair[1]))
