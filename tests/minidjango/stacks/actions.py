"""What each word of an action means."""

from collections.abc import Callable
from functools import cache
from typing import Any

from tests.minidjango.stacks import words
from tests.minidjango.stacks.answers import VIEW_ANSWERS
from tests.minidjango.stacks.looks import LOOKS
from tests.minidjango.stacks.stage import Chunks, Now, Page, Stage, exception

ALT_URLCONF = "golden_alt_urls"


Deed = Callable[[Stage, Now], Any]


def fail(stage: Stage, now: Now) -> Any:
    raise stage.error(now.option, now.where)


def header(stage: Stage, now: Now) -> Any:
    if now.passed is not None:
        before = now.passed.get("X-Trail")
        name = now.where.partition(".")[0]
        now.passed["X-Trail"] = f"{before},{name}" if before else name
    return now.passed


def other_urlconf(stage: Stage, now: Now) -> Any:
    now.request.urlconf = ALT_URLCONF
    return now.passed


def stream(stage: Stage, now: Now) -> Any:
    return stage.fw("http.StreamingHttpResponse")(Chunks(stage, now.where, now.option))


def suffix(stage: Stage, now: Now) -> Any:
    page = getattr(now.passed, "template_name", None)
    if isinstance(page, Page):
        page.more += f" +{now.where.partition('.')[0]}"
    return now.passed


def call_back(option: str) -> Deed:
    def ask(stage: Stage, now: Now) -> Any:
        stage.call_back(now.passed, now.where, option)
        return now.passed

    return ask


def status(code: int) -> Deed:
    return lambda stage, now: stage.answer(now.where, code)


DEEDS: dict[str, Deed] = {
    "pass": lambda stage, now: now.passed,
    "none": lambda stage, now: None,
    "empty": lambda stage, now: "",
    "raise": fail,
    "respond": lambda stage, now: stage.answer(now.where, now.status),
    "replace": lambda stage, now: stage.answer(now.where, now.status),
    "header": header,
    "template": lambda stage, now: stage.late(now.where, now.option),
    "stream": stream,
    "urlconf": other_urlconf,
}
"""What every party can do."""

OWN_DEEDS: dict[str, dict[str, Deed]] = {
    "process_template_response": {
        "suffix": suffix,
        "plain": status(226),
        "replace": DEEDS["template"],
        "callback": call_back("callback"),
        "callback_replace": call_back("callback_replace"),
    },
    "init": {"not_used": DEEDS["pass"]},
    "request": {"twice": DEEDS["pass"], "try": DEEDS["pass"]},
    "handler": {"ok": DEEDS["respond"]},
    "view": VIEW_ANSWERS,
}
"""What only this part can do, or does in its own way; calling twice and trying are in `layers`."""


def meaning(part: str, verb: str) -> Deed:
    """Return what a word means in a part; ValueError where it means nothing."""
    found = OWN_DEEDS.get(part, {}).get(verb) or DEEDS.get(verb)
    if found is None:
        raise ValueError(f"{part} {verb}: no such action")
    return found


@cache
def understand(root: str, part: str, text: str) -> None:
    """Raise ValueError where an action would raise or do what does not exist."""
    verb, option = words.action(text)
    meaning(part, verb)
    if verb == "looks" and option not in LOOKS:
        raise ValueError(f"{text}: there is nothing of this name to look at")
    _, raises, name = text.rpartition("raise:")
    if raises:
        exception(root, name)


def perform(stage: Stage, part: str, text: str, where: str, **at_hand: Any) -> Any:
    """Do what an action says, and return what comes of it."""
    verb, option = words.action(text)
    return meaning(part, verb)(stage, Now(where, option, **at_hand))
