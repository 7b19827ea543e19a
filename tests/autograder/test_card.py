"""Cards of verdicts: what a student reads, and that nothing in a verdict can break one."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import card
from autograder.model import Asked, Event, Trace
from autograder.points import Part
from autograder.verdict import Outcome, Verdict

REQUEST = Asked("GET", "/admin/x")
BLOCKED = Trace(
    REQUEST,
    ("BlockList",),
    "secret",
    (Event("BlockList", ">"), Event("BlockList", "<", "403")),
    403,
)
PASSED_ON = Trace(
    REQUEST,
    ("BlockList",),
    "secret",
    (
        Event("BlockList", ">"),
        Event("secret", ">"),
        Event("secret", "<", "200"),
        Event("BlockList", "<", "200"),
    ),
    200,
)
FAILED = Verdict(
    check="block-list",
    outcome=Outcome.FAILED,
    points=1,
    maximum=2,
    misconception="blocks-too-late",
    title="The view ran although the path is blocked",
    message="GET /admin/x: expected 403; 200",
    explanation="`BlockList` asked the next layer first.",
    called="GET /admin/x",
    happened="200",
    wanted="403",
    hint="What must be known before `get_response` is called?",
    captured="WARNING request: Forbidden: /admin/x",
    expected=BLOCKED,
    actual=PASSED_ON,
)
PASSED = Verdict("block-list", Outcome.PASSED, 2, 2, actual=BLOCKED)
OTHERS = [Outcome.NOT_ATTEMPTED, Outcome.TIMED_OUT, Outcome.SKIPPED, Outcome.ERRORED]


class Reader(HTMLParser):
    """Reads a card as a sanitizer lets it through, and refuses what a sanitizer would remove."""

    ALLOWED = {"div", "strong", "code", "br", "img", "details", "summary", "pre"}  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said: list[str] = []
        self.alts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        assert tag in self.ALLOWED
        assert found.keys() <= {"style", *(("alt", "src") if tag == "img" else ())}
        if tag == "img":
            kind, data = str(found["src"]).split(",")
            assert kind == "data:image/svg+xml;base64"
            ET.fromstring(b64decode(data))
            self.alts.append(str(found["alt"]))
        elif tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def read(verdict: Verdict) -> Reader:
    reader = Reader()
    reader.feed(card.html(verdict))
    reader.close()
    assert reader.open == []
    return reader


def test_a_failed_card_tells_the_whole_story_in_the_terminal() -> None:
    assert (
        card.text(FAILED)
        == """\
