"""Small exercises, each of which uses one call of the checking API as a lesson would.

`ok` is an answer that passes its check, in every host; `no` is one that fails, with words that the
card must have. What stands on the reference page is taken from there.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.autograder.page import exercise


@dataclass(frozen=True)
class Small:
    """One answer to one exercise, and what is to come of it."""

    answer: str
    check: str
    outcome: str = "passed"
    says: str = ""
    points: float = 2


def ok(answer: str, check: str) -> Small:
    return Small(answer, check)


def no(answer: str, check: str, says: str, points: float = 0) -> Small:
    return Small(answer, check, "failed", says, points)


HTTP = "from minidjango.http import *\n"
PASS = """
class Pass:
    def __init__(self, get_response):
        self.get_response = get_response
    def __call__(self, request):
        return self.get_response(request)
"""

# -- wsgi ------------------------------------------------------------------------------------

APPLICATION, APPLICATION_CHECK = exercise("echo")
STAMP, STAMP_CHECK = exercise("bare-stamp")
STAMP_CHECK += "app.built_once(Stamp)\n"

WSGI = {
    "a bare application": ok(APPLICATION, APPLICATION_CHECK),
    "an application that is a generator": ok(
        APPLICATION.replace("return [body]", "yield body"), APPLICATION_CHECK
    ),
    "an application that returns a text": no(
        APPLICATION.replace("[body]", "body.decode()"),
        APPLICATION_CHECK,
        "PEP3333: You should not return a string",
    ),
    "an application that yields text": no(
        APPLICATION.replace("[body]", "[body.decode()]"),
        APPLICATION_CHECK,
        "PEP3333: Iterator yielded non-bytestring",
    ),
    "an application that says a status without words": no(
        APPLICATION.replace("200 OK", "200"), APPLICATION_CHECK, "status explanation"
    ),
    "an application that says a number": no(
        APPLICATION.replace('"200 OK"', "200"), APPLICATION_CHECK, "Status must be of type str"
    ),
    "an application that never starts": no(
        "def application(environ, start_response):\n    return [b'']",
        APPLICATION_CHECK,
        "start_response has not yet been called",
    ),
    "an application that reads without end": no(
        APPLICATION.replace("    body", "    environ['wsgi.input'].read()\n    body"),
        APPLICATION_CHECK,
        "how many bytes to read",
    ),
    "an application that is not there yet": Small(
        "def application(environ, start_response):\n    raise NotImplementedError()",
        APPLICATION_CHECK,
        "not attempted",
        "NotImplementedError",
        0,
    ),
    "a wrapper": ok(STAMP, STAMP_CHECK),
    "a wrapper that swallows the answer": no(
        STAMP.replace(
            "return self.application(environ, stamped)",
            "self.application(environ, stamped); return [b'']",
        ),
        STAMP_CHECK,
        "shop is reached once, and its answer comes back",
    ),
    "a wrapper that forgets to return": no(
        STAMP.replace("return self.app", "self.app"), STAMP_CHECK, "must return an iterator"
    ),
}

# -- site ------------------------------------------------------------------------------------

SITE = (
    HTTP
    + """
from minidjango.urls import path, include, re_path
def article(request, year):
    return HttpResponse(f"articles of {year}")
def home(request):
    return HttpResponse("welcome")
def not_found(request, exception):
    return HttpResponse(f"nothing at {request.path}", status=404)
blog = [path("<int:year>/", article, name="article")]
urlpatterns = [path("", home), path("blog/", include(blog))]
"""
)
SITE_CHECK = """
app = site(urlpatterns, handler404=not_found, layers=[Pass])
app.get("/")
app.trace.order(Pass, home)
app.get("/blog/1999/")
app.trace.content("articles of 1999")
app.trace.reached(article)
app.trace.never_reached(home)
nowhere = fresh("/{}/")
app.get(nowhere, status=404)
app.trace.reached(not_found)
app.trace.contains(nowhere)
"""
VIEWS, VIEWS_CHECK = exercise("greeting")
ECHO = HTTP + "def echo(request):\n    return HttpResponse(request.GET['q'])\n"
ECHO_CHECK = """
app = onion(Pass, view=echo)
word = fresh()
app.get(f"/?q={word}")
app.trace.content(word)
app.trace.order(Pass, echo)
"""
CONVERTED = (
    PASS
    + """
    def process_view(self, request, view_func, view_args, view_kwargs):
        request.said = f"{view_func.__name__} {view_args} {view_kwargs}"
