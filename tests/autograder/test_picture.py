"""Pictures of traces: what they say, and that nothing in a trace can break them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from base64 import b64decode
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import picture
from autograder.model import Asked, Event, Trace
from autograder.picture.words import columns, visible, visible_lines

SVG = "{http://www.w3.org/2000/svg}"
FLAG = "first difference here"


def told(
    layers: str, lines: str, status: int | None = 200, view: str = "secret", raised: str = ""
) -> Trace:
    """A trace from the words that `Trace.lines` answers, one event in each `;`."""
    events = []
    for line in filter(None, map(str.strip, lines.split(";"))):
        name, way, *token = line.split(" ", 2)
        who, _, hook = name.partition(".")
        events.append(Event(who, way, "".join(token), hook))
    names = tuple(layers.split())
    return Trace(Asked("GET", "/admin/users"), names, view, tuple(events), status, raised)


def through(*layers: str) -> Trace:
    """The trace of a request that every layer lets pass."""
    inward = "".join(f"{layer} >;" for layer in layers)
    outward = "".join(f"{layer} < 200;" for layer in reversed(layers))
    return told(" ".join(layers), f"{inward} secret >; secret < 200; {outward}")


BLOCKED = told("BlockList", "BlockList >; BlockList < 403", 403)
PASSED = through("BlockList")
TWICE = told(
    "Retry Stamp",
    "Retry >; Stamp >; secret >; secret < 200; Stamp < 200;"
    "Stamp >; secret >; secret < 200; Stamp < 200; Retry < 200",
)
RAISED = told(
    "Errors",
    "Errors >; secret >; secret < !Http404;"
    "Errors.process_exception >; Errors.process_exception < None; Errors < 404",
    404,
)
NOTHING = told(
    "BlockList",
    "BlockList >; secret >; secret < 200; BlockList < None",
    None,
    raised="AttributeError: 'NoneType' object has no attribute 'get'",
)
HOOKED = told(
    "Auth Banner",
    "Auth >; Banner >; Auth.process_view >; Auth.process_view < None; secret >; secret < 200*;"
    "Banner.process_template_response >; Banner.process_template_response < 200*;"
    "Banner < 200; Auth < 200",
)
OLD = told(
    "A B",
    "A.process_request >; A.process_request < 403;"
    "B.process_response >; B.process_response < 403;"
    "A.process_response >; A.process_response < 403",
    403,
)
LEFT_EARLY = told("A B", "A >; B >", None)
NEVER_CALLED = told("A B", "", 404)
HONEST = [BLOCKED, PASSED, TWICE, RAISED, NOTHING, HOOKED, OLD, LEFT_EARLY, NEVER_CALLED]


# The text.


@pytest.mark.parametrize(
    ("trace", "drawn"),
    [
        (
            BLOCKED,
            """\
GET /admin/users
┌─ BlockList
└─ BlockList ← 403   (short circuit: secret never reached)
→ 403""",
        ),
        (
            TWICE,
            """\
GET /admin/users
┌─ Retry
│ ┌─ Stamp
│ │ • secret ← 200
│ └─ Stamp ← 200
│ ┌─ Stamp           (the 2nd time)
│ │ • secret ← 200   (the 2nd time)
│ └─ Stamp ← 200
└─ Retry ← 200
→ 200""",
        ),
        (
            RAISED,
            """\
GET /admin/users
┌─ Errors
│ • secret ← !Http404
│ • Errors.process_exception ← None
└─ Errors ← 404
→ 404""",
        ),
        (
            NOTHING,
            """\
GET /admin/users
┌─ BlockList
│ • secret ← 200
└─ BlockList ← None   (not a response)
→ raised AttributeError: 'NoneType' object has no attribute 'get'""",
        ),
        (
            HOOKED,
            """\
GET /admin/users
┌─ Auth
│ ┌─ Banner
│ │ • Auth.process_view ← None
│ │ • secret ← 200*
│ │ • Banner.process_template_response ← 200*
│ └─ Banner ← 200
└─ Auth ← 200
→ 200""",
        ),
        (
            OLD,
            """\
GET /admin/users
• A.process_request ← 403   (short circuit: secret never reached)
• B.process_response ← 403
• A.process_response ← 403
→ 403""",
        ),
        (
            LEFT_EARLY,
            """\
GET /admin/users
┌─ A
│ ┌─ B
→ nothing   (secret never reached)""",
        ),
        (
            told("A", "B < 200; A >; A < 200"),
            """\
