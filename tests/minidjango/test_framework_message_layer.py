"""Messages go from page to page, as Django's."""

import sys
import time
from random import Random

import pytest

from tests.minidjango.conversation import Browser
from tests.minidjango.twoframeworks import agree, framework

STORAGES = {"cookie": "CookieStorage", "session": "SessionStorage", "fallback": "FallbackStorage"}
LAYERS = ["sessions.middleware.SessionMiddleware", "messages.middleware.MessageMiddleware"]
LEVELS = ["debug", "info", "success", "warning", "error"]

NOISE = "".join(Random(7).choices("abcdefghijklmnopqrstuvwxyz", k=2500))


@pytest.fixture(autouse=True)
def frozen(monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000)


def say(*levels, text="said"):
    def view(request):
        api = sys.modules[type(request).__module__.partition(".")[0] + ".contrib.messages"]
        for level in levels:
            getattr(api, level)(request, f"{text} {level}", extra_tags="t" * len(level))

    return view


def hear(request):
    return [str(message) for message in request._messages]


def fail(request):
    request._messages.add(40, "before the error")
    raise ValueError("the view's")


CONVERSATIONS = {
    "heard on the next page": [say(*LEVELS), hear, hear],
    "heard at once": [say("info"), lambda request: [say("error")(request), hear(request)], hear],
    "heard later": [say("info"), lambda request: None, say("error"), hear, hear],
    "long": [say(*LEVELS, text=NOISE), say("error"), hear, hear],
    "the view fails": [fail, hear],
}


def talk(fw, kind, steps, setting="MIDDLEWARE"):
    settings = fw("conf.settings")
    settings.SESSION_ENGINE = f"{fw.root}.contrib.sessions.backends.cache"
    settings.MESSAGE_STORAGE = f"{fw.root}.contrib.messages.storage.{kind}.{STORAGES[kind]}"
    browser = Browser(fw, *LAYERS, setting=setting)
    return [browser.visit(step) for step in steps]


@pytest.mark.parametrize("kind", STORAGES)
@pytest.mark.parametrize("conversation", CONVERSATIONS)
@pytest.mark.parametrize("debug", [False, True])
def test_a_conversation_goes_as_in_django(kind, conversation, debug):
    steps = CONVERSATIONS[conversation]
    assert agree(lambda fw: talk(fw, kind, steps), DEBUG=debug, MESSAGE_LEVEL=0)[0] == "returned"


@pytest.mark.parametrize("conversation", CONVERSATIONS)
def test_the_old_style_does_the_same(conversation):
    found = []
    for setting in ("MIDDLEWARE", "MIDDLEWARE_CLASSES"):
        with framework("minidjango") as fw:
            visits = talk(fw, "fallback", CONVERSATIONS[conversation], setting)
        found.append([{**visit, "log": "its own"} for visit in visits])
    assert found[0] == found[1]
