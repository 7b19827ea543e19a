"""A name is true or it is not given: each mistake has one, and its neighbours do not share it."""

from __future__ import annotations

import pytest

from autograder.evidence import Claim, Evidence
from autograder.misconceptions import REGISTRY, diagnose
from tests.autograder.answers import CHECK, HEAD, RIGHT, WRONGS, verdict_on

MIXIN = """
from minidjango.http import HttpResponseForbidden
from minidjango.utils.deprecation import MiddlewareMixin

class BlockList(MiddlewareMixin):
"""

NAMED = {
    "calls on with nothing in the brackets": (
        "wrong-arguments",
        """
        return HttpResponseForbidden() if blocked else self.get_response()
""",
    ),
    "wants the response as well": (
        "wrong-signature",
        """
        return response

    def __call__(self, request, response):
        return response
""",
    ),
    "falls out of a branch": (
        "forgot-return",
        """
        if blocked:
            pass
        else:
            return self.get_response(request)
""",
    ),
    "calls on twice, once for nothing": (
        "called-next-twice",
        """
        response = self.get_response(request)
        return HttpResponseForbidden() if blocked else self.get_response(request)
""",
    ),
    "too late with another status": (
        "short-circuit-too-late",
        """
        response = self.get_response(request)
        return HttpResponse("Forbidden") if blocked else response
""",
    ),
    "the view's own answer, with another status": (
        "short-circuit-too-late",
        """
        response = self.get_response(request)
        if blocked:
            response.status_code = 403
        return response
""",
    ),
    "raises on the way out": (
        "short-circuit-too-late",
        """
        response = self.get_response(request)
        if blocked:
            raise PermissionDenied
        return response
""",
    ),
    "too late and too wide, told of its lateness": (
        "short-circuit-too-late",
        """
        response = self.get_response(request)
        return HttpResponseForbidden() if "admin" in request.path else response
""",
    ),
    "too late and too narrow, told of its lateness": (
        "short-circuit-too-late",
        """
        response = self.get_response(request)
        return HttpResponseForbidden() if request.path == "/admin/" else response
""",
    ),
    "refuses everybody with another status": (
        "blocks-everything",
        """
        return HttpResponse(status=404)
""",
    ),
    "answers some of what should pass": (
        "condition-too-wide",
        """
        if request.path.startswith("/public/"):
            return HttpResponse("public")
        return HttpResponseForbidden() if blocked else self.get_response(request)
""",
    ),
    "answers what should pass, and stops nobody": (
        "never-called-next",
        """
        if request.path.startswith("/public/"):
            return HttpResponse("public")
        return self.get_response(request)
""",
    ),
    "stops something else altogether": (
        "stops-the-wrong-ones",
        """
        if request.path.startswith("/public/"):
            return HttpResponseForbidden()
        return self.get_response(request)
""",
    ),
    "raises a response": (
        "raised-no-exception",
        """
        if blocked:
            raise HttpResponseForbidden()
        return self.get_response(request)
""",
    ),
    "goes on with another path": (
        "never-short-circuits",
        """
        if blocked:
            request.path_info = "/403/"
        return self.get_response(request)
""",
    ),
    "too narrow with the wrong status, told of the status": (
        "wrong-status",
        """
        if request.path == "/admin/":
            return HttpResponse("Forbidden")
        return self.get_response(request)
""",
    ),
    "two statuses for one rule": (
        "wrong-status",
        """
        if blocked:
            return HttpResponse(status=403 if request.path == "/admin/" else 404)
        return self.get_response(request)
""",
    ),
    "everything but the front page": (
        "condition-too-narrow",
        """
        if blocked and request.path != "/admin/":
            return HttpResponseForbidden()
        return self.get_response(request)
""",
    ),
    "an allow-list": (
        "condition-too-wide",
        """
        if request.path.startswith("/public/"):
            return self.get_response(request)
        return HttpResponseForbidden()
""",
    ),
    "puts one of the view's answers in other words": (
        "response-replaced",
        """
        response = HttpResponseForbidden() if blocked else self.get_response(request)
        return HttpResponse("a blog") if "blog" in request.path else response
""",
    ),
    "makes every answer anew": (
        "response-replaced",
        """
        return HttpResponse(self.get_response(request).content)
""",
    ),
    "keeps the view's first answer": (
        "kept-an-old-answer",
        """
        if blocked:
            return HttpResponseForbidden()
        if not hasattr(self, "kept"):
            self.kept = self.get_response(request)
        return self.kept
""",
    ),
}

