"""Messages: what is said, where it waits, and how much of it there is room for, as Django's."""

import importlib
import json
import time
from random import Random

import pytest

from tests.minidjango.twoframeworks import agree

STORAGES = {"cookie": "CookieStorage", "session": "SessionStorage", "fallback": "FallbackStorage"}
all_storages = pytest.mark.parametrize("kind", STORAGES)


@pytest.fixture(autouse=True)
def frozen(monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000)


def request_of(fw, cookies=(), session=None):
    request = fw("http.HttpRequest")()
    request.COOKIES, request.session = dict(cookies), {} if session is None else session
    return request


def storage(fw, kind, request=None):
    """Return a storage."""
    name = STORAGES[kind]
    return fw(f"contrib.messages.storage.{kind}.{name}")(request or request_of(fw))


def noise(size, seed):
    """Return text that is not worth compressing."""
    return "".join(Random(seed).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=size))


def plain(messages):
    """Return messages as data."""
    return [[m.level, m.extra_tags, m.tags, str(m), repr(m)] for m in messages]


def kept(fw, response, request):
    """Return what waits in the cookie, as data without the code, and in the session."""
    cookie = response.cookies.get("messages")
    data = None
    if cookie is not None:
        decode = fw("contrib.messages.storage.cookie.CookieStorage")(request)._decode
        found = decode(cookie.value) or []
        data = [cookie.value.partition(":")[0], len(cookie.value), [str(each) for each in found]]
        data.append({name: value for name, value in cookie.items() if value != ""})
    return [data, request.session]


def test_a_message_has_a_level_a_text_and_tags(monkeypatch):
    def case(fw):
        if fw.root == "django":  # which remembers the tags of the first settings that it saw
            tags = fw("contrib.messages.utils.get_level_tags")()
            monkeypatch.setattr("django.contrib.messages.storage.base.LEVEL_TAGS", tags)
        Message = fw("contrib.messages.Message")
        made = [Message("20", "a"), Message(29, "b", "x y"), Message(30, "c", ""), Message(7, 8)]
        same = [made[0] == each for each in (Message(20, "a", "tag"), Message(21, "a"), "a", *made)]
        return [plain(made), same, fw.outcome(hash, made[0])[:2], Message(10, "x").level_tag]

    agree(case)
    agree(case, MESSAGE_TAGS={20: "", 29: "own", 30: "loud"})


@all_storages
@pytest.mark.parametrize("level", [None, 5, 29, "30"])
def test_what_is_below_the_level_is_not_recorded(kind, level):
    def case(fw):
        box, api = storage(fw, kind), fw("contrib.messages.api.set_level")
        box.request._messages = box
        found = [box.level, api(box.request, level), fw("contrib.messages.get_level")(box.request)]
        for number in (10, 20, 25, 29, "30", 40):
            box.add(number, f"message {number}", extra_tags="tag")
        box.add(40, "")
        texts = [message.message for message in box]
        api(box.request, None)
        return [found, texts, len(box), box.level, "x" in box, repr(box)]

    agree(case)
    agree(case, MESSAGE_LEVEL=25)


USES = {
    "nothing": [],
    "add": ["add"],
    "read": ["read"],
    "add, read": ["add", "read"],
    "read, add": ["read", "add"],
    "add, read, add": ["add", "read", "add"],
    "read twice": ["read", "add", "read"],
    "count": ["len", "in"],
}


@all_storages
@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("before", [0, 2, 9])
def test_what_was_read_is_not_kept_and_what_was_not_read_is(kind, use, before):
    def case(fw):
        response, request = fw("http.HttpResponse")(), request_of(fw)
        first = storage(fw, kind, request)
        for number in range(before):
            first.add(20, noise(400, number), "old")
        found = [len(first.update(response) or []), *kept(fw, response, request)]
        cookies = {"messages": response.cookies["messages"].value} if response.cookies else {}

        response, request = fw("http.HttpResponse")(), request_of(fw, cookies, request.session)
        second = storage(fw, kind, request)
        for step in USES[use]:
            if step == "add":
                second.add(25, ValueError("new"))
            elif step == "read":
                found.append(plain(second))
            else:
                found.append(len(second) if step == "len" else "x" in second)
        left = second.update(response)
        return [*found, second.used, second.added_new, len(left or []), kept(fw, response, request)]

    assert agree(case)[0] == "returned"


