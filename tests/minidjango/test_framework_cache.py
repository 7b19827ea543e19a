"""A cache keeps and forgets what Django's keeps and forgets."""

import contextlib
import threading
import warnings
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.minidjango.twoframeworks import agree, framework

keys = st.sampled_from(["a", "b", "c", 7])
values = st.sampled_from([1, 2, "text", None, {"a": [1]}])
timeouts = st.sampled_from([None, 0, 1, 5, -1, 1.5])
versions = st.sampled_from([None, 1, 2])
operations = st.one_of(
    st.tuples(st.sampled_from(["set", "add"]), keys, values),
    st.tuples(st.sampled_from(["set", "add"]), keys, values, timeouts),
    st.tuples(st.sampled_from(["set", "add", "get_or_set"]), keys, values, timeouts, versions),
    st.tuples(st.just("get"), keys, values, versions),
    st.tuples(st.just("touch"), keys, timeouts, versions),
    st.tuples(st.sampled_from(["delete", "has_key"]), keys, versions),
    st.tuples(st.sampled_from(["incr", "decr"]), keys, st.integers(-2, 2), versions),
    st.tuples(st.sampled_from(["incr_version", "decr_version"]), keys, st.just(1), versions),
    st.tuples(st.sampled_from(["get_many", "delete_many"]), st.lists(keys), versions),
    st.tuples(st.just("set_many"), st.dictionaries(keys, values), timeouts, versions),
    st.tuples(st.just("__contains__"), keys),
    st.tuples(st.just("clear")),
    st.tuples(st.just("wait"), st.sampled_from([1, 5, 400])),
)


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


@contextlib.contextmanager
def caches(fw, **params):
    """Give a framework's caches, empty, with these for ``default``, and a clock to set."""
    chosen = {"BACKEND": f"{fw.root}.core.cache.backends.locmem.LocMemCache", **params}
    fw("conf.settings").CACHES = {"default": chosen}
    tell = fw("test.signals.setting_changed").send
    tell(sender=None, setting="CACHES", value={}, enter=True)
    found, clock = fw("core.cache.caches"), Clock()
    with mock.patch("time.time", clock):
        found["default"].clear()
        yield found, clock
    tell(sender=None, setting="CACHES", value={}, enter=False)


def done(fw, steps, **params):
    """Return what a cache answers to each step."""
    with caches(fw, **params) as (found, clock):
        cache, said = found["default"], []
        for name, *args in steps:
            if name == "wait":
                clock.now += args[0]
            else:
                said.append(fw.outcome(getattr(cache, name), *args))
        return said


@settings(max_examples=30, derandomize=True, database=None, deadline=None)
@given(
    st.lists(operations, max_size=12),
    st.fixed_dictionaries(
        {},
        optional={
            "TIMEOUT": st.sampled_from([None, 1, "5", "never", 0]),
            "KEY_PREFIX": st.just("prefix"),
            "VERSION": st.just(2),
            "OPTIONS": st.fixed_dictionaries(
                {"MAX_ENTRIES": st.sampled_from([2, "3", None])},
                optional={"CULL_FREQUENCY": st.sampled_from([0, 1, 2, "two"])},
            ),
        },
    ),
)
def test_drawn_operations_give_the_same(steps, params):
    agree(lambda fw: done(fw, steps, **params))


STEPS = {
    "timeouts": [
        *(("set", key, key, key) for key in (0, 1, 5, -1)),
        *(("set", "forever", 1, None), ("set", "usual", 1), ("wait", 1)),
        *(("get_many", [0, 1, 5, -1]), ("touch", 5, 60), ("touch", 1), ("wait", 299)),
        *(("has_key", 5), ("__contains__", "usual"), ("wait", 1), ("get", "usual")),
        *(("get", "forever"), ("touch", "forever", 0), ("get", "forever", "gone")),
    ],
    "deleting": [
        *(("set", "a", 1), ("delete", "a"), ("get", "a", "gone"), ("delete", "a"), ("add", "a", 2)),
        *(("add", "a", 3), ("get", "a"), ("delete_many", ["a", "b"]), ("incr", "a"), ("get", "a")),
        *(
            ("set", "a", 1, 1),
            ("wait", 2),
            ("delete", "a"),
            ("set", "a", 1),
            ("clear",),
            ("get", "a"),
        ),
    ],
    "versions": [
        *(("set", "a", 1), ("incr_version", "a"), ("get", "a"), ("get", "a", None, 2)),
        *(("incr_version", "a"), ("decr_version", "a", 1, 2), ("get", "a"), ("get", "a", None, 2)),
        *(("set", "a", 5, None, 2), ("incr", "a", 3, 2), ("decr", "a"), ("get_many", ["a"], 2)),
    ],
    "numbers": [
        *(("set", "a", 1, 5), ("incr", "a", 2), ("wait", 5), ("incr", "a"), ("decr", "b")),
        *(("set", "a", "text"), ("incr", "a"), ("get_or_set", "a", 1), ("get_or_set", "c", 1)),
    ],
}


