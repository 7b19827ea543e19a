"""What a host says, checked: the one boundary between a student's process and the judge.

Each function takes a message and returns what it holds, in the types that it should have, or
raises Malformed. What is Malformed is the submission's failure; nothing past this boundary has to
doubt the shape of what it is given.
"""

from __future__ import annotations

import re

from autograder.evidence import Raised
from autograder.host.exceptions import TEXT as EXCEPTION
from autograder.host.gates import HOOKS
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
    if not (is_plain(request) and is_plain(args) and is_plain(kwargs)):
        raise Malformed("a call of a view with what is no plain data")
    return request, args, kwargs


def value(message: Message) -> Json:
    """A value of the student's, as plain data; None where there is none."""
    if "value" in message and not is_plain(message["value"]):
        raise Malformed("a value that is no plain data")
    return message.get("value")


def entering(message: Message, layers: int) -> tuple[int, str, bool]:
    """An event at a layer's gate: which layer, which hook, and whether it was left."""
    who, hook, kind = message.get("who"), message.get("hook"), message.get("is")
    if type(who) is not int or not 0 <= who < layers:
        raise Malformed(f"no such layer: {str(who)[:40]}")
    if hook != "" and hook not in HOOKS:
        raise Malformed(f"no such hook: {str(hook)[:40]}")
    if kind not in ("enter", "leave"):
        raise Malformed(f"no such gate: {str(kind)[:40]}")
    return who, hook, kind == "leave"


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
