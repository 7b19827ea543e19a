"""Views make mistakes too, and not every word is true of every style."""

from __future__ import annotations

from tests.autograder.exercises import OLD, STAMP
from tests.autograder.recognised.asked import ECHOES
from tests.autograder.recognised.made import ECHO
from tests.autograder.recognised.naming import told
from tests.autograder.recognised.row import but


def test_a_view_of_the_student_s_makes_the_mistakes_of_whoever_must_answer() -> None:
    given = 'HttpResponse(request.GET.get("q", ""))'
    for answer, name in {
        "None": "forgot-return",
        '"text"': "not-a-response",
        "HttpResponse": "not-a-response",
        "HttpResponse(len())": "failed",  # which says it in other words
        "HttpResponse(given())": "wrong-arguments",
        'HttpResponse(request.GET["q"])': "reads-what-is-not-there",
    }.items():
        source = but(ECHO, given, answer) + "\ndef given(one):\n    return one\n"
        assert told(source, ECHOES).name == name, answer


def test_a_view_is_not_asked_for_what_only_a_layer_must_do() -> None:
    assert told(but(ECHO, "echo(request)", "echo(request, year)"), ECHOES).fit == []


def test_an_exception_that_the_check_wants_is_no_mistake() -> None:
    source = but(ECHO, '.get("q", "")', '["q"]')
    check = 'app = onion(view=echo)\napp.get("/", status=500)\napp.trace.header("X-Error")\n'
    assert told(source, check).fit == ["header-missing"]


BARE = """
shop = returns("pears")
app = wsgi(Stamp, shop)
app.get(fresh("/{}"))
app.trace.header("X-Stamp", "seen")
"""


def test_of_a_bare_application_nothing_is_said_that_speaks_of_get_response() -> None:
    inner = "return self.application(environ, stamped)"
    for answer, name in {
        "self.application(environ, stamped)": "forgot-return",
        "return 'text'": "failed",
        "self.application(environ, stamped); return self.application(environ, stamped)": "failed",
        "return self.application()": "failed",
        "environ['HTTP_NONE']": "reads-what-is-not-there",
    }.items():
        assert told(but(STAMP, inner, answer), BARE).name == name, answer
    assert told(but(STAMP, '"seen"', '"Seen"'), BARE).name == "wrong-header-value"
    assert told(but(STAMP, "self, application", "self"), BARE).name == "failed"


OLD_CHECK = """
app = onion(Old, Below, view=returns("ok"), style="MIDDLEWARE_CLASSES")
app.get(fresh("/{}/"))
app.trace.header("X-Old", "seen")
app.get(fresh("/closed/{}/"), status=503)
"""


def test_of_the_old_style_nothing_is_said_that_speaks_of_get_response() -> None:
    assert told(OLD, OLD_CHECK).name == "passed"
    for old, new, name in (
        ("        return response\n", "", "forgot-return"),
        ('"seen"', '"Seen"', "wrong-header-value"),
        ('request.path.startswith("/closed/")', "True", "failed"),
        ("class Old:", "class Old:\n    def __init__(self, get_response):\n        pass", "failed"),
    ):
        assert told(but(OLD, old, new), OLD_CHECK).name == name, new