NAMELESS = {
    "falls over": """
        if blocked:
            return Forbidden()
        return self.get_response(request)
""",
    "falls over in a hook": """
        return self.get_response(request)

    def process_view(self, request, view_func, args, kwargs):
        return view_funk(request)
""",
    "falls over on the way out": """
        response = self.get_response(request)
        if blocked:
            response = Forbidden()
        return response
""",
    "makes those further in fall over": """
        if not blocked:
            request.urlconf = "nowhere"
            return self.get_response(request)
        return HttpResponseForbidden()
""",
    "keeps the first answer, whosever it is": """
        if not hasattr(self, "kept"):
            self.kept = HttpResponseForbidden() if blocked else self.get_response(request)
        return self.kept
""",
    "refuses whoever comes after": """
        last, self.last = getattr(self, "last", ""), request.path
        return HttpResponseForbidden() if last.startswith("/admin/") else self.get_response(request)
""",
    "too narrow and too wide": """
        return HttpResponseForbidden() if request.path.endswith("/admin/") else (
            self.get_response(request)
        )
""",
    "a line of its own calls what is no function": """
        if blocked:
            return HttpResponseForbidden()
        response = self.get_response(request)
        response.headers("X-Stamp", "seen")
        return response
""",
    "a hook runs the view, and the layer calls on once": """
        return HttpResponseForbidden() if blocked else self.get_response(request)

    def process_view(self, request, view_func, args, kwargs):
        view_func(request)
""",
}


def name_of(body: str, check: str = CHECK) -> str:
    return verdict_on(HEAD + body, check).misconception


@pytest.mark.parametrize(("name", "body"), NAMED.values(), ids=NAMED)
def test_a_mistake_is_recognised_in_other_clothes(name: str, body: str) -> None:
    assert name_of(body) == name


@pytest.mark.parametrize("body", NAMELESS.values(), ids=NAMELESS)
def test_what_no_entry_explains_fails_without_a_name(body: str) -> None:
    verdict = verdict_on(HEAD + body)
    assert (str(verdict.outcome), verdict.misconception, verdict.hint) == ("failed", "", "")


# -- a name is of the exchange that is told -------------------------------------------------------

CHECK_STOPS_FIRST = CHECK.replace(
    '    app.get(fresh("/public/{}/"))\n    app.get("/admin/", status=403)\n'
    "    app.trace.never_reached(secret)\n",
    '    app.get("/admin/", status=403)\n    app.trace.never_reached(secret)\n'
    '    app.get(fresh("/public/{}/"))\n',
)


def test_a_name_does_not_hang_on_which_request_comes_first() -> None:
    assert CHECK_STOPS_FIRST != CHECK
    for name, answer in WRONGS.items():
        assert verdict_on(answer, CHECK_STOPS_FIRST).misconception == name


@pytest.mark.parametrize(
    "body",
    [
        '\n        return HttpResponse("welcome")\n',
        "\n        return HttpResponse(status=404)\n",
        "\n        self.get_response(request)\n        return HttpResponse()\n",
        "\n        return HttpResponse(self.get_response(request).content)\n",
    ],
)
def test_one_answer_to_everybody_is_neither_late_nor_of_the_wrong_status(body: str) -> None:
    assert name_of(body, CHECK_STOPS_FIRST) == ""


