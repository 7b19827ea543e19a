"""Scenarios made up by chance, near to what an exercise is about.

What a check asked of a solution (the stacks that it built, the requests that it sent, the functions
that it called) is where each begins. Then other settings, layers, paths, methods, headers and
answers are put into it: words that stand in the solution, in the mutants and in the check, words
near those, and others. A seed makes the same scenario each time.
"""

from __future__ import annotations

import ast
import random
import re
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.canned import raises, returns, streams
from autograder.host.wire import Message
from minidjango.core.exceptions import BadRequest, PermissionDenied
from minidjango.http import Http404

STATUSES = (200, 200, 200, 201, 204, 301, 302, 304, 400, 403, 404, 410, 500, 503)
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
EXCEPTIONS = (ValueError, ConnectionError, KeyError, Http404, PermissionDenied, BadRequest)
TAKES = (0, 0, 0.25, 2.5, 64)
"""How long a view takes, in seconds of a clock that stands still otherwise."""


@dataclass(frozen=True, slots=True)
class Material:
    """What scenarios are made of: what a check told a host, and the texts and numbers there are.

    `headers` are those that are, or may be, asked for.
    """

    builds: tuple[Message, ...]
    sends: tuple[Message, ...]
    calls: tuple[Message, ...]
    texts: tuple[str, ...]
    numbers: tuple[int, ...]
    headers: tuple[str, ...]


def _headers_of(send: Message) -> list[str]:
    """The headers of a request that was sent, as an environ has them."""
    return [name for name in send["environ"] if name.startswith("HTTP_")]


_HEADER = re.compile(r"[A-Za-z]+(-[A-Za-z]+)+|Origin|Accept|Host|Cookie")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A stack and what is asked of it: `build` is the number of a stack of the check's.

    `around` and `inside` are canned layers outside and inside of it; `answers` are those of its
    views, in turn. `overlap` says that each request is held in the view while the next goes in.
    Where there is no stack, a function is called: the number of a `call`, and its arguments.
    """

    build: int = -1
    settings: dict[str, Any] = field(default_factory=dict)
    around: tuple[Message, ...] = ()
    inside: tuple[Message, ...] = ()
    requests: tuple[Message, ...] = ()
    answers: tuple[Message, ...] = ()
    overlap: bool = False
    call: int = -1
    arguments: tuple[Any, ...] = ()


def material(commands: Sequence[Message], sources: Iterable[str]) -> Material:
    """What scenarios can be made of: what a check told its host, and what answers say."""
    constants = [
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
    ]
    texts = {text for text in constants if isinstance(text, str) and 0 < len(text) < 80}
    numbers = {n for n in constants if type(n) is int and 100 <= n < 600}
    sends = tuple(one for one in commands if one["do"] == "send")
    sent = {name[5:].replace("_", "-") for one in sends for name in _headers_of(one)}
    headers = sent | {text for text in texts if _HEADER.fullmatch(text)}
    return Material(
        tuple(one for one in commands if one["do"] == "build"),
        sends,
        tuple(one for one in commands if one["do"] == "call"),
        tuple(sorted(texts)),
        tuple(sorted(numbers)),
        tuple(sorted({name.title() for name in headers})),
    )


def scenario(of: Material, seed: str) -> Scenario:
    """The scenario of this seed."""
    chance = random.Random(seed)
    if of.calls and (not of.builds or chance.random() < 0.2):
        which = chance.randrange(len(of.calls))
        given = of.calls[which]["args"]
        return Scenario(call=which, arguments=tuple(_argument(chance, of, one) for one in given))
    which = chance.randrange(len(of.builds))
    settings = of.builds[which].get("settings", {})
    requests: list[Message] = []
    for _ in range(chance.randint(1, 4)):  # who remembers is found out by asking the same again
        again = requests and chance.random() < 0.3
        requests.append(requests[-1] if again else _request(chance, of, settings))
    return Scenario(
        which,
        {name: _setting(chance, of, value) for name, value in settings.items()},
        _layers(chance, 0.15),
        _layers(chance, 0.25),
        tuple(requests),
        tuple(_answer(chance, of) for _ in requests),
        chance.random() < 0.2,
    )


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(string.ascii_lowercase, k=chance.randint(1, 8)))


def _text(chance: random.Random, of: Material) -> str:
    return chance.choice(of.texts) if of.texts and chance.random() < 0.5 else _word(chance)


def _argument(chance: random.Random, of: Material, given: Any) -> Any:
    """Another value in the place of this one, of the same kind."""
    if isinstance(given, list):
        return [_text(chance, of) for _ in range(chance.randint(0, 6))]
    if isinstance(given, str):
        return chance.choice([given, _text(chance, of), _path(chance, of, [given])])
    if isinstance(given, bool):
        return chance.choice([True, False])
    if isinstance(given, int | float):
        return chance.choice([given, given + 1, 0, -given, chance.randrange(1000)])
    return given


def _setting(chance: random.Random, of: Material, value: Any) -> Any:
    if isinstance(value, list) and chance.random() < 0.5:
        kept = chance.sample(value, chance.randint(0, len(value)))
        return [*kept, *([_text(chance, of)] if chance.random() < 0.3 else [])]
    return _argument(chance, of, value) if not isinstance(value, list) else value


def _layers(chance: random.Random, likely: float) -> tuple[Message, ...]:
    if chance.random() > likely:
        return ()
    if chance.random() < 0.5:
        made = raises(chance.choice(EXCEPTIONS), _word(chance))
    else:
        made = returns(_word(chance), status=chance.choice(STATUSES))
    return ({"canned": made.to_plain()},)


def _request(chance: random.Random, of: Material, settings: dict[str, Any]) -> Message:
    """A request that was sent, as it was, or with another path, method or headers."""
    sent = chance.choice(of.sends)
    environ, body = dict(sent["environ"]), sent["body"]
    if chance.random() < 0.3:
        return {"environ": environ, "body": body}
    asked = [one["environ"]["PATH_INFO"] for one in of.sends]
    if chance.random() < 0.9:
        path, _, query = _path(chance, of, asked).partition("?")
        environ |= {"PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query}
    if chance.random() < 0.6:
        upper = [text for text in of.texts if text.isalpha() and text.isupper()]
        environ["REQUEST_METHOD"] = chance.choice([*METHODS, *upper * 4])
    for name in of.headers:
        key = f"HTTP_{name.upper().replace('-', '_')}"
        if chance.random() < 0.4:
            environ.pop(key, None)
        elif chance.random() < 0.6:
            environ[key] = _header(chance, of, key, settings)
    return {"environ": environ, "body": body}


def _header(chance: random.Random, of: Material, key: str, settings: dict[str, Any]) -> str:
    """A value for a header: one that was sent, one of a setting's, one near those, or none."""
    sent = [s["environ"][key] for s in of.sends if key in s["environ"]]
    set_ = [t for v in settings.values() for t in (v if isinstance(v, list) else [v])]
    text = chance.choice([str(t) for t in (*sent, *set_)] or [_word(chance)])
    near = [text, text, text, text[:-1], f"{text}x", text.upper(), _text(chance, of), ""]
    return chance.choice(near)