@pytest.mark.parametrize("name", STEPS)
def test_steps_give_the_same(name):
    agree(lambda fw: done(fw, STEPS[name]))


def test_a_full_cache_loses_the_same_values():
    def case(fw):
        steps = [("set", number, number) for number in range(9)]
        steps += [("get", 0), ("incr", 1), ("has_key", 2), ("set", 3, 3), ("touch", 4)]
        steps += [("set", "more", 1), ("get_many", range(9))]
        return done(fw, steps, OPTIONS={"MAX_ENTRIES": 9})

    agree(case)


def test_nothing_is_kept_by_the_dummy():
    steps = [("set", "a", 1), ("add", "a", 1), ("get", "a", 5), ("has_key", "a"), ("incr", "a")]
    steps += [("touch", "a"), ("delete", "a"), ("get_or_set", "a", 3), ("get_many", ["a"])]
    steps += [("set_many", {"a": 1}), ("delete_many", ["a"]), ("clear",), ("incr_version", "a")]

    def case(fw):
        return done(fw, steps, BACKEND=f"{fw.root}.core.cache.backends.dummy.DummyCache")

    agree(case)


KEYS = ["a", "a b", "x" * 246, "x" * 247, "\x7f"]


def own_key(key, key_prefix, version):
    return f"{key}/{key_prefix}/{version}"


def test_keys_are_made_and_complained_of_alike():
    def case(fw):
        with caches(fw, KEY_FUNCTION=f"{__name__}.own_key", KEY_PREFIX="p") as (found, _):
            with warnings.catch_warnings(record=True) as seen:
                warnings.simplefilter("always")
                said = [found["default"].get(key, "none") for key in KEYS]
            made = found["default"].make_key("a", 5)
            kinds = [[each.category.__name__, str(each.message)] for each in seen]
        key_func = fw("core.cache.backends.base.get_key_func")
        return [said, made, kinds, key_func(own_key)("a", "b", 1), key_func(None)("a", "b", 1)]

    agree(case)


def test_a_warning_points_at_who_asked():
    with framework("minidjango") as fw, caches(fw) as (found, _), warnings.catch_warnings():
        warnings.simplefilter("always")
        with pytest.warns(fw("core.cache.CacheKeyWarning")) as seen:
            found["default"].get("with a space")
    assert seen[0].filename == __file__


class Unpicklable:
    def __getstate__(self):
        raise ValueError("not me")


def test_values_are_copies_and_what_cannot_be_pickled_is_not_kept():
    def case(fw):
        with caches(fw) as (found, _):
            cache, value = found["default"], ["a"]
            cache.set("a", value)
            cache.get("a").append("b")
            value.append("c")
            said = fw.each(
                set=lambda: cache.set("b", Unpicklable()), add=lambda: cache.add("b", Unpicklable())
            )
            return [cache.get("a"), said, "b" in cache, cache.get_or_set("c", lambda: 7)]

    agree(case)


def test_caches_are_found_by_name_one_for_each_thread():
    def case(fw):
        with caches(fw) as (found, _):
            proxy, seen = fw("core.cache.cache"), []
            thread = threading.Thread(target=lambda: seen.append(found["default"]))
            thread.start()
            thread.join()
            proxy.set("a", 1)
            proxy.extra = 5
            del proxy.extra
            Handler, dummy = type(found), f"{fw.root}.core.cache.backends.dummy.DummyCache"
            two = Handler({"one": {"BACKEND": dummy}, "two": {"BACKEND": dummy}})
            return [
                [found["default"] is found["default"], found["default"] is seen[0]],
                [proxy == found["default"], proxy == 5, "a" in proxy, hasattr(proxy, "extra")],
                [seen[0].get("a"), list(found), len(found.all(initialized_only=True))],
                [len(two.all(initialized_only=True)), len(two.all())],
                fw.each(
                    alias=lambda: found["other"],
                    backend=lambda: Handler({"a": {"BACKEND": "nowhere.Cache"}})["a"],
                    name=lambda: Handler({"a": {"BACKEND": f"{fw.root}.core.cache.Nothing"}})["a"],
                ),
            ]

    agree(case)


def test_the_end_of_a_request_closes_the_caches():
    def case(fw):
        with caches(fw) as (found, _):
            closed = []
            found["default"].close = lambda **kwargs: closed.append("closed")
            fw("core.signals.request_finished").send(sender=None)
            return [*closed]

    agree(case)


def test_a_backend_that_is_not_finished_says_what_is_missing():
    def case(fw):
        cache = fw("core.cache.BaseCache")({})
        methods = {"add": ("a", 1), "get": ("a",), "set": ("a", 1), "touch": ("a",)}
        methods |= {"delete": ("a",), "clear": (), "close": ()}
        return {name: fw.outcome(getattr(cache, name), *args) for name, args in methods.items()}

    agree(case)
