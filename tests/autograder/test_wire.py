"""What crosses is JSON, as the standard library's own functions write and read it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.host import wire
from autograder.host.wire import Malformed, Message

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inside: (
        st.lists(inside) | st.tuples(inside) | st.dictionaries(st.text() | st.integers(), inside)
    ),
    max_leaves=10,
)
MESSAGES = st.dictionaries(st.text(), VALUES, max_size=3)
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(function: Any, *args: Any) -> object:
    try:
        return function(*args)
    except (ValueError, Malformed):
        return "refused"


def as_json(message: Message) -> bytes:
    return json.dumps(message, separators=(",", ":"), allow_nan=False).encode("ascii")


@some
@given(MESSAGES)
def test_a_message_is_written_as_json_writes_it_or_refused_where_json_refuses(
    message: Message,
) -> None:
    assert outcome(wire.encode, message) == outcome(as_json, message)


@some
@given(MESSAGES, st.sampled_from(["", " ", "\n", "x", "{}", "\0"]), st.sampled_from(["", " ", "y"]))
def test_what_is_read_is_what_json_reads_with_anything_round_it(
    message: Message, after: str, before: str
) -> None:
    text = before + json.dumps({**message, "is": "done"}) + after
    expected = outcome(json.loads, text)
    found = outcome(wire.decode, text.encode())
    assert repr(found) == repr(expected)  # NaN is like nothing, itself included


@pytest.mark.parametrize("thing", [object(), {1, 2}, b"bytes"])
def test_what_is_no_plain_data_is_refused_by_name(thing: object) -> None:
    with pytest.raises(Malformed, match=type(thing).__name__):
        wire.encode({"thing": thing})


def test_a_message_that_holds_itself_is_refused_and_the_next_one_is_written() -> None:
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(Malformed):
        wire.encode({"circle": circle})
    shared = [1]
    assert wire.encode({"a": shared, "b": shared}) == b'{"a":[1],"b":[1]}'