@pytest.mark.parametrize("oldest", [True, False])
@pytest.mark.parametrize(
    "sizes",
    [[400] * 5, [5000], [1, 5000], [5000, 1], [100] * 40, [2177], [2178]],
)
def test_a_cookie_takes_as_many_messages_as_fit(oldest, sizes):
    def case(fw):
        box, response = storage(fw, "cookie"), fw("http.HttpResponse")()
        Message = fw("contrib.messages.Message")
        messages = [Message(20, noise(size, seed)) for seed, size in enumerate(sizes)]
        left = box._store(messages, response, remove_oldest=oldest)
        stored, complete = storage(
            fw, "cookie", request_of(fw, {"messages": response.cookies["messages"].value})
        )._get()
        assert [*left, *stored] == messages if oldest else [*stored, *left] == messages
        return [len(left), complete, kept(fw, response, box.request)]

    assert agree(case)[0] == "returned"


def test_a_cookie_without_a_limit_takes_all():
    def case(fw):
        box, response = storage(fw, "cookie"), fw("http.HttpResponse")()
        box.max_cookie_size = 0
        box.add(20, noise(5000, 1))
        return [box.update(response), len(response.cookies["messages"].value)]

    agree(case)


@pytest.mark.parametrize(
    "change", [lambda s: s[1:], lambda s: "x", lambda s: "", lambda s: "a:b:c"]
)
def test_a_cookie_that_was_changed_is_dropped(change):
    def case(fw):
        value = storage(fw, "cookie")._encode([fw("contrib.messages.Message")(20, "x")])
        response = fw("http.HttpResponse")()
        box = storage(fw, "cookie", request_of(fw, {"messages": change(value)}))
        found = [len(box), box.used, box.max_cookie_size]
        box = storage(fw, "cookie", box.request)
        box.add(20, "new")
        box.update(response)
        return [*found, kept(fw, response, box.request)]

    agree(case)


def test_messages_are_json_markup_included():
    def case(fw):
        Message, safe = fw("contrib.messages.Message"), fw("utils.safestring.mark_safe")
        tree = [{"a": Message(20, safe("<b>"), None)}, [Message(7, "<b>", "x")], [], "s", None]
        text = json.dumps(tree, cls=fw("contrib.messages.storage.cookie.MessageEncoder"))
        back = json.loads(text, cls=fw("contrib.messages.storage.cookie.MessageDecoder"))
        kinds = [type(each.message).__name__ for each in (back[0]["a"], back[1][0])]
        message = Message(20, safe("<i>"))
        message._prepare()
        kinds.append(type(message.message).__name__)
        bad = fw.outcome(fw("contrib.messages.storage.cookie.MessageEncoder")().encode, {1})
        return [text, repr(back), kinds, bad]

    agree(case)


def test_markup_stays_markup_only_beside_markup():
    def case(fw):
        safe, Data = fw("utils.safestring.mark_safe"), fw("utils.safestring.SafeData")
        mine = type("Mine", (), {"__html__": lambda self: "<mine>"})()
        made = [safe("<"), safe("<") + safe(">"), safe("<") + ">", str(safe("<")), safe(7)]
        made += [
            safe(lambda text: text)("<"),
            safe("<").__html__(),
            safe(safe("<")),
            "<" + safe(""),
        ]
        known = [[str(each), isinstance(each, Data)] for each in made]
        return [known, safe(mine) is mine, fw.outcome(lambda: safe("<") + Data())[:2]]

    agree(case)


def test_without_the_middleware_a_message_is_an_error_unless_it_may_fail():
    def case(fw):
        request, api = request_of(fw), importlib.import_module(f"{fw.root}.contrib.messages")
        return fw.each(
            added=lambda: api.add_message(request, 20, "x"),
            silent=lambda: api.info(request, "x", fail_silently=True),
            none=lambda: api.error(None, "x"),
            silent_none=lambda: api.error(None, "x", "", True),
            got=lambda: api.get_messages(request),
            level=lambda: [api.get_level(request), api.set_level(request, 10)],
        )

    agree(case)


@pytest.mark.parametrize("base", ["_get", "_store"])
def test_a_storage_must_say_how(base):
    def case(fw):
        box = fw("contrib.messages.storage.base.BaseStorage")(None)
        box._loaded_data = [] if base == "_store" else None
        return fw.each(get=lambda: box._get(), store=lambda: box._store([], None))

    agree(case)


def test_messages_in_the_session_need_one():
    agree(lambda fw: storage(fw, "session", fw("http.HttpRequest")()))


def test_templates_get_the_messages_and_the_levels():
    def case(fw):
        request = request_of(fw)
        process = fw("contrib.messages.context_processors.messages")
        before = process(request)
        request._messages = storage(fw, "fallback", request)
        return [before, process(request)["messages"] is request._messages]

    agree(case)