GET /admin/users
└─ B ← 200   (never entered)
┌─ A
└─ A ← 200
→ 200""",
        ),
    ],
)
def test_the_text_is_a_tree_of_entering_and_leaving(trace: Trace, drawn: str) -> None:
    assert picture.text(trace) == drawn


@pytest.mark.parametrize(
    ("trace", "sentence"),
    [
        (BLOCKED, "GET /admin/users: BlockList answered 403; secret was never reached."),
        (PASSED, "GET /admin/users: through BlockList; secret answered 200."),
        (
            TWICE,
            "GET /admin/users: through Retry and Stamp; secret answered 200;"
            " Stamp and secret were entered twice.",
        ),
        (RAISED, "GET /admin/users: through Errors; secret raised Http404; Errors answered 404."),
        (
            NOTHING,
            "GET /admin/users: through BlockList; secret answered 200; BlockList returned None;"
            " AttributeError: 'NoneType' object has no attribute 'get' went through to the server.",
        ),
        (
            NEVER_CALLED,
            "GET /admin/users: nobody answered; A, B and secret were never reached;"
            " the server got 404.",
        ),
        (
            LEFT_EARLY,
            "GET /admin/users: nobody answered; secret was never reached; no response came out.",
        ),
    ],
)
def test_one_sentence_tells_the_picture_to_who_cannot_see_it(trace: Trace, sentence: str) -> None:
    assert picture.describe(trace) == sentence
    assert f'alt="{sentence}"'.replace("'", "&#x27;") in picture.html(trace)


LAYERS = st.lists(st.from_regex(r"[A-Z][a-z]{1,20}", fullmatch=True), max_size=12, unique=True)


@given(LAYERS, st.data())
def test_a_short_circuit_anywhere_names_every_layer_and_dims_the_inner_ones(
    layers: list[str], data: st.DataObject
) -> None:
    depth = data.draw(st.integers(0, len(layers)))
    passed = [*layers, "the_view"][: depth + 1]
    inward = [Event(who, ">") for who in passed]
    outward = [Event(who, "<", "200") for who in reversed(passed)]
    trace = Trace(Asked("GET", "/"), tuple(layers), "the_view", (*inward, *outward), 200)
    drawn, words = picture.svg(trace), picture.text(trace)
    for who in [*layers, "the_view"]:
        assert re.search(rf"\b{who}\b", words)
        assert (f"{who} · not reached" in drawn) == (who not in passed)
    assert drawn.count("stroke-dasharray") == len(layers) + 1 - len(passed)
    assert ("short circuit" in drawn) == ("short circuit" in words) == (depth < len(layers))


# The drawing.


def words_in(drawn: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawn).iter(f"{SVG}text")]


@pytest.mark.parametrize("trace", HONEST)
def test_stops_are_numbered_in_the_order_of_the_way(trace: Trace) -> None:
    hooks = sum(event.entered and bool(event.hook) for event in trace.events)
    stops = len(trace.events) - hooks  # a hook is entered and left in one place
    numbers = [
        int(words) for words in words_in(picture.svg(trace)) if re.fullmatch(r"\d\d?", words)
    ]
    assert numbers == list(range(1, stops + 1))


def places(drawn: str) -> list[tuple[float, float]]:
    """Where the numbered stops are, in their order."""
    texts = ET.fromstring(drawn).iter(f"{SVG}text")
    numbered = [text for text in texts if re.fullmatch(r"\d\d?", text.text or "")]
    return [(float(text.attrib["x"]), float(text.attrib["y"])) for text in numbered]


@pytest.mark.parametrize("trace", HONEST)
def test_time_goes_to_the_right_and_every_stop_has_a_place_of_its_own(trace: Trace) -> None:
    found = places(picture.svg(trace))
    assert sorted(found, key=lambda place: place[0]) == found
    assert len(set(found)) == len(found)


def test_the_way_in_goes_down_and_the_way_out_comes_back_up_beside_it() -> None:
    found = places(picture.svg(through("A", "B", "C")))
    inward, outward = found[:4], found[:3:-1]
    assert [y for _, y in inward] == sorted(y for _, y in inward) == [y for _, y in outward]
    assert len({x for x, _ in inward}) == len({x for x, _ in outward}) == 1


def test_what_was_raised_is_a_diamond_on_a_dotted_way() -> None:
    calm, alarm = picture.svg(PASSED), picture.svg(RAISED)
    assert "!Http404" in words_in(alarm)
    assert "stroke-dasharray" not in calm
    assert alarm.count("stroke-dasharray") == 2  # the turn, and on to whoever hears of it
    assert alarm.count("<polygon") == calm.count("<polygon") + 1


def test_what_was_entered_twice_says_so() -> None:
    assert words_in(picture.svg(TWICE)).count("entered twice") == 2
    assert "entered twice" not in words_in(picture.svg(PASSED))


def test_layers_of_one_name_have_a_band_and_a_stop_each() -> None:
    drawn = words_in(picture.svg(told("A A", "A >; A >; secret >; secret < 200; A < 200; A < 200")))
    assert drawn.count("A") == 2
    assert "entered twice" not in drawn
    assert {"1", "2", "3", "4", "5", "6"} <= set(drawn)


def test_of_more_than_twelve_layers_those_in_the_middle_share_a_band() -> None:
    names = [f"Layer{number}" for number in range(30)]
    drawn = words_in(picture.svg(through(*names)))
    assert "… 19 more layers" in drawn
    assert {"Layer0", "Layer5", "Layer25", "Layer29"} <= set(drawn)
    assert "Layer6" not in drawn
    assert "Layer6" in picture.text(through(*names))


def test_what_does_not_fit_is_counted() -> None:
    trace = told("A", "A >; A < 200;" * 150)
    assert "… and 100 more" in picture.text(trace)
    assert any(
        re.fullmatch(r"… and \d+ more events", words) for words in words_in(picture.svg(trace))
    )


# Two side by side.


def test_the_first_difference_is_marked_once_in_both() -> None:
    for drawn in picture.pair_svgs(BLOCKED, PASSED):
        assert words_in(drawn).count(FLAG) == 1
    assert (
        picture.side_by_side_text(BLOCKED, PASSED)
        == """\
  expected                                                   │   yours
  GET /admin/users                                           │   GET /admin/users
  ┌─ BlockList                                               │   ┌─ BlockList
