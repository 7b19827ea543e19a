"""Sessions: what they hold and when they end, as Django's."""

import datetime

import pytest

from tests.minidjango.twoframeworks import agree, logs

BACKENDS = ["cache", "signed_cookies"]
NOW = 1_700_000_000
DAY = datetime.datetime(2030, 1, 2, 3, 4, 5)
both = pytest.mark.parametrize("backend", BACKENDS)


def store(fw, backend, key=None):
    """Return a session."""
    return fw(f"contrib.sessions.backends.{backend}.SessionStore")(key)


USES = {
    "get": lambda s: s.get("x"),
    "get default": lambda s: [s.get("none"), s.get("none", 7)],
    "in": lambda s: ["x" in s, s.has_key("none")],
    "[]": lambda s: s["x"],
    "[] missing": lambda s: s["none"],
    "[]=": lambda s: s.__setitem__("y", 1),
    "del": lambda s: s.__delitem__("x"),
    "del missing": lambda s: s.__delitem__("none"),
    "pop": lambda s: s.pop("x"),
    "pop default": lambda s: [s.pop("none", 7), s.pop("none", default=None)],
    "pop missing": lambda s: s.pop("none"),
    "setdefault": lambda s: [s.setdefault("x", 7), s.setdefault("y", 8)],
    "setdefault there": lambda s: s.setdefault("x", 7),
    "update": lambda s: s.update({"x": 2, "y": 3}),
    "update pairs": lambda s: s.update([("x", 2)]),
    "views": lambda s: [list(s.keys()), list(s.values()), list(s.items())],
    "clear": lambda s: s.clear(),
    "is_empty": lambda s: s.is_empty(),
    "iter": lambda s: list(s),
    "len": lambda s: len(s),
    "flush": lambda s: s.flush(),
    "test cookie": lambda s: [s.test_cookie_worked(), s.set_test_cookie(), s.test_cookie_worked()],
    "no test cookie": lambda s: s.delete_test_cookie(),
    "expiry": lambda s: [s.set_expiry(None), s.set_expiry(0), s.get_expire_at_browser_close()],
    "key": lambda s: setattr(s, "session_key", "12345678"),
}


@both
@pytest.mark.parametrize("use", USES)
def test_every_use_is_noticed_as_in_django(backend, use):
    def case(fw):
        first = store(fw, backend)
        first["x"] = [1]
        first.save()
        session, new = store(fw, backend, first.session_key), store(fw, backend)
        found = []
        for each in (session, new):
            before = [each.accessed, each.modified, each.is_empty()]
            outcome = fw.outcome(USES[use], each)
            found += [before, outcome[:2], each.accessed, each.modified, each.is_empty()]
            found += [sorted(each.items()), bool(each.session_key)]
        return found

    agree(case)


@pytest.mark.parametrize("key", [None, "", "1234567", "12345678", "x" * 300])
def test_a_key_that_is_too_short_is_none(key):
    def case(fw):
        base = fw("contrib.sessions.backends.base.SessionBase")(key)
        return [base.session_key, base.is_empty()]

    agree(case)


EXPIRIES = [None, 0, 10, 2.5, -10, DAY, DAY.replace(microsecond=9), datetime.timedelta(days=3)]


@pytest.mark.parametrize("close", [True, False])
def test_a_session_ends_when_it_was_told(close):
    def one(fw, value):
        session = fw("contrib.sessions.backends.base.SessionBase")()
        session.set_expiry(value)
        if isinstance(value, datetime.timedelta):
            session.set_expiry(datetime.datetime.fromisoformat(session["_session_expiry"]))
            left = session.get_expiry_age()
            return [left in range(259190, 259201), session.get_expiry_date().tzinfo is None]
        start = DAY - datetime.timedelta(hours=5)
        return [
            session.get("_session_expiry"),
            session.get_expiry_age(modification=start),
            session.get_expiry_date(modification=start),
            session.get_expire_at_browser_close(),
            session.get_expiry_age(modification=start, expiry=7),
            session.get_expiry_date(modification=start, expiry=start.isoformat()),
        ]

    def case(fw):
        return [fw.outcome(one, fw, value) for value in EXPIRIES]

    agree(case, SESSION_EXPIRE_AT_BROWSER_CLOSE=close, SESSION_COOKIE_AGE=99, USE_TZ=False)


def test_the_present_is_aware_of_its_zone_if_the_settings_say_so():
    agree(lambda fw: str(fw("utils.timezone.now")().tzinfo), USE_TZ=True)
    agree(lambda fw: str(fw("utils.timezone.now")().tzinfo), USE_TZ=False)


def test_a_backend_must_say_how():
    def case(fw):
        base = fw("contrib.sessions.backends.base.SessionBase")("12345678")
        return fw.each(
            exists=lambda: base.exists("k"),
            create=base.create,
            save=base.save,
            delete=base.delete,
            load=base.load,
            get=lambda: base["x"],
        )

    agree(case)


def test_data_become_signed_text_and_changed_text_no_data():
    def case(fw):
        session = store(fw, "cache")
        text = session.encode({"x": ["\u2019"] * 99})
        with logs(fw) as lines:
            found = [session.decode(each) for each in (text, text[1:], "a:b:c", "")]
            signer = fw("core.signing.TimestampSigner")(salt=session.key_salt)
            found.append(session.decode(signer.sign("no JSON")))
        return [session.key_salt, text.startswith("."), found, lines]

    agree(case)
