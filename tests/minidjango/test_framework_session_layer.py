"""SessionMiddleware: when it saves, what its cookie says, and ``Vary``, as Django's."""

import time

import pytest

from tests.minidjango.conversation import Browser
from tests.minidjango.twoframeworks import agree, framework

BACKENDS = ["cache", "signed_cookies"]
NOW = 1_700_000_000
LAYER = "sessions.middleware.SessionMiddleware"


@pytest.fixture(autouse=True)
def frozen(monkeypatch):
    monkeypatch.setattr(time, "time", lambda: NOW)


def nothing(request):
    """Leave the session alone."""


def read(request):
    return sorted(request.session.items())


def put(request):
    request.session["x"] = [1]


def put_unseen(request):
    request.session["x"].append(2)


def remove(request):
    del request.session["x"]


def flush(request):
    request.session.flush()


def cycle(request):
    request.session.cycle_key()


def replace(request):
    request.session = {"no": "session"}


def drop(request):
    del request.session


def expire(value):
    return lambda request: request.session.set_expiry(value)


def fail(request):
    request.session["x"] = "never saved"
    raise ValueError("the view's")


def answer(status):
    def view(request):
        request.session["y"] = status
        return status

    return view


CONVERSATIONS = {
    "untouched": [nothing, nothing],
    "read only": [read],
    "set and read": [put, read, nothing, put, read],
    "changed inside a value": [put, put_unseen, read],
    "emptied": [put, remove, read, nothing],
    "flushed": [put, flush, read],
    "flushed before there was any": [flush, read],
    "a new key": [put, cycle, read],
    "a new key for nothing": [cycle, read],
    "replaced": [put, replace, read],
    "dropped": [put, drop, read],
    "until the browser closes": [put, expire(0), read, expire(None), put],
    "half a minute": [put, expire(30), put],
    "the view fails": [fail, read, put, fail, read],
    "statuses": [answer(404), read, answer(499), answer(500), answer(503), read],
}
SETTINGS = {
    "default": {},
    "save every request": {"SESSION_SAVE_EVERY_REQUEST": True},
    "browser close": {"SESSION_EXPIRE_AT_BROWSER_CLOSE": True},
    "attributes": {
        "SESSION_COOKIE_NAME": "sid",
        "SESSION_COOKIE_AGE": 60,
        "SESSION_COOKIE_DOMAIN": ".example.com",
        "SESSION_COOKIE_PATH": "/a/",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": False,
        "SESSION_COOKIE_SAMESITE": "None",
    },
}


def talk(fw, backend, steps, jar=(), setting="MIDDLEWARE"):
    """Return what came back for each step."""
    fw("conf.settings").SESSION_ENGINE = f"{fw.root}.contrib.sessions.backends.{backend}"
    browser = Browser(fw, LAYER, setting=setting)
    browser.jar.update(jar)
    return [browser.visit(step) for step in steps]


@pytest.mark.parametrize("conversation", CONVERSATIONS)
@pytest.mark.parametrize(
    ("backend", "settings"),
    [("signed_cookies", "default"), *(("cache", settings) for settings in SETTINGS)],
)
def test_a_conversation_goes_as_in_django(backend, conversation, settings):
    steps = CONVERSATIONS[conversation]
    said, value = agree(lambda fw: talk(fw, backend, steps), **SETTINGS[settings])
    assert said == "returned", value


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("key", ["abc", "of-somebody-who-guessed", '"quoted"'])
def test_a_cookie_that_we_did_not_set_opens_nothing(backend, key):
    steps = [nothing, read, put, read]
    agree(lambda fw: talk(fw, backend, steps, {"sessionid": key}))


def test_a_session_deleted_on_the_way_is_a_400():
    def log_out_elsewhere(request):
        request.session["x"] = 2
        type(request.session)(request.session.session_key).delete()

    _, visits = agree(lambda fw: talk(fw, "cache", [put, log_out_elsewhere, read]))
    assert [visit["status"] for visit in visits] == [200, 400, 200]
    assert "The request's session was deleted before" in visits[1]["log"][0]


@pytest.mark.parametrize("answer", [None, "early"])
def test_a_response_from_outside_is_left_alone(answer):
    def case(fw):
        fw("conf.settings").SESSION_ENGINE = f"{fw.root}.contrib.sessions.backends.cache"
        layer = fw("contrib.sessions.middleware.SessionMiddleware")(lambda request: answer)
        return [layer.process_response(fw("http.HttpRequest")(), answer), repr(layer)[:30]]

    agree(case)


def test_an_engine_that_is_not_there_is_an_error_at_the_start():
    def case(fw):
        fw("conf.settings").SESSION_ENGINE = "no.such.engine"
        Browser(fw, LAYER)

    assert agree(case)[:2] == ["raised", "ModuleNotFoundError"]


@pytest.mark.parametrize("conversation", CONVERSATIONS)
def test_the_old_style_does_the_same(conversation):
    found = []
    for setting in ("MIDDLEWARE", "MIDDLEWARE_CLASSES"):
        with framework("minidjango") as fw:
            steps = CONVERSATIONS[conversation]
            visits = talk(fw, "signed_cookies", steps, setting=setting)
        found.append([{**visit, "log": "its own"} for visit in visits])
    assert found[0] == found[1]
