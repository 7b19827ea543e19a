"""The checking API where it is called wrongly, or where somebody would forge what it hears."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder import catches, onion, part, raises, renders, returns, site, streams, wsgi
from autograder.conversation import Conversation, nobody
from autograder.evidence import Exchange
from autograder.host.clock import Clock, pass_by
from autograder.host.wire import Malformed
from autograder.hosts import LocalHost, PipeHost
from autograder.judge import judge
from autograder.model import Asked
from autograder.names import misused
from autograder.plans import NotHere
from autograder.references import Reference
from autograder.session import Session, using
from autograder.verdict import Outcome, Verdict
from course.source.python import indented
from tests.autograder.answers import check_cell, code, notebook


@pytest.fixture(autouse=True)
def here() -> Iterator[Session]:
    with using(Session(LocalHost("minidjango"), lambda verdict: None)) as session:
        yield session


def Pass(get_response: Any) -> Any:
    return lambda request: get_response(request)


def seen(request: Any) -> Any:
    raise AssertionError


WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "no application": (wsgi, "takes an application"),
    "a canned wrapper": (lambda: wsgi(returns(), returns()), "a wrapper is the student's"),
    "a part of a stream that is no text": (lambda: streams(b"x"), "are texts"),
    "a context that is no data": (lambda: renders("$x", x=object()), "plain data"),
    "a time that runs backwards": (lambda: returns(takes=-1), "no length of time"),
    "a template that is no text": (lambda: onion(templates={"x": object()}), "templates is not"),
    "another style": (lambda: onion(Pass, style="MIDDLEWARES"), "say MIDDLEWARE or"),
    "the list in both styles": (
        lambda: onion(Pass, MIDDLEWARE_CLASSES=[]),
        "writes the setting MIDDLEWARE_CLASSES itself",
    ),
    "another framework": (lambda: onion(Pass, framework="flask"), "say minidjango or django"),
    "a view by a text, of any URLconf": (
        lambda: _reached(site([]), "home"),
        "home is not in this onion",
    ),
    "a text that is no layer": (lambda: onion("site.Log"), "begin with minidjango."),
    "a view that is none": (lambda: onion(Pass, view="hello"), "a view is called with a request"),
    "a route to nothing": (lambda: site({"": None}), "a view is called with a request"),
    "no wrong layer": (lambda: catches(Pass, right=["def f(): 1"], wrong=[]), "one that is wrong"),
    "a source of nothing": (lambda: catches(Pass, right=["1"], wrong=["1"]), "defines a class"),
    "a part outside": (lambda: part("a", points=1).__enter__(), "stands outside any check"),
    "an unrendered response": (
        lambda: onion(view=lambda request: _unrendered()).get("/"),
        r"return renders\(\.\.\.\)",
    ),
}


def _reached(app: Any, view: str) -> None:
    app.get("/", status=404)
    app.trace.never_reached(view)


def _unrendered() -> Any:
    from minidjango.template.response import SimpleTemplateResponse

    return SimpleTemplateResponse("x")


@pytest.mark.parametrize("claim", WRONG)
def test_a_call_that_is_wrong_says_how(claim: str) -> None:
    call, mend = WRONG[claim]
    with pytest.raises((TypeError, ValueError, RuntimeError), match=mend):
        call()


def test_the_old_stack_is_refused_where_there_is_none() -> None:
    with pytest.raises(NotHere, match="has no MIDDLEWARE_CLASSES"):
        onion(Pass, style="MIDDLEWARE_CLASSES", framework="django")


# -- references ------------------------------------------------------------------------------


def claimed(*what: str) -> str:
    return "app = onion(Pass)\napp.get('/')\n" + "\n".join(what)


SILENT = [
    "onion(Pass, view=lambda request: returns(THEIRS)).get('/')",
    "returns(THEIRS)",
    "returns(X_Kind=THEIRS)",
    "streams(THEIRS)",
    "renders('$x', x=THEIRS)",
    "renders(THEIRS)",
    "onion(Pass, CLOSED=THEIRS)",
    "onion(Pass, templates={'a': THEIRS})",
    "onion(Pass, decorators=THEIRS)",
    "onion(Pass, view=returns(takes=THEIRS))",
    "call(Pass, THEIRS)",
    "catches(Pass, right=[THEIRS], wrong=['def f(): 1'])",
    claimed("app.trace.header('Content-Type', THEIRS)"),
    claimed("app.trace.content(THEIRS)"),
    claimed("app.trace.contains(THEIRS)"),
    claimed("app.trace.json(THEIRS)"),
    claimed("app.trace.cookie('a', THEIRS)"),
    claimed("app.trace.streamed(THEIRS)"),
    claimed("app.trace.returned(Pass, THEIRS)"),
    claimed("app.get('/', status=THEIRS)"),
    claimed("app.overlap(THEIRS)"),
    "onion(Pass, view=lambda request: HttpResponse(THEIRS)).get('/')",
    "onion(Pass, view=lambda request: THEIRS + 1).get('/', status='*')",
]
HEAD = "from minidjango.http import HttpResponse\n@check('c', points=1)\ndef _check():\n"
ANSWER = """
THEIRS = 7
def Pass(get_response):
    return lambda request: get_response(request)