"""
)
CONVERTED_CHECK = """
from minidjango.http import HttpResponse
def article(request, year):
    return HttpResponse(request.said)
app = site({"articles/<int:year>/": article}, layers=[Pass])
app.get("/articles/1999/")
app.trace.content("article () {'year': 1999}")
app.trace.hooks("Pass.process_view")
app.trace.reached("Pass.process_view")
app.get("/other/", status=404)
app.trace.never_reached("Pass.process_view")
app.trace.never_reached(article)
"""
ITSELF = (
    ECHO
    + PASS
    + """
    def process_view(self, request, view_func, view_args, view_kwargs):
        if view_func is not echo:
            return HttpResponse(status=418)
"""
)
EXEMPT = (
    PASS
    + """
    def process_view(self, request, view_func, view_args, view_kwargs):
        from minidjango.http import HttpResponseForbidden
        if not getattr(view_func, "open_to_all", False):
            return HttpResponseForbidden()

def open_to_all(view):
    view.open_to_all = True
    return view
"""
)
EXEMPT_CHECK = """
def secret(request):
    from minidjango.http import HttpResponse
    return HttpResponse("the vault")
onion(Pass, view=secret, decorators=[open_to_all]).get(fresh("/{}"))
app = onion(Pass, view=secret)
app.get(fresh("/{}"), status=403)
app.trace.never_reached(secret)
app.trace.returned("Pass.process_view", 403)
"""

MARKED_CHECK = """
app = onion(Pass, view=echo, decorators=[open_to_all])
word = fresh()
app.get(f"/?q={word}")
app.trace.content(word)
app.trace.reached(echo)
"""

SITES = {
    "a URLconf with a handler": ok(SITE + PASS, SITE_CHECK),
    "a URLconf whose handler is not asked": no(
        SITE.replace('"nothing at', '"nowhere at').replace("path}", "method}") + PASS,
        SITE_CHECK,
        "in the content",
    ),
    "a URLconf that leads astray": no(
        SITE.replace('path("", home)', 're_path("", home)') + PASS, SITE_CHECK, "articles of 1999"
    ),
    "a class-based view by route": ok(VIEWS, VIEWS_CHECK),
    "a view of the student's": ok(ECHO + PASS, ECHO_CHECK),
    "a view that returns nothing": no(
        ECHO.replace("return ", "") + PASS, ECHO_CHECK, "echo returned None"
    ),
    "a view that is not there yet": Small(
        "def echo(request):\n    raise NotImplementedError()" + PASS,
        ECHO_CHECK,
        "not attempted",
        points=0,
    ),
    "what the route captured": ok(CONVERTED, CONVERTED_CHECK),
    "the view function itself": ok(ITSELF, ECHO_CHECK),
    "a decorator of the student's": ok(EXEMPT, EXEMPT_CHECK),
    "a view of the student's in a decorator of theirs": ok(EXEMPT + ECHO, MARKED_CHECK),
    "a view that the URLconf should have": Small(
        SITE + PASS,
        SITE_CHECK + "app.trace.never_reached(nowhere_to_be_found)\n",
        "not attempted",
        "nowhere_to_be_found is not defined",
        0,
    ),
    "a decorator that forgets the mark": no(
        EXEMPT.replace("= True", "= False"), EXEMPT_CHECK, "secret was never entered"
    ),
}

# -- canned answers --------------------------------------------------------------------------

TIMING = PASS.replace("Pass", "Timing").replace(
    "        return self.get_response(request)",
    """        started = CLOCK()
        response = self.get_response(request)
        response["X-Ms"] = str((CLOCK() - started) * 1000)
        return response""",
)
TIMING_CHECK = """
app = onion(Timing, view=returns("slow", takes=0.25))
app.get(fresh("/{}"))
app.trace.header("X-Ms", "250.0")
assert app.trace.took == 250, app.trace.took
app.get(fresh("/{}"))
app.trace.header("X-Ms", "250.0")
app = onion(Timing, raises(ValueError, takes=0.5))
app.get("/", status=500)
app.trace.header("X-Ms", "500.0")
"""
UPPER = HTTP + PASS.replace("Pass", "Upper").replace(
    "        return self.get_response(request)",
    """        response = self.get_response(request)
        response.streaming_content = map(bytes.upper, response.streaming_content)
        return response""",
)
UPPER_CHECK = """
word = fresh()
app = onion(Upper, view=streams("one,", word))
app.get("/")
app.trace.streamed("ONE,", word.upper())
app = onion(Upper, view=streams("one,", raises=ValueError))
app.get("/", status="*")
assert app.raised.type == "ValueError", app.raised
"""
# What came back is not what the view gave: its content was changed on purpose.
UPPER_CHECK = UPPER_CHECK.replace('app.get("/")', 'app.get("/", status=200)')
BANNER, BANNER_CHECK = exercise("banner")
BANNER_CHECK += """
onion(Banner, view=renders("{{ banner }} {{ word }}", word=word)).get("/")
"""
SHOP, SHOP_CHECK = exercise("shop-name")
PAGE, PAGE_CHECK = exercise("search-page")

CANNED = {
    "time.perf_counter": ok(
        "import time\n" + TIMING.replace("CLOCK", "time.perf_counter"), TIMING_CHECK
    ),
    "monotonic, imported": ok(
        "from time import monotonic as now\n" + TIMING.replace("CLOCK", "now"), TIMING_CHECK
    ),
    "time.time": ok("import time\n" + TIMING.replace("CLOCK", "time.time"), TIMING_CHECK),
    "nanoseconds": ok(
        "import time\n" + TIMING.replace("CLOCK", "time.time_ns").replace(" * 1000", " / 1e6"),
        TIMING_CHECK,
    ),
    "datetime.now": ok(
        "from datetime import datetime\n"
        + TIMING.replace("CLOCK", "datetime.now").replace(
            "(datetime.now() - started)", "(datetime.now() - started).total_seconds()"
        ),
        TIMING_CHECK,
    ),
    "a layer that sleeps": no(
        "import time\n"
        + TIMING.replace("CLOCK", "time.time").replace(
            "        response =", "        time.sleep(600)\n        response ="
        ),
        TIMING_CHECK,
        "X-Ms is '600250.0'",
    ),
    "seconds for milliseconds": no(
        "import time\n" + TIMING.replace("CLOCK", "time.time").replace(" * 1000", ""),
        TIMING_CHECK,
        "X-Ms is '0.25'",
    ),
    "a stream that is wrapped": ok(UPPER, UPPER_CHECK),
    "a stream that is read": no(
        UPPER.replace(
            "map(bytes.upper, response.streaming_content)",
            "[*map(bytes.upper, response.streaming_content)]",
        ),
        UPPER_CHECK,
        "2 parts were read before the layers were left",
    ),
    "a late template": ok(BANNER, BANNER_CHECK),
    "a banner for nobody": no(
        BANNER.replace('"sale"', '"bargain"'), BANNER_CHECK, "the content was 'bargain "
    ),
    "a context processor": ok(SHOP, SHOP_CHECK),
    "a context processor that knows one shop": no(
        SHOP.replace('request.GET.get("name", "ours")', '"ours"'),
        SHOP_CHECK,
        "the content was 'ours",
    ),
    "a template by name": ok(PAGE, PAGE_CHECK),
}

# -- state, construction, the old style, a handler of one's own ------------------------------

START = TIMING.replace("started = CLOCK()", "self.started = CLOCK()").replace(
    "CLOCK() - started", "CLOCK() - self.started"
)
OVERLAP_CHECK = """
app = onion(Timing, view=returns(takes=0.25))
first, second = app.overlap(fresh("/{}"), fresh("/{}"))
assert float(second.headers["X-Ms"]) == 250, second.headers
assert float(first.headers["X-Ms"]) == 500, first.headers
app.built_once(Timing)
"""
FOLD = """
from minidjango.conf import settings
from minidjango.core.handlers.exception import convert_exception_to_response
from minidjango.urls import get_resolver
from minidjango.utils.module_loading import import_string

