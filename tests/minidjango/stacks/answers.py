"""What a view can answer with, beside what every party can do."""

from typing import Any

from tests.minidjango.stacks.looks import LOOKS
from tests.minidjango.stacks.stage import Now, Stage

DAY = "Sat, 01 Jan 2022 00:00:00 GMT"


def look(stage: Stage, now: Now) -> Any:
    """Say what the view sees of its request."""
    seen = LOOKS[now.option](stage.fw, now.request)
    return stage.fw("http.HttpResponse")(repr(seen), content_type="text/plain")


def cookies(stage: Stage, now: Now) -> Any:
    """Set cookies, and ask for some back to be deleted."""
    response = stage.answer(now.where, 200)
    response.set_cookie("plain", "one two")
    response.set_cookie("all", "é;", 60, path="/v", domain="example.com", httponly=True)
    response.set_signed_cookie("signed", "three", secure=True, samesite="Strict")
    response.delete_cookie("a", samesite="None")
    return response


def long(stage: Stage, now: Now) -> Any:
    """Say enough to be worth compressing."""
    return stage.fw("http.HttpResponse")("all work and no play " * 20, charset="utf-16")


def tagged(stage: Stage, now: Now) -> Any:
    """Say which version of the page this is."""
    return stage.fw("http.HttpResponse")(
        f"from {now.where}",
        headers={"ETag": '"an etag"', "Last-Modified": DAY, "Vary": "Cookie", "Expires": DAY},
    )


VIEW_ANSWERS = {
    "ok": lambda stage, now: stage.answer(now.where, 200),
    "not_found": lambda stage, now: stage.answer(now.where, 404),
    "not_allowed": lambda stage, now: stage.fw("http.HttpResponseNotAllowed")(["PUT", "PATCH"]),
    "status": lambda stage, now: stage.answer(now.where, int(now.option)),
    "looks": look,
    "cookies": cookies,
    "long": long,
    "tagged": tagged,
    "json": lambda stage, now: stage.fw("http.JsonResponse")({"é": [1, None]}),
    "redirect": lambda stage, now: stage.fw("shortcuts.redirect")("v", permanent=bool(now.option)),
    "untyped": lambda stage, now: stage.fw("http.HttpResponse")(b"\xff", content_type=""),
}
