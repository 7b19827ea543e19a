"""The checking API: what a check can say, and what it says of a check that goes wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from autograder import check, fresh, onion, raises, returns
from autograder.hosts import LocalHost
from autograder.seal import seal, unseal
from autograder.session import Session, using
from autograder.testapp import NotBuilt
from autograder.verdict import Outcome, Verdict
from minidjango.core.exceptions import MiddlewareNotUsed
from tests.autograder.answers import CHECK, HOSTS, RIGHT, WRONGS, verdict_on

every_host = pytest.mark.parametrize("host", HOSTS)
PASS = "def Pass(get_response):\n    return lambda request: get_response(request)\n"


@pytest.fixture(autouse=True)
def here() -> Iterator[Session]:
    with using(Session(LocalHost("minidjango"), lambda verdict: None)) as session:
        yield session


def Pass(get_response):
    return lambda request: get_response(request)


def judged(check_source: str, answer: str = PASS, host: str = "local") -> Verdict:
    body = "\n".join(f"    {line}" for line in check_source.strip().splitlines())
    head = "from autograder import *\nfrom minidjango.http import *\n"
    return verdict_on(answer, f"{head}with check('c', points=2):\n{body}\n", host)


@every_host
def test_every_claim_of_a_trace_holds_or_is_reported(host: str) -> None:
    holds = """
def view(request):
    return HttpResponse("x", status=201)
app = onion(Pass, view=view)
app.get("/")
app.trace.reached(view)
app.trace.reached(Pass)
app.trace.order(Pass, view)
app.trace.returned(Pass, 201)
"""
    assert judged(holds, host=host).passed
    for broken in (
        "app.trace.never_reached(view)",
        "app.trace.never_reached(Pass)",
        "app.trace.order(view, Pass)",
        "app.trace.order(Pass)",
        "app.trace.returned(Pass, 200)",
        "app.get('/', status=404)",
        "app.get('/', status=[404, 500])",
        "app.get('/', status='4*')",
    ):
        verdict = judged(holds + broken, host=host)
        assert verdict.outcome is Outcome.FAILED, broken


@every_host
def test_a_stack_of_two_is_entered_outermost_first(host: str) -> None:
    two = PASS + "def Inner(get_response):\n    return lambda request: get_response(request)\n"
    verdict = judged("app = onion(Pass, Inner)\napp.get('/')\n", two, host)
    assert verdict.actual is not None
    assert verdict.actual.lines() == [
        "Pass >",
        "Inner >",
        "hello >",
        "hello < 200",
        "Inner < 200",
        "Pass < 200",
    ]


@every_host
def test_the_same_layer_twice_is_told_apart(host: str) -> None:
    verdict = judged("app = onion(Pass, Pass)\napp.get('/')\n", host=host)
    assert verdict.actual is not None
    assert verdict.actual.layers == ("Pass", "Pass (2)")
    assert verdict.passed


@every_host
def test_hooks_are_seen_at_the_centre(host: str) -> None:
    hooks = (
        "class Pass:\n"
        "    def __init__(self, get_response):\n        self.get_response = get_response\n"
        "    def __call__(self, request):\n        return self.get_response(request)\n"
        "    def process_view(self, request, view_func, view_args, view_kwargs):\n"
        "        assert (view_func.__name__, view_func.mark) == ('view', 7)\n"
        "    def process_exception(self, request, exception):\n"
        "        from minidjango.http import HttpResponse\n"
        "        return HttpResponse(repr(exception), status=418)\n"
    )
    source = """
def view(request):
    raise ValueError("broken", 3)
view.mark = 7
app = onion(Pass, view=view)
answer = app.get("/", status=418)
assert answer.text == "ValueError('broken', 3)", answer.text
"""
    verdict = judged(source, hooks, host)
    assert verdict.passed, verdict.message
    assert verdict.actual is not None
    assert verdict.actual.lines() == [
        "Pass >",
        "Pass.process_view >",
        "Pass.process_view < None",
        "view >",
        "view < !ValueError",
        "Pass.process_exception >",
        "Pass.process_exception < 418",
        "Pass < 418",
    ]


@every_host
def test_a_layer_that_steps_aside_is_not_in_the_way(host: str) -> None:
    aside = (
        "from minidjango.core.exceptions import MiddlewareNotUsed\n"
        "class Pass:\n"
        "    def __init__(self, get_response):\n        raise MiddlewareNotUsed\n"
    )
    verdict = judged(
        "app = onion(Pass)\napp.get('/')\napp.trace.never_reached(Pass)\n", aside, host
    )
    assert verdict.passed, verdict.message


@every_host
def test_a_view_s_404_and_its_stream_cross_as_what_they_are(host: str) -> None:
    source = """
def missing(request):
    raise Http404("no such page")