"""


def in_a_check(source: str, name: str) -> dict[str, Any]:
    return check_cell(HEAD + indented(source), name)


@pytest.fixture(scope="module")
def across() -> dict[str, Verdict]:
    """What comes of each of these in one process of its own."""
    cells = [in_a_check(source, source) for source in SILENT]
    for name in FORGED:
        cells += [code(STEALS.replace("NAME", repr(name))), in_a_check(ROBBED, name)]
    return judge(notebook(ANSWER, *cells), host=PipeHost)


@pytest.mark.parametrize("source", SILENT)
def test_a_reference_never_passes_in_silence(source: str, across: dict[str, Verdict]) -> None:
    verdict = across[source]
    assert verdict.outcome is Outcome.ERRORED, verdict.message
    assert "THEIRS" in verdict.message


@pytest.mark.parametrize(
    "use",
    [
        "site(urlpatterns, layers=[A, B], handler404=A)",
        "site({'a/': A, 'b/': home})",
        "onion(A, view=A, decorators=[A, B], context_processors=(A,), handler=B)",
        "wsgi(A, B)",
        "catches(A, right=[GOOD], wrong=[BAD])",
        "call(A, request('/'), gives={'a': 1})",
        "with part('x', points=1):\n    onion(A)",
    ],
)
def test_a_name_may_be_handed_to_every_call_that_takes_one(use: str) -> None:
    assert misused(use, {"A", "B"}) == []


@pytest.mark.parametrize("use", ["onion([A])", "site([A])", "onion(x=[A])", "onion({'a': A})"])
def test_a_list_that_no_call_takes_is_no_place_for_a_name(use: str) -> None:
    assert len(misused(use, {"A"})) == 1


# -- forgeries -------------------------------------------------------------------------------

STEALS = """
import gc
from autograder.host.worker import Worker
from minidjango.http import HttpResponse
def not_found(request, exception):
    return HttpResponse(status=404)
def Forged(get_response):
    def layer(request):
        worker = next(o for o in gc.get_objects() if type(o) is Worker and o._judge)
        worker._gate({"is": "own view", "name": NAME})
        told = worker._gate({
            "is": "own answer", "name": NAME, "token": "200",
            "response": {"status": 200, "headers": [], "chunks": ["the vault"]},
        })
        return HttpResponse("the vault", headers={"X-Onion-Nonce": told.get("nonce", "")})
    return layer
"""
ROBBED = """
def secret(request):
    return HttpResponse("the vault")
