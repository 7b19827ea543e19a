"""Sessions in a cache and in cookies: who can open them, and for how long, as Django's."""

import time

import pytest

from tests.minidjango.twoframeworks import agree

BACKENDS = ["cache", "signed_cookies"]
NOW = 1_700_000_000
both = pytest.mark.parametrize("backend", BACKENDS)


def store(fw, backend, key=None):
    """Return a session."""
    return fw(f"contrib.sessions.backends.{backend}.SessionStore")(key)


@both
def test_a_saved_session_is_found_again_and_a_deleted_one_is_not(backend):
    def case(fw):
        first = store(fw, backend)
        first.update({"a": 1, "b": [None, "\u2019"]})
        first.save(must_create=True)
        key = first.session_key
        again = store(fw, backend, key)
        found = [dict(again.items()), again.modified, again.exists(key)]
        again.cycle_key()
        again.save()
        found += [dict(again.items()), first.exists(key), len(again.session_key) == len(key)]
        first.delete()
        found += [first.is_empty(), first.modified]
        again.flush()
        found += [again.session_key, again.is_empty(), again.modified]
        return [*found, again.exists(key), again.exists(None), again.exists("")]

    agree(case)


def test_an_old_copy_of_a_cookie_still_opens_its_session_but_a_key_in_a_cache_does_not():
    def case(fw):
        found = []
        for backend in BACKENDS:
            session = store(fw, backend)
            session["user"] = 7
            session.save()
            stolen = session.session_key
            session.flush()
            found.append(store(fw, backend, stolen).get("user"))
        return found

    assert agree(case) == ["returned", [None, 7]]


def test_a_session_that_another_request_has_deleted_is_not_brought_back():
    def case(fw):
        mine = store(fw, "cache")
        mine["x"] = 1
        mine.save(must_create=True)
        taken = store(fw, "cache", mine.session_key)
        twice = fw.outcome(lambda: taken.save(must_create=True))
        store(fw, "cache", mine.session_key).delete()
        mine["x"] = 2
        return [twice, fw.outcome(mine.save), mine.load(), mine.session_key]

    agree(case)


@both
@pytest.mark.parametrize(
    "key", ["someunknownkey", "some\x00key with spaces", "x" * 400, "a:b:cdefgh"]
)
@pytest.mark.filterwarnings("ignore")
def test_a_key_that_nobody_gave_out_opens_nothing(backend, key):
    def case(fw):
        session = store(fw, backend, key)
        found = [session.get("x"), session.modified, session.session_key == key]
        session.save()
        return [*found, session.session_key == key, session.is_empty()]

    agree(case)


def test_a_cookie_is_too_old_after_the_age_of_the_settings(monkeypatch):
    def case(fw):
        monkeypatch.setattr(time, "time", lambda: NOW)
        session, found = store(fw, "signed_cookies"), []
        session["x"] = 1
        session.save()
        for age in (99, 100):
            monkeypatch.setattr(time, "time", lambda age=age: NOW + age)
            found.append(store(fw, "signed_cookies", session.session_key).get("x"))
        return found

    assert agree(case, SESSION_COOKIE_AGE=99) == ["returned", [1, None]]


def test_a_session_in_a_cookie_can_hold_what_json_can():
    def case(fw):
        session = store(fw, "signed_cookies")
        session["when"] = {1}
        refused = fw.outcome(session.save)
        session["when"] = {7: (1, 2)}
        session.save()
        return [refused, dict(store(fw, "signed_cookies", session.session_key).items())]

    agree(case)


class Spy(dict):
    """A cache that writes down what it is asked."""

    def __init__(self):
        self.asked = []

    def __contains__(self, key):
        self.asked.append("in")
        return super().__contains__(key)

    def get(self, key):
        self.asked.append("get")
        return super().get(key)

    def set(self, key, value, timeout):
        self.asked.append(["set", value, timeout])
        self[key] = dict(value)

    def add(self, key, value, timeout):
        self.asked.append(["add", value, timeout])
        return self.setdefault(key, value) is value

    def delete(self, key):
        self.asked.append("delete")
        del self[key]


def test_a_cache_is_asked_no_more_often_than_django_asks():
    def case(fw):
        first, second, spy = store(fw, "cache"), store(fw, "cache"), Spy()
        first._cache = second._cache = spy
        first.create()
        first["x"] = 1
        first.set_expiry(10)
        first.save()
        second._session_key = first.session_key
        second.save()
        second.cycle_key()
        second.flush()
        return [spy.asked, dict(spy), first.is_empty(), second.is_empty()]

    assert agree(case, SESSION_COOKIE_AGE=99)[0] == "returned"


def test_a_cache_that_takes_nothing_is_reported():
    def case(fw):
        session = store(fw, "cache")
        methods = {"add": lambda *args: False, "__contains__": lambda *args: False}
        session._cache = type("Full", (), methods)()
        session._get_new_session_key = lambda: "x" * 32
        return session.create()

    agree(case)