app = onion(Pass, view=missing)
app.get("/", status=404)
app.trace.returned(missing, "!Http404")

def stream(request):
    return StreamingHttpResponse([b"one,", b"two"])
app = onion(Pass, view=stream)
assert app.get("/").text == "one,two"
"""
    verdict = judged(source, host=host)
    assert verdict.passed, verdict.message


@every_host
def test_the_view_sees_what_the_layers_set_and_the_request_that_was_sent(host: str) -> None:
    marks = (
        "def Pass(get_response):\n"
        "    def middleware(request):\n"
        "        request.tenant = {'name': 'acme', 'ids': [1, 2]}\n"
        "        request.META['HTTP_X_ADDED'] = 'yes'\n"
        "        response = get_response(request)\n"
        "        response['X-After'] = 'seen'\n"
        "        return response\n"
        "    return middleware\n"
    )
    source = """
def view(request):
    assert request.tenant == {"name": "acme", "ids": [1, 2]}
    answer = HttpResponse(f"{request.method} {request.path} {request.GET['q']} {request.POST['a']} "
                          f"{request.headers['X-Added']} {request.COOKIES['c']}")
    answer.set_cookie("session", "new", httponly=True)
    return answer
app = onion(Pass, view=view)
app.set_cookie("c", "kept")
answer = app.post("/x/?q=1", {"a": "ü"})
assert answer.text == "POST /x/ 1 ü yes kept", answer.text
assert answer.headers["X-After"] == "seen"
assert "session=new" in answer.headers["Set-Cookie"] and "HttpOnly" in answer.headers["Set-Cookie"]
assert not [name for name in answer.headers if "nonce" in name.lower()]
"""
    verdict = judged(source, marks, host)
    assert verdict.passed, verdict.message


@every_host
def test_settings_reach_the_layer_and_are_gone_afterwards(host: str) -> None:
    reads = (
        "from minidjango.conf import settings\n"
        "from minidjango.http import HttpResponse\n"
        "def Pass(get_response):\n"
        "    return lambda request: HttpResponse(getattr(settings, 'CLOSED', 'open'))\n"
    )
    source = """
closed = onion(Pass, CLOSED="minidjango.closed")
open_ = onion(Pass)
assert open_.get("/", status=200).text == "open"
said = closed.get("/", status=200).text
assert said in ("minidjango.closed", "django.closed"), said
assert open_.get("/", status=200).text == "open"
"""
    verdict = judged(source, reads, host)
    assert verdict.passed, verdict.message


@every_host
def test_canned_answers_stand_as_views_and_as_layers(host: str) -> None:
    source = """
app = onion(Pass, view=returns("made", status=201, X_Kind="canned"))
answer = app.get("/")
assert (answer.text, answer.headers["X-Kind"]) == ("made", "canned")
app = onion(Pass, view=raises(Http404, "gone"))
app.get("/", status=404)
app = onion(Pass, returns(status=503))
app.get("/", status=503)
app.trace.order(Pass, "returns 503")
app.trace.never_reached("hello")
"""
    verdict = judged(source, host=host)
    assert verdict.passed, verdict.message


@every_host
def test_what_goes_through_to_the_server_is_in_raised(host: str) -> None:
    leaks = (
        "def Pass(get_response):\n"
        "    def middleware(request):\n        raise KeyboardInterrupt('out')\n"
        "    return middleware\n"
    ).replace("KeyboardInterrupt", "SystemExit")
    source = """
