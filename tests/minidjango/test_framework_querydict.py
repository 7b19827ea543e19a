"""QueryDict and its relatives do what Django's do, refusals included."""

import copy
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.minidjango.twoframeworks import agree

text = st.text(alphabet="ab é&=+%/;", max_size=3)
keys = st.sampled_from(["a", "b", "c", b"\xff", "é"])
values = st.one_of(text, st.just(b"\xe9"), st.integers(0, 3), st.just([]))
steps = st.one_of(
    st.tuples(st.just("appendlist"), keys, values),
    st.tuples(st.just("__setitem__"), keys, values),
    st.tuples(st.just("setlist"), keys, st.lists(values, max_size=2)),
    st.tuples(st.just("setdefault"), keys, values),
    st.tuples(st.just("setlistdefault"), keys, st.lists(values, max_size=2)),
    st.tuples(st.just("pop"), keys),
    st.tuples(st.just("pop"), keys, st.just(None)),
    st.tuples(st.just("__delitem__"), keys),
    st.tuples(st.just("update"), st.dictionaries(keys, values, max_size=2)),
    st.tuples(st.sampled_from(["clear", "popitem"])),
)


@settings(max_examples=100, derandomize=True, database=None, deadline=None)
@given(st.lists(text, max_size=4).map("&".join), st.lists(steps, max_size=6), st.booleans())
def test_drawn_changes_give_the_same_dict_or_the_same_refusal(query, changes, mutable):
    def case(fw):
        found = fw("http.QueryDict")(query, mutable=mutable)
        said = [fw.outcome(getattr(found, name), *args) for name, *args in changes]
        return [
            said,
            [list(found.lists()), list(found.items()), list(found.values()), found.dict()],
            [found.get("a"), found.get("b", "x"), found.getlist("a"), found.getlist("no", 7)],
            [found.urlencode(), found.urlencode(safe="/é"), found.copy().urlencode(), repr(found)],
            [found == copy.copy(found), copy.deepcopy(found)._mutable, found.encoding],
            fw.outcome(lambda: found["a"]),
        ]

    agree(case)


def test_it_can_be_made_of_bytes_and_of_keys():
    def case(fw):
        QueryDict = fw("http.QueryDict")
        return [
            dict(QueryDict(b"a=\xff").lists()),
            dict(QueryDict(b"a=%FF", encoding="latin-1").lists()),
            dict(QueryDict.fromkeys(["a", "b", "a"], "x").lists()),
            [QueryDict.fromkeys("a")._mutable, QueryDict.fromkeys("a", mutable=True)._mutable],
            fw.outcome(lambda: QueryDict("a=1&b=2&c=3")),
        ]

    agree(case, DATA_UPLOAD_MAX_NUMBER_FIELDS=2)


def test_what_it_is_updated_with_is_added_and_pickling_keeps_everything():
    def case(fw):
        many, found = fw("utils.datastructures.MultiValueDict"), fw("http.QueryDict")("a=1&a=2&b")
        changed = found.copy()
        changed.update(many({"a": ["3", "4"], "c": [], "n": ["5"]}), b="6")
        again = pickle.loads(pickle.dumps(changed))
        assert type(again) is type(changed)
        none = many({"a": None})
        return [list(again.lists()), again._mutable, again.encoding, none.getlist("a"), repr(none)]

    agree(case)


@pytest.mark.parametrize("data", [{"A-b": 1, "a-B": 2}, [("x", 1), ("Y", 2)], [("x",)], [(1, 2)]])
def test_a_mapping_without_case_is_the_same(data):
    def case(fw):
        found = fw("utils.datastructures.CaseInsensitiveMapping")(data)
        first = next(iter(found))
        same = [
            found == {first.upper(): found[first.swapcase()]},
            found == 1,
            found.copy() is found,
        ]
        return [repr(found), len(found), list(found.items()), same, found.get("none")]

    agree(case)
