"""A bad request is made on both frameworks, asked for all that it has, and compared."""

from collections import Counter
from io import BytesIO
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from tests.minidjango.bad_requests import Choices, environ, settings
from tests.minidjango.twoframeworks import ROOTS, Framework, framework


class Gone(BytesIO):
    """What a server has when its client has gone away."""

    def read(self, *args: Any) -> bytes:
        raise OSError("connection reset")

    readline = read


def form(request: Any) -> Any:
    """Return fields and files."""
    files = [(name, each) for name, several in request.FILES.lists() for each in several]
    about = [(name, f.name, f.size, f.content_type, f.charset, f.read()) for name, f in files]
    return list(request.POST.lists()), about


BODY = {
    "form": form,
    "body": lambda request: request.body,
    "read": lambda request: request.read(3),
    "line": lambda request: request.readline(),
    "lines": lambda request: request.readlines(),
    "charset": lambda request: setattr(request, "encoding", "utf-16"),
}
ORDERS = [
    ["form"],
    ["form"],
    ["form"],
    ["form", "form"],
    ["body", "form"],
    ["form", "body"],
    ["lines", "form", "body"],
]
ORDERS += [["charset", "form"], ["read", "form"], ["line", "body", "line"], ["charset", "body"]]
ASKED = {
    "where": lambda request: [request.path, request.path_info, request.method],
    "kind": lambda request: [request.content_type, request.content_params, request.encoding],
    "query": lambda request: list(request.GET.lists()),
    "cookies": lambda request: sorted(request.COOKIES.items()),
    "headers": lambda request: sorted(request.headers.items()),
    "host": lambda request: [request.get_host(), request.get_port()],
    "uri": lambda request: [request.build_absolute_uri(to) for to in (None, "x/../y", "//z")],
    "full path": lambda request: [request.get_full_path(True), request.get_full_path_info()],
    "secure": lambda request: request.is_secure(),
    "accepts": lambda request: [request.accepts(kind) for kind in ("text/html", "a/b; c=d")],
    "accepted": lambda request: [str(kind) for kind in request.accepted_types],
    "preferred": lambda request: request.get_preferred_type(["a/b", "text/html"]),
    "words": repr,
}


def read(fw: Framework, environ: dict[str, Any], order: list[str]) -> dict[str, Any]:
    """Return the outcome of making a request, and of all that can be asked of it."""
    environ, made = environ.copy(), []
    if "wsgi.input" in environ:
        stream = Gone if "client.is_gone" in environ else BytesIO
        environ["wsgi.input"] = stream(environ["wsgi.input"])
    found = {"made": fw.outcome(lambda: made.append(fw("core.handlers.wsgi.WSGIRequest")(environ)))}
    for request in made:
        asked = {**ASKED, **{f"{name}, {number}": BODY[name] for number, name in enumerate(order)}}
        found.update({name: fw.outcome(how, request) for name, how in asked.items()})
    return found


REFUSALS = {
    "BadRequest",
    "DisallowedHost",
    "MultiPartParserError",
    "RawPostDataException",
    "RequestDataTooBig",
    "TooManyFieldsSent",
    "TooManyFilesSent",
    "UnreadablePostError",
}
"""What is documented to come out; all are 400 but RawPostDataException, a mistake of the view."""

SLIPS = {
    "KeyError",  # the server left something out
    "TypeError",  # parameters without a number beside those with one (RFC 2231)
    "UnicodeDecodeError",  # the path at which the site is mounted is not UTF-8
    "ValueError",  # the length is no number, or a parameter is in a charset that nobody knows
}
"""What Django lets out too: a 500, or an exception for the server."""


class Tally:
    """How many inputs were compared, and which exceptions came out of them."""

    def __init__(self) -> None:
        self.inputs = 0
        self.raised: Counter[str] = Counter()

    def add(self, drawn: bytes) -> None:
        """Compare one input; AssertionError for two answers, or an exception of another kind."""
        choices, found = Choices(drawn), []
        order, options, sent = choices.one(ORDERS), settings(choices), environ(choices)
        for root in ROOTS:
            with framework(root, **options) as fw:
                found.append(read(fw, sent, order))
        django, minidjango = found
        assert minidjango == django, (sent, options, order)
        raised = [outcome[1] for outcome in django.values() if outcome[0] == "raised"]
        assert not set(raised) - REFUSALS - SLIPS, (sent, options, order)
        self.inputs += 1
        self.raised.update(set(raised))


def fuzz(inputs: int, seed: int) -> Tally:
    """Draw that many and compare."""
    tally = Tally()

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=inputs,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(st.binary(min_size=160, max_size=160))
    def agree(drawn: bytes) -> None:
        tally.add(drawn)

    agree()
    return tally