app = onion(Pass)
app.get("/", status="*")
assert app.raised.type == "SystemExit" and app.raised.message == "out"
"""
    verdict = judged(source, leaks, host)
    assert verdict.passed, verdict.message


@every_host
def test_a_fault_of_the_check_s_own_is_errored_and_never_failed(host: str) -> None:
    verdict = judged("app = onion(Pass)\n1 / 0\n", host=host)
    assert verdict.outcome is Outcome.ERRORED
    assert "ZeroDivisionError" in verdict.message


def test_an_exercise_that_hands_over_a_class_of_its_own_cannot_be_judged_across_a_pipe() -> None:
    source = "class Own:\n    pass\nonion(Own)\n"
    verdict = judged(source, host="pipe")
    assert verdict.outcome is Outcome.ERRORED
    assert "cannot cross" in verdict.message


def test_a_check_goes_on_after_a_broken_claim_and_reports_the_first() -> None:
    verdict = judged("app = onion(Pass)\napp.get('/a', status=403)\napp.get('/b', status=404)\n")
    assert verdict.called == "GET /a"


def test_outside_a_check_a_broken_claim_raises_at_once() -> None:
    app = onion(Pass)
    with pytest.raises(AssertionError, match="expected status 403"):
        app.get("/", status=403)


def test_outside_a_check_a_stack_that_cannot_be_built_raises() -> None:
    def aside(get_response: object) -> None:
        raise MiddlewareNotUsed

    onion(aside).get("/")
    with pytest.raises(NotBuilt, match="returned None"):
        onion(lambda get_response: None)


def test_nothing_can_be_said_of_an_onion_that_was_not_asked() -> None:
    with pytest.raises(ValueError, match="nothing has been asked"):
        onion(Pass).trace.reached("hello")


def test_a_name_that_is_not_in_the_onion_is_refused_with_those_that_are() -> None:
    app = onion(Pass)
    app.get("/")
    with pytest.raises(ValueError, match="Other is not in this onion of Pass, hello"):
        app.trace.reached("Other")


@pytest.mark.parametrize(
    ("call", "mend"),
    [
        (lambda: onion(Pass, style="MIDDLEWARES"), "say MIDDLEWARE"),
        (lambda: onion(Pass, THING=object()), "THING"),
        (lambda: onion(Pass, MIDDLEWARE=["site.Pass"]), "writes the setting MIDDLEWARE itself"),
        (lambda: raises("Http404"), "takes an exception's class"),
        (lambda: returns(status=20), "status"),
        (lambda: seal("d", {"a": "x"}), "not among the options"),
        (lambda: unseal("nonsense"), "damaged"),
    ],
)
def test_a_call_that_is_wrong_says_how(call: object, mend: str) -> None:
    with pytest.raises((ValueError, TypeError), match=mend):
        call()  # type: ignore[operator]


def test_fresh_values_are_new_each_time_and_repeat_with_a_seed() -> None:
    def words() -> list[str]:
        with using(Session(LocalHost("minidjango"), print, random.Random(7))):
            return [fresh("/{}/{}") for _ in range(3)]

    assert words() == words()
    assert len(set(words())) == 3
    assert fresh() != fresh()


def test_check_failed_is_one_line_for_ipython() -> None:
    with pytest.raises(AssertionError) as caught, check("c"):
        onion(Pass).get("/", status=403)
    (line,) = caught.value._render_traceback_()  # type: ignore[attr-defined]
    assert line.startswith("CheckFailed: c: failed. GET /: expected status 403")
    assert str(caught.value).startswith("c: failed. GET /: expected status 403")


def test_a_check_inside_another_is_refused() -> None:
    with pytest.raises(AssertionError, match="stands inside another"), check("outer"):
        check("inner").__enter__()


def test_stopping_from_the_keyboard_is_not_a_verdict(here: Session) -> None:
    heard: list[Verdict] = []
    here.report = heard.append
    with pytest.raises(KeyboardInterrupt), check("c"):
        raise KeyboardInterrupt
    assert heard == []
    with check("c"):
        onion(Pass).get("/")


QUIZ = """
from autograder import check, quiz
with check("q", points=1):
    quiz(q, SEALED)
"""


@every_host
@pytest.mark.parametrize(
    ("answer", "outcome", "story"),
    [
        ("def q():\n    return 'b'", "passed", ""),
        ("def q():\n    return ' B '", "passed", ""),
        ("def q():\n    return 'a'", "failed", "because so"),
        ("def q():\n    return 'z'", "failed", "none of a, b"),
        ("def q():\n    return 7", "failed", "7 is none of a, b"),
        ("def q():\n    return object()", "failed", "it is a object"),
        ("def q():\n    raise NotImplementedError()", "not attempted", ""),
        ("def q():\n    raise KeyError('x')", "failed", "KeyError"),
        ("", "not attempted", ""),
    ],
)
def test_a_quiz_answer_is_judged_and_explained(
    answer: str, outcome: str, story: str, host: str
) -> None:
    sealed = seal("b", {"a": "because so", "b": "yes"})
    verdict = verdict_on(answer, QUIZ.replace("SEALED", repr(sealed)), host)
    assert verdict.outcome == outcome
    assert story in verdict.message


def test_a_sealed_key_is_the_same_each_time_and_hides_its_words() -> None:
    reasons = {"a": "Because the outer layer is first.", "b": "It is not."}
    sealed = seal("a", reasons, {"b": "inside-out"})
    assert sealed == seal("a", dict(reversed(reasons.items())), {"b": "inside-out"})
    assert unseal(sealed) == ("a", reasons, {"b": "inside-out"})
    assert "outer" not in sealed


def test_the_same_seed_or_another_gives_the_same_verdict() -> None:
    outcomes = {verdict_on(RIGHT).outcome for _ in range(20)}
    names = {verdict_on(WRONGS["condition-too-narrow"]).misconception for _ in range(20)}
    assert outcomes == {Outcome.PASSED}
    assert names == {"condition-too-narrow"}
    assert "fresh" in CHECK
