"""The boundary: whatever a host says, what comes through has the shape it should have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import messages
from autograder.host.framework import framework
from autograder.host.plain import request_from_plain
from autograder.host.wire import Malformed, decode, encode
from autograder.hosts import LocalHost
from autograder.session import Session, using
from tests.autograder.answers import CHECK, RIGHT

json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
keys = st.sampled_from(
    "is who hook token raised type message lineage status headers body request args kwargs "  # noqa: SIM905
    "environ method path path_info attributes stack said name value".split()
)
near_misses = st.dictionaries(
    keys,
    json
    | st.sampled_from(["view", "enter", "leave", "done", "raised", "200 OK", "", "GET", "/"])
    | st.dictionaries(keys, json),
)

READERS: dict[str, Callable[[Any], Any]] = {
    "result": messages.result,
    "raised": messages.raised,
    "entering": lambda message: messages.entering(message, 3),
    "response": messages.response,
    "view_call": messages.view_call,
    "text": lambda message: messages.text(message, "said"),
    "number": lambda message: messages.number(message, "stack"),
    "request": lambda message: request_from_plain(message, framework("minidjango")),
}


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=50, deadline=None, derandomize=True)
@given(message=near_misses)
def test_a_reader_takes_a_message_or_calls_it_malformed(reader: str, message: Any) -> None:
    try:
        with framework("minidjango").settings({}):
            taken = READERS[reader](message)
    except Malformed:
        return
    if isinstance(taken, str):
        taken.encode("utf-8")


@settings(max_examples=200, derandomize=True)
@given(data=st.binary(max_size=60) | json.map(str).map(str.encode))
def test_bytes_are_a_message_or_malformed(data: bytes) -> None:
    try:
        message = decode(data)
    except Malformed:
        return
    assert isinstance(message, dict)


@settings(derandomize=True)
@given(message=st.dictionaries(st.text().filter(lambda key: key != "is"), json))
def test_a_message_survives_the_crossing(message: Any) -> None:
    assert decode(encode(message)) == message


def test_nesting_beyond_reason_is_malformed() -> None:
    with pytest.raises(Malformed):
        decode(b'{"a":' * 100_000 + b"1" + b"}" * 100_000)


@pytest.mark.parametrize(
    "headers",
    [[["X", "a\r\nSet-Cookie: b"]], [["X\n", "a"]], [["X"]], [[1, 2]], "X: a", [["", "a"]]],
    ids=repr,
)
def test_a_header_that_splits_the_response_is_malformed(headers: Any) -> None:
    with pytest.raises(Malformed):
        messages.response({"status": "200 OK", "headers": headers, "body": ""})


def test_a_lone_surrogate_is_made_visible() -> None:
    assert messages.text({"said": "a\ud800b"}, "said") == "a\\ud800b"


class Liar(LocalHost):
    """A host that answers each command with the next of its lies."""

    def __init__(self, lies: list[Any]) -> None:
        super().__init__("minidjango")
        self.lies = lies

    def ask(self, command: Any, answer: Any) -> Any:
        if command["do"] == "describe":
            return super().ask(command, answer)
        lie = self.lies.pop(0) if self.lies else {"is": "done", "said": "", "stack": 0}
        for gate in lie.get("gates", []) if isinstance(lie.get("gates"), list) else []:
            if isinstance(gate, dict):
                answer(gate)
        return lie


few = st.lists(near_misses, max_size=4)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(lies=st.lists(near_misses | st.builds(lambda g: {"gates": g}, few), max_size=5))
def test_no_lie_earns_a_point_or_turns_into_a_fault_of_the_judge(lies: list[Any]) -> None:
    import autograder

    heard: list[Any] = []
    names = {name: getattr(autograder, name) for name in autograder.__all__}
    names["BlockList"] = type("BlockList", (), {})
    with using(Session(Liar(lies), heard.append)), pytest.raises(autograder.CheckFailed):
        exec(CHECK, names)
    assert heard[0].outcome in ("failed", "not attempted")
    assert heard[0].points == 0


def test_the_liar_s_own_test_would_see_a_right_answer_pass() -> None:
    import autograder

    heard: list[Any] = []
    names = {name: getattr(autograder, name) for name in autograder.__all__}
    exec(RIGHT, names)
    with using(Session(LocalHost("minidjango"), heard.append)):
        exec(CHECK, names)
    assert heard[0].passed