:( block-list: failed, 1 of 2 points
   The view ran although the path is blocked (blocks-too-late)
   `BlockList` asked the next layer first.
   called:   GET /admin/x
   expected: 403
   happened: 200

     expected                                                   │   yours
     GET /admin/x                                               │   GET /admin/x
     ┌─ BlockList                                               │   ┌─ BlockList
   ▶ └─ BlockList ← 403   (short circuit: secret never reached) │ ▶ │ • secret ← 200
     → 403                                                      │   └─ BlockList ← 200
                                                                │   → 200
   ▶ first difference here

   hint: What must be known before `get_response` is called?

   meanwhile logged, warned or printed:
   | WARNING request: Forbidden: /admin/x"""
    )


def test_a_failed_card_tells_the_same_story_in_a_notebook() -> None:
    reader = read(FAILED)
    said = "".join(reader.said)
    story = [FAILED.title, FAILED.misconception, FAILED.called, FAILED.happened, FAILED.wanted]
    for words in [*story, FAILED.captured, "1 of 2 points", ":(", "first difference here"]:
        assert words in said
    assert reader.alts == [
        "Expected: GET /admin/x: BlockList answered 403; secret was never reached.",
        "Yours: GET /admin/x: through BlockList; secret answered 200.",
    ]


def test_a_mistake_without_a_name_is_not_as_expected() -> None:
    nameless = replace(FAILED, misconception="", title="")
    assert "   not as expected\n" in card.text(nameless)
    assert "not as expected" in read(nameless).said


def test_a_passed_card_is_short_and_shows_the_students_own_onion() -> None:
    assert (
        card.text(PASSED)
        == """\
:) block-list: passed, 2 of 2 points

   GET /admin/x
   ┌─ BlockList
   └─ BlockList ← 403   (short circuit: secret never reached)
   → 403"""
    )
    assert len(read(PASSED).alts) == 1


def test_a_check_with_a_part_still_to_come_gives_no_points_yet() -> None:
    words = "visible part passed, hidden part not yet known"
    said = card.text(replace(PASSED, pending=True, message="It held."))
    assert said.startswith(f":) block-list: {words}\n   It held.\n   A hidden part of this check")
    assert card.text(replace(FAILED, pending=True)).startswith(":( block-list: failed, 1 of 2")


def test_each_part_has_a_mark_of_its_own() -> None:
    parts = (Part("it is there", 1), Part("and right", 0.5, "expected a; b"))
    said = card.text(replace(FAILED, parts=parts))
    assert "   part:     :) it is there, 1 of 1 point\n" in said
    assert "   part:     :( and right, 0 of 0.5 points: expected a; b\n" in said
    assert ":( and right" in "".join(read(replace(FAILED, parts=parts)).said)


@pytest.mark.parametrize("outcome", OTHERS)
def test_what_is_neither_right_nor_wrong_has_a_mark_of_its_own(outcome: Outcome) -> None:
    verdict = Verdict("block-list", outcome, 0, 2, message="It says why.")
    assert card.text(verdict).startswith(f":| block-list: {outcome}")
    assert card.text(verdict).endswith("   It says why.")
    assert {":|", "It says why."} <= set(read(verdict).said)


def test_one_point_is_not_points() -> None:
    assert card.text(replace(PASSED, points=1, maximum=1)).startswith(
        ":) block-list: passed, 1 of 1 point\n"
    )


def test_a_check_that_broke_gives_no_zero() -> None:
    broken = Verdict("block-list", Outcome.ERRORED, 0, 2, message="The check broke.")
    assert "points" not in card.text(broken) + card.html(broken)


def test_an_answer_not_attempted_has_no_picture() -> None:
    blank = replace(FAILED, outcome=Outcome.NOT_ATTEMPTED)
    assert "┌" not in card.text(blank)
    assert read(blank).alts == []


def test_the_verdict_itself_goes_along_as_data() -> None:
    bundle = FAILED._repr_mimebundle_()
    assert bundle == card.bundle(FAILED)
    assert bundle[card.MIMETYPE] == FAILED.to_json()
    assert json.loads(json.dumps(bundle)) == bundle


def test_what_stands_in_backquotes_is_code_and_a_lone_one_is_itself() -> None:
    assert ">BlockList</code> asked" in card.html(FAILED)
    assert "a ` alone" in card.html(replace(FAILED, explanation="a ` alone"))


ANYTHING = st.text(st.characters(), max_size=80) | st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "`<b>`", "\x1b[2J", "a\nb\r\nc"]
)


@given(
    st.builds(
        Verdict,
        check=ANYTHING,
        outcome=st.sampled_from(Outcome),
        points=st.floats(),
        maximum=st.floats(),
        misconception=ANYTHING,
        title=ANYTHING,
        message=ANYTHING,
        called=ANYTHING,
        happened=ANYTHING,
        wanted=ANYTHING,
        hint=ANYTHING,
        captured=ANYTHING,
        expected=st.sampled_from([None, BLOCKED]),
        actual=st.sampled_from([None, PASSED_ON]),
    )
)
def test_whatever_a_verdict_says_its_card_is_harmless(verdict: Verdict) -> None:
    read(verdict)
    assert all(letter == "\n" or letter.isprintable() for letter in card.text(verdict))


def test_a_verdict_that_shouts_is_cut_short() -> None:
    noise = "x\n" * 500_000
    loud = replace(FAILED, message=noise, called=noise, hint=noise, captured=noise, title=noise)
    assert len(card.text(loud)) < 60_000
    assert len(card.html(loud)) < 60_000
    assert "more characters" in card.text(loud)