@pytest.mark.parametrize("given", ["None", "'a text'"])
def test_what_comes_after_the_request_that_is_told_does_not_name_it(given: str) -> None:
    body = f"""
        if "blog" in request.path:
            return {given}
        return HttpResponse("a slip") if blocked else self.get_response(request)
"""
    verdict = verdict_on(HEAD + body)
    assert (verdict.called, verdict.misconception) == ("GET /admin/", "")


@pytest.mark.parametrize("name", ["never-short-circuits", "condition-inverted", "wrong-status"])
def test_a_request_that_may_pass_or_not_names_nothing(name: str) -> None:
    check = CHECK.replace("    app.get(fresh", '    app.get("/", status=418)\n    app.get(fresh', 1)
    verdict = verdict_on(WRONGS[name], check)
    assert (verdict.called, verdict.misconception) == ("GET /", "")


def test_a_claim_of_something_else_is_not_put_down_to_the_status() -> None:
    check = CHECK.replace(
        "    app.trace", "    app.trace.returned(BlockList, 404)\n    app.trace", 1
    )
    verdict = verdict_on(RIGHT, check)
    assert (verdict.wanted, verdict.misconception) == ("BlockList returns 404", "")


def test_what_the_view_raises_is_not_the_layer_s_answer() -> None:
    check = CHECK.replace("import HttpResponse", "import Http404, HttpResponse").replace(
        "        return HttpResponse",
        '        if request.path.startswith("/admin/"):\n            raise Http404\n'
        "        return HttpResponse",
    )
    verdict = verdict_on(WRONGS["never-short-circuits"], check)
    assert (verdict.called, verdict.misconception) == ("GET /admin/", "")


@pytest.mark.parametrize("status", [200, 404])
def test_an_answer_that_is_kept_is_not_taken_for_the_layer_s_own(status: int) -> None:
    check = CHECK.replace('HttpResponse("the vault")', f"HttpResponse(status={status})")
    assert name_of(NAMED["keeps the view's first answer"][1], check) == "kept-an-old-answer"


@pytest.mark.parametrize("wanted", ["[403, 404]", "(403,)", "'403 Forbidden'", "'4*'"])
@pytest.mark.parametrize("name", ["short-circuit-too-late", "wrong-status", "never-short-circuits"])
def test_a_status_may_be_claimed_in_any_of_webtest_s_ways(name: str, wanted: str) -> None:
    check = CHECK.replace("status=403", f"status={wanted}")
    assert verdict_on(WRONGS[name], check).misconception == name


def test_what_nobody_was_asked_of_has_no_name() -> None:
    assert diagnose(Evidence()) is None
    assert diagnose(Evidence(claims=[Claim(False, "5", "6")])) is None


# -- what the evidence cannot tell apart ---------------------------------------------------------

STICKY = """
        self.refusing = blocked or getattr(self, "refusing", False)
        return HttpResponseForbidden() if self.refusing else self.get_response(request)
"""


def test_a_refusal_that_sticks_looks_like_a_wide_condition_and_the_hint_is_true_of_both() -> None:
    wide, sticky = verdict_on(WRONGS["condition-too-wide"]), verdict_on(HEAD + STICKY)
    assert wide.actual is not None
    assert sticky.actual is not None
    assert wide.actual.lines() == sticky.actual.lines()
    assert wide.misconception == sticky.misconception == "condition-too-wide"
    assert "what is left on `self` outlives it" in sticky.hint
    assert not any(word in sticky.explanation for word in ("path", "alike"))


# -- what is given back instead of a response ----------------------------------------------------

GIVEN = {
    "HttpResponseForbidden": "a class itself",
    "PermissionDenied": "a class itself",
    "PermissionDenied()": "say `raise`",
    "self.get_response": "call it",
    "self.__call__": "call it",
    "lambda: 1": "call it",
    "request": "hand it to get_response",
    '"Forbidden"': "It must be a response",
    '("no", 403)': "It must be a response",
    "403": "It must be a response",
    "LookupError()": "It must be a response",
}


