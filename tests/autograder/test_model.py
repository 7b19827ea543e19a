"""The model: plain data that survives its JSON form, and where two traces part."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.model import Asked, Event, Scenario, Trace, first_divergence

names = st.text(max_size=8)
events = st.builds(
    Event,
    who=names,
    way=st.sampled_from("><"),
    token=st.sampled_from(["", "200", "403", "200*", "None", "!Http404"]),
    hook=st.sampled_from(["", "process_view"]),
)
asked = st.builds(Asked, method=st.sampled_from(["GET", "POST"]), path=names)
traces = st.builds(
    Trace,
    request=asked,
    layers=st.lists(names, max_size=3).map(tuple),
    view=names,
    events=st.lists(events, max_size=8).map(tuple),
    status=st.none() | st.integers(100, 599),
    raised=names,
)
scenarios = st.builds(
    Scenario,
    layers=st.lists(names, max_size=3).map(tuple),
    view=names,
    style=st.just("MIDDLEWARE"),
    settings=st.dictionaries(names, st.integers() | names),
    requests=st.lists(asked, max_size=3).map(tuple),
)
thorough = settings(derandomize=True)


@thorough
@given(trace=traces)
def test_a_trace_survives_its_json_form(trace: Trace) -> None:
    assert Trace.from_json(json.loads(json.dumps(trace.to_json()))) == trace


@thorough
@given(scenario=scenarios)
def test_a_scenario_survives_its_json_form(scenario: Scenario) -> None:
    assert Scenario.from_json(json.loads(json.dumps(scenario.to_json()))) == scenario


@thorough
@given(trace=traces)
def test_a_trace_does_not_part_from_itself(trace: Trace) -> None:
    assert first_divergence(trace, trace) is None


@thorough
@given(one=traces, other=traces)
def test_two_traces_agree_up_to_where_they_part(one: Trace, other: Trace) -> None:
    parted = first_divergence(one, other)
    assert parted == first_divergence(other, one)
    if parted is None:
        assert (one.events, one.outcome) == (other.events, other.outcome)
    else:
        assert one.events[:parted] == other.events[:parted]
        assert one.events[parted : parted + 1] != other.events[parted : parted + 1] or (
            one.outcome != other.outcome
        )


def test_a_trace_reads_in_the_words_of_the_recorded_ones() -> None:
    trace = Trace(
        Asked("GET", "/admin/"),
        ("BlockList",),
        "secret",
        (
            Event("BlockList", ">"),
            Event("BlockList", ">", hook="process_view"),
            Event("BlockList", "<", "None", "process_view"),
            Event("BlockList", "<", "403"),
        ),
        403,
    )
    assert trace.lines() == [
        "BlockList >",
        "BlockList.process_view >",
        "BlockList.process_view < None",
        "BlockList < 403",
    ]
    assert trace.reached("BlockList") == 1
    assert trace.left("BlockList") == ("403",)
    assert trace.outcome == "403"