def centre(request):
    view, args, kwargs = get_resolver().resolve(request.path_info)
    return view(request, *args, **kwargs)

def build():
    handler = convert_exception_to_response(centre)
    for path in reversed(settings.MIDDLEWARE):
        handler = convert_exception_to_response(import_string(path)(handler))
    return handler
"""
FOLD_CHECK = """
app = onion(Outer, Inner, view=returns("ok"), handler=build)
app.get("/")
app.trace.order(Outer, Inner, "returns 200")
app.get("/")
app.built_once(Outer)
app = onion(Outer, Inner, view=raises(ValueError), handler=build)
app.get("/", status=500)
app.trace.returned(Inner, 500)
"""
TWO = PASS.replace("Pass", "Outer") + "class Inner(Outer): pass\n"
OLD = (
    HTTP
    + """
class Old:
    def process_request(self, request):
        if request.path.startswith("/closed/"):
            return HttpResponse(status=503)
    def process_response(self, request, response):
        response["X-Old"] = "seen"
        return response
class Below(Old):
    def process_request(self, request):
        pass
"""
)
OLD_CHECK = """
app = onion(Old, Below, view=returns("ok"), style="MIDDLEWARE_CLASSES")
app.get(fresh("/{}/"))
app.trace.hooks(
    "Old.process_request", "Below.process_request", "returns 200",
    "Below.process_response", "Old.process_response",
)
app.get(fresh("/closed/{}/"), status=503)
app.trace.hooks("Old.process_request", "Below.process_response", "Old.process_response")
app.trace.returned("Old.process_request", 503)
app.trace.reached(Below)
app.trace.never_reached("Below.process_request")
app.built_once(Old)
"""
NATIVE, NATIVE_CHECK = exercise("native")

STACKS = {
    "state of a request's own": ok(
        "import time\n" + TIMING.replace("CLOCK", "time.time"), OVERLAP_CHECK
    ),
    "state on self": no(
        "import time\n" + START.replace("CLOCK", "time.time"), OVERLAP_CHECK, "250"
    ),
    "a handler of the student's": ok(FOLD + TWO, FOLD_CHECK),
    "a handler inside out": no(
        FOLD.replace("reversed(settings.MIDDLEWARE)", "settings.MIDDLEWARE") + TWO,
        FOLD_CHECK,
        "Outer → Inner → returns 200",
    ),
    "a handler that builds for each request": no(
        FOLD.replace(
            "def build():", "def build():\n    return lambda request: once()(request)\ndef once():"
        )
        + TWO,
        FOLD_CHECK,
        "it was made 2 times",
    ),
    "the old stack": Small(OLD, OLD_CHECK, "old"),
    "Django itself": ok(NATIVE, NATIVE_CHECK),
    "sessions and users": ok("", ""),
}

# -- batteries -------------------------------------------------------------------------------

LOGIN = (
    HTTP
    + PASS.replace("Pass", "Wall").replace(
        "        return",
        """        if not request.user.is_authenticated and request.path != "/login/":
            return HttpResponseRedirect("/login/")
        return""",
    )
    + """