def hint_of(answer: str, host: str = "local") -> str:
    verdict = verdict_on(answer, host=host)
    assert verdict.misconception == "not-a-response"
    return verdict.hint


@pytest.mark.parametrize("given", GIVEN)
def test_the_hint_fits_what_was_given_back(given: str) -> None:
    body = f"\n        return {given} if blocked else self.get_response(request)\n"
    assert GIVEN[given] in hint_of(HEAD + body)


def test_the_hint_fits_a_generator() -> None:
    assert "say `return`" in hint_of(HEAD + "        yield HttpResponse()\n")


def test_the_hint_fits_a_coroutine() -> None:
    to_await = HEAD.replace("def __call__", "async def __call__")
    answer = to_await + "        return HttpResponse()\n"
    assert "Say `def`" in hint_of(answer, "pipe")  # where its warning is nobody's here


# -- who is in the onion, and who must answer ----------------------------------------------------

TWO_LAYERS = """
from autograder import check, onion
with check("block-list", points=2):
    app = onion(BlockList, Inner)
    app.get("/")
    CLAIM
"""

LEFT_OUT = """
class Inner:
    def __init__(self, get_response):
        from minidjango.core.exceptions import MiddlewareNotUsed
        raise MiddlewareNotUsed
"""

PASSES = HEAD + "        return self.get_response(request)\n"


def test_one_of_two_layers_may_be_the_one_that_is_not_in_the_onion() -> None:
    check = TWO_LAYERS.replace("CLAIM", "app.trace.reached(Inner)")
    assert verdict_on(PASSES + LEFT_OUT, check).misconception == "layer-never-entered"


def test_a_layer_that_shall_not_be_entered_is_not_missed() -> None:
    check = TWO_LAYERS.replace("CLAIM", "app.trace.never_reached(Inner)")
    assert verdict_on(PASSES + LEFT_OUT, check).passed
    answers_over = HEAD + "        self.get_response(request)\n        return HttpResponse()\n"
    assert verdict_on(answers_over + LEFT_OUT, check).misconception == "response-replaced"


def test_a_layer_that_was_entered_once_is_in_the_onion() -> None:
    check = TWO_LAYERS.replace("CLAIM", 'app.get("/inner/", status=403)')
    inner = "class Inner(BlockList):\n    pass\n"
    assert verdict_on(PASSES + inner, check).misconception == ""


STOPPED_FURTHER_IN = """
from autograder import check, onion, returns
with check("block-list", points=2):
    def secret(request):
        pass

    app = onion(BlockList, returns("no", 403), view=secret)
    app.get("/", status=403)
    app.trace.never_reached(secret)
"""


def test_a_request_that_somebody_else_stops_says_nothing_of_the_layer_s_condition() -> None:
    assert verdict_on(PASSES, STOPPED_FURTHER_IN).passed
    answers_itself = HEAD + '        return HttpResponse("welcome")\n'
    assert verdict_on(answers_itself, STOPPED_FURTHER_IN).misconception == ""


# -- mixins and factories are layers like any other ----------------------------------------------


def test_a_mixin_s_mistakes_have_the_same_names() -> None:
    late = MIXIN + (
        "    def process_response(self, request, response):\n"
        '        late = request.path.startswith("/admin/")\n'
        "        return HttpResponseForbidden() if late else response\n"
    )
    twice = MIXIN + "    def process_request(self, request):\n        self.get_response(request)\n"
    assert verdict_on(late).misconception == "short-circuit-too-late"
    called_twice = verdict_on(twice)
    assert called_twice.misconception == "called-next-twice"
    assert "MiddlewareMixin does that for you" in called_twice.hint


def test_every_entry_says_itself_in_whole_sentences() -> None:
    for name, entry in REGISTRY.items():
        assert entry.name == name
        assert not entry.title.endswith(".")
        for text in (entry.explanation, entry.hint, *entry.hints.values()):
            assert text.endswith((".", "?"))