def _path(chance: random.Random, of: Material, asked: Sequence[str]) -> str:
    """A path: one that was asked for, one that stands in an answer, one near those, any other."""
    texts = [text for text in of.texts if text.startswith("/")]
    path = chance.choice([*texts, *texts, *texts, *asked, f"/{_word(chance)}/", "/"])
    word = _word(chance)
    near = [
        path,
        path,
        path,
        f"{path}/",
        path.rstrip("/"),
        path[:-1],
        f"{path}{word}",
        f"{path}/{word}/",
        f"/{word}{path}",
        f"/{path}",
        path.upper(),
        path.title(),
        f"{path}?{word}={word}",
        f"/{word}/?next={path}",
        f"{path}{word}/{word}",
        f"{path}?{_text(chance, of)}",
    ]
    found = chance.choice(near)
    return found if found.startswith("/") else f"/{found}"


def _answer(chance: random.Random, of: Material) -> Message:
    """What a view answers: a response, a stream, an exception, or nothing."""
    kind, takes = chance.random(), chance.choice(TAKES)
    if kind < 0.15:
        return raises(chance.choice(EXCEPTIONS), _word(chance), takes=takes).to_plain()
    if kind < 0.18:
        return {"value": None}
    status = chance.choice([*STATUSES, *of.numbers])
    names = {name: _text(chance, of) for name in of.headers if chance.random() < 0.15}
    headers = {name.replace("-", "_"): value for name, value in names.items()}
    content = _text(chance, of)
    if kind < 0.25:
        return streams(content, raises=None, status=status, takes=takes, **headers).to_plain()
    return returns(content, status=status, takes=takes, **headers).to_plain()