from minidjango.contrib.auth import login
from minidjango.contrib.auth.models import User
def sign_in(request):
    user = User.objects.create_user(username=request.POST["name"])
    login(request, user, backend="minidjango.contrib.auth.backends.ModelBackend")
    return HttpResponse("welcome")
def home(request):
    return HttpResponse(f"hello {request.user.username}")
"""
)
LOGIN_CHECK = """
app = site(
    {"login/": sign_in, "": home},
    layers=[
        "minidjango.contrib.sessions.middleware.SessionMiddleware",
        "minidjango.contrib.auth.middleware.AuthenticationMiddleware",
        Wall,
    ],
    SESSION_ENGINE="minidjango.contrib.sessions.backends.signed_cookies",
    DATABASES={"default": {"ENGINE": "minidjango.db.backends.sqlite3", "NAME": ":memory:"}},
)
app.get("/", status=302)
app.trace.never_reached(home)
app.trace.outside("AuthenticationMiddleware", Wall)
name = fresh()
app.post("/login/", {"name": name})
app.trace.cookie("sessionid")
app.get("/")
app.trace.content(f"hello {name}")
"""
COOKIES, COOKIES_CHECK = exercise("theme")
STACKS["sessions and users"] = ok(LOGIN, LOGIN_CHECK)
STACKS["cookies"] = ok(COOKIES, COOKIES_CHECK)
STACKS["a cookie that stays"] = no(
    COOKIES.replace('delete_cookie("theme")', 'set_cookie("theme", "")'),
    COOKIES_CHECK,
    "theme is ''",
)

# -- a student's test, points by parts -------------------------------------------------------

TESTS = """
from minidjango.http import HttpResponse
from minidjango.test import RequestFactory
def test_block_list(BlockList):
    calls = []
    def view(request):
        calls.append(request)
        return HttpResponse("seen")
    layer = BlockList(view)
    assert layer(RequestFactory().get("/admin/")).status_code == 403
    assert not calls
    assert layer(RequestFactory().get("/")).content == b"seen"