▶ └─ BlockList ← 403   (short circuit: secret never reached) │ ▶ │ • secret ← 200
  → 403                                                      │   └─ BlockList ← 200
                                                             │   → 200
▶ first difference here"""
    )


@pytest.mark.parametrize("actual", HONEST)
def test_two_pictures_to_be_compared_are_of_one_size(actual: Trace) -> None:
    drawn = [ET.fromstring(one) for one in picture.pair_svgs(BLOCKED, actual)]
    assert len({(root.attrib["width"], root.attrib["height"]) for root in drawn}) == 1


def test_equal_traces_have_no_mark() -> None:
    assert "▶" not in picture.side_by_side_text(PASSED, PASSED)
    assert all(FLAG not in drawn for drawn in picture.pair_svgs(PASSED, PASSED))


def test_where_only_what_came_out_differs_the_mark_stands_there() -> None:
    other = told("BlockList", "BlockList >; secret >; secret < 200; BlockList < 200", 500)
    assert "▶ → 500" in picture.side_by_side_text(PASSED, other)
    assert all(words_in(drawn).count(FLAG) == 1 for drawn in picture.pair_svgs(PASSED, other))


def test_two_trees_too_wide_for_the_terminal_stand_one_below_the_other() -> None:
    narrow = picture.side_by_side_text(BLOCKED, PASSED, width=60)
    assert max(map(columns, narrow.splitlines())) <= 60
    assert narrow.splitlines().count("▶ └─ BlockList ← 403   (short circuit: secret never reached)")
    assert narrow.index("expected") < narrow.index("yours") < narrow.index(FLAG)


# Whatever a trace holds.

ANYTHING = st.text(st.characters(), max_size=60)
NAMES = st.sampled_from(["A", "B", "C", "secret", "handler404", "<script>alert(1)</script>"])
HOOKS = st.sampled_from(["", "", "", "process_view", "process_request", "process_response"])
OTHER_HOOKS = st.sampled_from(["process_exception", "process_template_response", "render"])
TOKENS = st.sampled_from(["", "None", "200", "403", "200*", "!Http404", '"><script>', "str"])
EVENTS = st.builds(
    Event,
    who=NAMES | ANYTHING,
    way=st.sampled_from("><") | ANYTHING,
    token=TOKENS | ANYTHING,
    hook=HOOKS | OTHER_HOOKS | ANYTHING,
)
TRACES = st.builds(
    Trace,
    request=st.builds(Asked, ANYTHING, ANYTHING),
    layers=st.lists(NAMES | ANYTHING, max_size=20).map(tuple),
    view=NAMES | ANYTHING,
    events=st.lists(EVENTS, max_size=60).map(tuple),
    status=st.none() | st.integers(),
    raised=ANYTHING,
)


class Markup(HTMLParser):
    """What JupyterLab's sanitizer and every renderer leave alone, and nothing else."""

    ALLOWED = {"div", "strong", "code", "br", "img", "details", "summary", "pre"}  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.pictures: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.ALLOWED
        assert {name for name, _ in attrs} <= {"style", *(("alt", "src") if tag == "img" else ())}
        if tag == "img":
            kind, data = str(dict(attrs)["src"]).split(",")
            assert kind == "data:image/svg+xml;base64"
            assert dict(attrs)["alt"]
            self.pictures.append(b64decode(data).decode())
        elif tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(markup: str) -> list[str]:
    """The pictures in a piece of HTML that holds only what is allowed."""
    parser = Markup()
    parser.feed(markup)
    parser.close()
    assert parser.open == []
    return parser.pictures