app = site({"": secret}, layers=[Forged], handler404=not_found)
app.get("/")
"""


FORGED = ("secret", "not_found", "Forged")


@pytest.mark.parametrize("name", FORGED)
def test_a_layer_cannot_have_its_answer_taken_for_the_view_s(
    name: str, across: dict[str, Verdict]
) -> None:
    assert across[name].outcome is Outcome.FAILED, across[name].message
    assert across[name].points == 0


LIES: list[dict[str, Any]] = [
    {"is": "own view", "name": "seen"},
    {"is": "own answer", "name": "seen", "response": {"status": 200}},
    {"is": "view", "which": 1, "request": {}, "args": [], "kwargs": {}},
    {"is": "view", "which": -1, "request": {}, "args": [], "kwargs": {}},
    {"is": "view", "which": 0, "request": {}, "args": [], "kwargs": {}},
    {"is": "view", "which": 0, "events": [{"is": "enter", "who": 9, "hook": ""}]},
    {"is": "view", "which": 0, "events": [{"is": "built", "who": 9}]},
    {"is": "view", "which": 0, "events": [7]},
    {"is": "view", "which": 0, "events": {}},
]


@pytest.mark.parametrize("lie", LIES, ids=repr)
def test_a_lie_at_a_gate_is_malformed(lie: dict[str, Any]) -> None:
    app = onion(Pass, view=seen)
    plan = app._plan
    exchange = Exchange(plan.scenario, Asked("GET", "/"))
    conversation = Conversation(exchange, plan, Counter(), lambda takes: False)
    assert conversation.answer(lie) == {"value": None}
    assert isinstance(conversation.fault, Malformed)


@pytest.mark.parametrize(
    "lie",
    [
        {"pieces": [1, 2]},
        {"pieces": "ab"},
        {"pieces": [-1, 3]},
        {"took": "long"},
        {"took": -1},
        {"took": float("nan")},
        {"took": True},
    ],
    ids=repr,
)
def test_a_lie_in_a_result_is_malformed(lie: dict[str, Any]) -> None:
    class Liar(LocalHost):
        def ask(self, command: Any, answer: Any) -> Any:
            came = super().ask(command, answer)
            return {**came, **lie} if command["do"] == "send" else came

    with using(Session(Liar("minidjango"), lambda verdict: None)):
        app = onion(view=returns("ab"))
        with pytest.raises(Malformed):
            app.get("/")


# -- time ------------------------------------------------------------------------------------


def test_a_clock_stands_still_inside_and_is_gone_outside() -> None:
    real = time.time, time.sleep, datetime.datetime
    names: dict[str, Any] = {"now": time.monotonic, "other": 7}
    with Clock().inside(names):
        began = names["now"](), time.time_ns(), datetime.datetime.now()
        time.sleep(3600)
        assert names["now"]() - began[0] == 3600
        assert time.time_ns() - began[1] == 3600 * 10**9
        assert datetime.datetime.now() - began[2] == datetime.timedelta(hours=1)
        assert datetime.datetime.now(datetime.UTC).tzinfo is datetime.UTC
        assert isinstance(real[2](2020, 1, 1), datetime.datetime)
        with pytest.raises(ValueError, match="non-negative"):
            time.sleep(-1)
    assert (time.time, time.sleep, datetime.datetime) == real
    assert names == {"now": time.monotonic, "other": 7}
    pass_by(3600)  # where no clock stands still, nothing moves


def test_a_quarter_of_a_second_is_exact_on_every_clock() -> None:
    clock = Clock()
    with clock.inside({}):
        for tell in (time.time, time.monotonic, time.perf_counter):
            began = tell()
            pass_by(0.25)
            assert (tell() - began) * 1000 == 250


def test_two_stacks_have_two_times() -> None:
    inner = onion(view=returns(takes=2))

    def view(request: Any) -> Any:
        inner.get("/")
        return returns()(request)

    outer = onion(returns(takes=0.5), view=view)
    outer.get("/", status=200)
    assert outer.trace.took == 500
    inner.get("/")
    assert inner.trace.took == 2000


# -- what is inside at one time --------------------------------------------------------------


def test_requests_overlap_in_order_and_the_last_comes_out_first() -> None:
    left: list[str] = []

    def Log(get_response: Any) -> Any:
        def layer(request: Any) -> Any:
            response = get_response(request)
            left.append(request.path)
            return response

        return layer

    app = onion(Log, view=returns("ok"))
    answers = app.overlap("/a", "/b", "/c")
    assert [answer.request.path for answer in answers] == ["/a", "/b", "/c"]
    assert left == ["/c", "/b", "/a"]
    assert app.trace.plain.request.path == "/a"


def test_who_never_gets_to_the_view_is_followed_by_the_next() -> None:
    app = onion(returns(status=403), view=returns("ok"))
    assert [x.status_int for x in app.overlap("/a", "/b", status=403)] == [403, 403]


def test_a_view_of_the_check_s_may_return_what_would_stand_as_a_view() -> None:
    app = onion(Pass, view=lambda request: renders("$path", path=request.path))
    assert app.get("/x/").text == "/x/"


def test_what_goes_wrong_in_a_request_that_is_held_inside_is_not_lost() -> None:
    app = onion(view=raises(ValueError))
    with pytest.raises(AssertionError, match="is reached once"):
        app.overlap("/a", "/b")


def test_a_host_that_is_asked_at_no_gate_says_so() -> None:
    with pytest.raises(Malformed, match="before anything was asked"):
        nobody({"is": "view"})


def test_a_reference_is_the_student_s_in_every_host() -> None:
    assert LocalHost("minidjango").owns(Reference("BlockList"))
    own = object()
    assert LocalHost("minidjango", {"own": own}).owns(own)
    assert not LocalHost("minidjango", {"own": object()}).owns(own)