"""
WITH_THE_API = """
from autograder import onion, returns
def test_block_list(BlockList):
    view = returns("seen")
    app = onion(BlockList, view=view)
    app.get("/admin/", status=403)
    app.trace.never_reached(view)
    app.get("/")
"""
TESTS_CHECK = '''
GOOD = """# stops /admin/
from minidjango.http import HttpResponse
class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response
    def __call__(self, request):
        if request.path.startswith("/admin/"):
            return HttpResponse(status=403)
        return self.get_response(request)
"""
LATE = GOOD.replace("# stops /admin/", "# asks the view before it says no").replace(
    "        if", "        response = self.get_response(request)\\n        if"
).replace("        return self.get_response(request)", "        return response")
catches(test_block_list, right=[GOOD], wrong=[LATE, returns(status=403)])
'''
PARTS, PARTS_CHECK = exercise("stamp-them-all")

JUDGED = {
    "a test": ok(TESTS, TESTS_CHECK),
    "a test in the words of the API": ok(WITH_THE_API, TESTS_CHECK),
    "a test that looks at the status alone": no(
        TESTS.replace("    assert not calls\n", ""),
        TESTS_CHECK,
        "test_block_list fails on a layer that asks the view before it says no; it passes",
    ),
    "a test that fails on everything": no(
        "def test_block_list(layer):\n    assert False",
        TESTS_CHECK,
        "on a layer that stops /admin/",
    ),
    "a test that is not there yet": Small(
        "def test_block_list(layer):\n    raise NotImplementedError()",
        TESTS_CHECK,
        "not attempted",
        points=0,
    ),
    "every part": ok(PARTS, PARTS_CHECK),
    "one part of three": no(
        PARTS.replace('"seen"', '"Seen"'), PARTS_CHECK, "says what it should, 0 of 1 point", 0.5
    ),
    "two parts of three": no(
        PARTS.replace(
            '        response["X-S', '        if response.status_code < 500: response["X-S'
        ),
        PARTS_CHECK,
        "of errors too, 0 of 0.5 points: expected the header",
        1.5,
    ),
    "parts of an answer whose control fails": no(
        HTTP
        + PARTS.replace(
            "        return response", "        return HttpResponse(headers=response.headers)"
        ),
        PARTS_CHECK,
        "its own answer did not come back",
    ),
}

ALL = {**WSGI, **SITES, **CANNED, **STACKS, **JUDGED}