def is_harmless(drawn: str) -> bool:
    """Whether an SVG is well-formed, has shapes and texts only, and draws them inside itself."""
    root = ET.fromstring(drawn)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    shapes = {"svg", "title", "desc", "rect", "path", "polygon", "circle", "text"}
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in shapes
        assert not element.attrib.keys() & {"id", "style", "class", "href", "src"}
        assert not any(name.startswith("on") for name in element.attrib)
        place = {name: float(value) for name, value in element.attrib.items() if name in ("x", "y")}
        if element.tag == f"{SVG}text":
            size = columns(element.text or "") * float(element.attrib["font-size"]) * 0.6
            share = {"start": 0.0, "middle": 0.5, "end": 1.0}[element.attrib["text-anchor"]]
            assert -1 <= place["x"] - size * share <= place["x"] + size * (1 - share) <= width + 1
        if place:
            assert 0 <= place["x"] <= width
            assert 0 <= place["y"] <= height
    return True


@given(TRACES)
def test_any_trace_is_drawn_harmlessly_and_small(trace: Trace) -> None:
    words = picture.text(trace)
    assert all(letter == "\n" or letter.isprintable() for letter in words)
    assert [is_harmless(drawn) for drawn in read(picture.html(trace))] == [True]
    assert len(words) < 40_000
    assert len(picture.svg(trace)) < 120_000


@given(TRACES, TRACES)
def test_any_two_traces_stand_side_by_side(expected: Trace, actual: Trace) -> None:
    images = read(picture.pair_html(expected, actual))
    assert [is_harmless(drawn) for drawn in images] == [True, True]
    marks = [words_in(drawn).count(FLAG) for drawn in images]
    assert max(marks) <= 1


@given(TRACES)
def test_the_same_trace_is_drawn_by_the_same_bytes(trace: Trace) -> None:
    again = Trace.from_json(trace.to_json())
    assert picture.bundle(trace) == picture.bundle(again)


def test_a_trace_that_shouts_is_cut_short() -> None:
    noise = "x" * 1_000_000
    events = tuple(Event(noise, way, noise, noise) for way in "><" * 10_000)
    trace = Trace(Asked(noise, noise), (noise,) * 50, noise, events, None, noise)
    assert sum(map(len, picture.bundle(trace).values())) < 200_000


def test_a_picture_of_a_trace_is_what_jupyter_is_given() -> None:
    assert PASSED._repr_mimebundle_() == picture.bundle(PASSED)
    assert picture.bundle(PASSED).keys() == {"text/plain", "text/html"}


# Words.


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("half \ud83d", r"half \ud83d"),
        ("turn\u202edround", r"turn\u202edround"),
        ("two\nlines", r"two\nlines"),
        ("x" * 50, "x" * 39 + "…"),
        ("中文", "中文"),
    ],
)
def test_what_has_no_glyph_is_written_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_long_text_says_how_much_is_missing() -> None:
    assert visible_lines("abc\ndef\nghi", limit=7) == ["abc", "def", "… and 4 more characters"]


def test_a_wide_letter_takes_two_columns() -> None:
    assert columns("中a\u0301") == 3
