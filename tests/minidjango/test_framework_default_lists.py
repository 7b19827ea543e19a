"""The layers that a new project lists, then (`MIDDLEWARE_CLASSES`) and now (`MIDDLEWARE`)."""

from dataclasses import replace

import pytest

from tests.minidjango.accounts import django_apps
from tests.minidjango.live.comparing import compare, observed
from tests.minidjango.live.drawing import visits
from tests.minidjango.live.searching import each
from tests.minidjango.stacks.playing import play
from tests.minidjango.stacks.words import scene
from tests.minidjango.twoframeworks import framework

THEN = (
    "SessionMiddleware",
    "CommonMiddleware",
    "CsrfViewMiddleware",
    "AuthenticationMiddleware",
    "MessageMiddleware",
)
NOW = ("SecurityMiddleware", *THEN, "XFrameOptionsMiddleware")


@pytest.fixture(autouse=True, scope="module")
def applications():
    with framework("django"), django_apps():
        yield


def test_the_seven_of_today_do_what_they_do_on_django():
    each(visits(NOW), compare, examples=60, seed=1)


def test_the_five_of_then_give_in_the_old_style_the_headers_that_they_give_in_the_new():
    # Pages of the project's own: the framework's named no charset then.
    pages = {f"handler{status}": "ok" for status in (400, 403, 404, 500)}
    compared = []

    def same(drawn):
        settings = {**drawn.settings, "DEBUG": False}
        visit = replace(drawn, settings=settings, does={**drawn.does, **pages})
        styles = ("MIDDLEWARE_CLASSES", "MIDDLEWARE")
        then, now = (observed(replace(visit, style=style), "minidjango") for style in styles)
        for (old, _), (new, happened) in zip(then, now, strict=True):
            # A visit that a layer cuts short meets the response methods of all the others, then.
            if any(event.who.startswith("view(") for event in happened.trace.events):
                assert old["answer"][:-1] == new["answer"][:-1]
                compared.append(visit)

    each(visits(THEN), same, examples=60, seed=1)
    assert len(compared) > 30


def test_a_visitor_is_nobody_and_leaves_something_for_the_next_visit():
    settings = {"SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies"}
    nobody = scene(view="looks:user", settings=settings)
    assert b"AnonymousUser" in play(replace(nobody, layers=NOW))[0].answer["body"]
    reader = scene(view="looks:messages", settings=settings)
    again = replace(reader, layers=NOW, requests=reader.requests * 2)
    assert [each.answer["body"] for each in play(again)] == [b"[]", b"['after 0']"]
