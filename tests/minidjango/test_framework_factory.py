"""RequestFactory makes the same requests as Django's."""

import io

import pytest

from tests.minidjango.twoframeworks import agree

METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "trace", "generic"]
CALLS = {
    "path": (("/a/é b/?x=1&y=é#f",), {}),
    "secure": (("/",), {"secure": True}),
    "headers": (("/",), {"headers": {"X-One": "1", "content-type": "a/b"}}),
    "query": (("/?lost=1",), {"query_params": {"a": [1, 2], "b": "é", "c": b"x"}}),
    "query of none": (("/",), {"query_params": {"a": None}}),
    "query with none in it": (("/",), {"query_params": {"a": [None]}}),
    "environ": (("/",), {"REMOTE_ADDR": "1.2.3.4", "HTTP_X": "y", "QUERY_STRING": "z=1"}),
    "data": (("/", {"a": ["1", "2"], "b": 3}), {}),
    "data and query": (("/", {"a": 1}), {"query_params": {"b": 2}}),
    "none in data": (("/", {"a": None}), {}),
    "json": (("/", {"a": [1, (2,)]}), {"content_type": "application/json"}),
    "json list": (("/", [1]), {"content_type": "application/vnd.x+json"}),
    "text": (("/", "é"), {"content_type": "text/plain; charset=latin-1"}),
    "bytes": (("/", b"\xff"), {"content_type": "text/plain"}),
}


class File(io.BytesIO):
    name = "/tmp/é.txt"


def described(request):
    """Return what a request was made of."""
    hidden = ("wsgi.input", "wsgi.errors")
    return [
        sorted((key, value) for key, value in request.META.items() if key not in hidden),
        [repr(request), request.method, request.scheme, request.get_full_path()],
        [dict(request.GET.lists()), request.COOKIES, request.body],
    ]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("method", METHODS)
def test_a_call_makes_the_same_request_or_the_same_refusal(method, call):
    args, kwargs = CALLS[call]
    if method == "generic":
        args = ("PURGE", *args)
    if method in ("get", "head", "trace"):
        kwargs = {key: value for key, value in kwargs.items() if key != "content_type"}
    if method == "trace":
        args = args[:1]

    def case(fw):
        return described(getattr(fw("test.RequestFactory")(), method)(*args, **kwargs))

    agree(case)


def test_a_form_with_files_arrives():
    def case(fw):
        file = File(b"\x00\xff")
        data = {"a": ["1", "é"], "f": file, "g": [io.BytesIO(b"x"), io.StringIO("y")], "t": ("u",)}
        request = fw("test.RequestFactory")().post("/", data)
        files = [each for _, several in request.FILES.lists() for each in several]
        described = [(each.name, each.content_type, each.read()) for each in files]
        return [dict(request.POST.lists()), described]

    assert agree(case)[1][0] == {"a": ["1", "é"], "t": ["u"]}


def test_defaults_and_cookies_go_with_every_request():
    def case(fw):
        RequestFactory = fw("test.RequestFactory")
        factory = RequestFactory(headers={"X-A": "1"}, query_params={"q": 2}, REMOTE_USER="me")
        factory.cookies["b"] = "2"
        factory.cookies["a"] = "1"
        return [described(factory.get("/")), described(factory.post("/x/", HTTP_X_A="3"))]

    agree(case)


def test_a_body_cannot_be_read_beyond_its_end():
    def case(fw):
        payload = fw("test.client.FakePayload")(b"a\n")
        payload.write(b"b")
        return [
            [len(payload), payload.readline(), payload.read(1), len(payload)],
            fw.outcome(payload.read, 1),
            [payload.read(), payload.readline()],
            fw.outcome(payload.write, b"c"),
        ]

    agree(case)


def test_settings_are_overridden_and_put_back():
    def case(fw):
        settings, override = fw("conf.settings"), fw("test.override_settings")
        heard = []

        def listen(*, setting, value, enter, **kwargs):
            heard.append((setting, value, enter))
            if setting == "BOOM" and enter:
                raise RuntimeError("no")

        fw("core.signals.setting_changed").connect(listen)

        @override(DEBUG=1, NEW=2)
        def inside():
            return settings.DEBUG, settings.NEW

        found = [inside(), settings.DEBUG, hasattr(settings, "NEW")]
        with override(DEBUG=3):
            del settings.DEBUG
            found.append([hasattr(settings, "DEBUG"), settings.is_overridden("DEBUG")])
        found += [settings.DEBUG, fw.outcome(lambda: override(BOOM=1).__enter__())]
        return [*found, hasattr(settings, "BOOM"), heard]

    agree(case)
