"""What clients, views, layers and settings may get wrong ends as it does on Django."""

import io
from types import ModuleType

import pytest

from tests.minidjango.accounts import django_apps
from tests.minidjango.served import page
from tests.minidjango.twoframeworks import Framework, agree, environ, framework, logs, served

URLS = {"ROOT_URLCONF": __name__}
urlpatterns = []
handler400, handler403, handler404, handler500 = map(page, (400, 403, 404, 500))
SESSION = "contrib.sessions.middleware.SessionMiddleware"


def answers(fw, view, *asked):
    """Return what a site of one view answers to each environ, and logs."""
    urlpatterns[:] = [fw("urls.re_path")("", view)]
    app = fw("core.handlers.wsgi.WSGIHandler")()
    with logs(fw) as lines:
        return [fw.outcome(served, app, each) for each in asked], lines


def form(body=b"a=1&b=2", kind="application/x-www-form-urlencoded", **more):
    length = str(len(body))
    sent = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": length, "wsgi.input": io.BytesIO(body)}
    return environ("/", "POST", **{**sent, **more})


def multipart(body, boundary="b", **more):
    return form(body, f"multipart/form-data; boundary={boundary}", **more)


FILE = b'--b\r\nContent-Disposition: form-data; name="f"; filename="%d"\r\n\r\n\r\n'
CLIENTS = {
    "a host that is none": lambda: environ(HTTP_HOST="a_b"),
    "a host of somebody else's": lambda: environ(HTTP_HOST="evil.test"),
    "a host with a newline": lambda: environ(HTTP_HOST="good.test\r\nX: y"),
    "a path that is not UTF-8": lambda: environ("/\xff/\xc3\xa9"),
    "a query that is not UTF-8": lambda: environ(QUERY_STRING="a=%ff\xff&%zz"),
    "too long a query": lambda: environ(QUERY_STRING="&".join("abcd")),
    "too many fields": lambda: form(b"a&b&c&d"),
    "too much": lambda: form(b"a=" + b"x" * 200),
    "a length that is none": lambda: form(CONTENT_LENGTH="x"),
    "a form in another charset": lambda: form(
        kind="application/x-www-form-urlencoded; charset=utf-16"
    ),
    "no boundary": lambda: multipart(b"", boundary=""),
    "a length below zero": lambda: multipart(b"", CONTENT_LENGTH="-1"),
    "broken base64": lambda: multipart(
        FILE[:-4] % 1 + b"Content-Transfer-Encoding: base64\r\n\r\nabc\r\n--b--"
    ),
    "too many files": lambda: multipart(b"".join(FILE % n for n in range(3)) + b"--b--"),
    "headers without end": lambda: multipart(b"--b\r\n" + b"x" * 2000),
    "a parameter in no charset": lambda: environ(CONTENT_TYPE="a/b; c*=none'x'y"),
    "a mount that is not UTF-8": lambda: environ(SCRIPT_NAME="/\xff"),
    "a path that is not Latin-1": lambda: environ("/\u2603"),
}


@pytest.mark.parametrize("name", CLIENTS)
def test_a_bad_request_is_refused_with_the_same_status_and_words(name):
    def view(request):
        read = [request.get_host(), request.path, *request.GET.lists()]
        return Framework(type(request).__module__.partition(".")[0])("http.HttpResponse")(
            str([*read, *request.POST.lists(), sorted(request.FILES)])
        )

    options = {f"DATA_UPLOAD_MAX_NUMBER_{what}": 2 for what in ("FIELDS", "FILES")}
    options |= {"ALLOWED_HOSTS": ["good.test", "testserver"], "DATA_UPLOAD_MAX_MEMORY_SIZE": 99}
    asked = CLIENTS[name]
    agree(lambda fw: answers(fw, view, asked()), **URLS, **options)


@pytest.mark.parametrize("missing", sorted(environ()))
def test_an_environ_that_lacks_something_is_the_same_error_or_none(missing):
    def case(fw):
        asked = environ()
        del asked[missing]
        Response = fw("http.HttpResponse")
        return answers(fw, lambda request: Response(request.build_absolute_uri()), asked)

    agree(case, **URLS)


RESPONSES = {
    "a value with a newline": lambda http: http("HttpResponse")(
        headers={"X-A": "b\r\nSet-Cookie: c"}
    ),
    "a name with a newline": lambda http: http("HttpResponse")(headers={"X-A\nB": "c"}),
    "a name that is not ASCII": lambda http: http("HttpResponse")(headers={"é": "a"}),
    "a value that is not Latin-1": lambda http: http("HttpResponse")(headers={"X-A": "☃\u00e9"}),
    "such a value with a newline": lambda http: http("HttpResponse")(headers={"X-A": "☃\n"}),
    "bytes": lambda http: http("HttpResponse")(headers={b"X-A": "é".encode()}),
    "a type with a newline": lambda http: http("HttpResponse")(content_type="a/b\r\n"),
    "a redirect with a newline": lambda http: http("HttpResponseRedirect")("/a\r\nX: b"),
    "a redirect to a script": lambda http: http("HttpResponseRedirect")("javascript:alert()"),
    "a method with a newline": lambda http: http("HttpResponseNotAllowed")(["GET\n"]),
    "a file's name": lambda http: http("FileResponse")(
        io.BytesIO(), as_attachment=True, filename='"\r\nX: é'
    ),
    "a status that is none": lambda http: http("HttpResponse")(status=600),
    "no status": lambda http: http("HttpResponse")(status="OK"),
    "no JSON": lambda http: http("JsonResponse")({"a": object}),
}


@pytest.mark.parametrize("name", RESPONSES)
def test_a_view_cannot_smuggle_a_header_into_its_answer(name):
    def case(fw):
        return answers(fw, lambda request: RESPONSES[name](lambda n: fw(f"http.{n}")), environ())

    agree(case, **URLS)


@pytest.mark.parametrize(
    "kept", [("a\r\nX: b", "c"), ("a", "b\r\nX: c;é"), ("a", "b", "/;\r\nX: c")]
)
def test_a_view_cannot_smuggle_a_header_into_a_cookie(kept):
    def case(fw):
        def view(request):
            response = fw("http.HttpResponse")()
            response.set_cookie(kept[0], kept[1], path="".join(kept[2:]))
            return response

        return answers(fw, view, environ())

    agree(case, **URLS)


def wrong(get_response, another):
    pass


def none(get_response):
    return None


number = 7
LAYERS = ["no.such.Layer", "word", "", "os.path"]
LAYERS += [f"{__name__}.{name}" for name in ("no_such", "number", "urlpatterns", "wrong", "none")]


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_no_layer_is_refused_at_the_start(layer):
    outcome = agree(lambda fw: answers(fw, none), MIDDLEWARE=[layer], **URLS)
    assert outcome[0] == "raised"


BARE = ModuleType("bare")
BARE.handler500 = page(500)
SETTINGS = {
    "layers that are text": {"MIDDLEWARE": "some.Layer"},
    "no such URLconf": {"ROOT_URLCONF": "no.such"},
    "a URLconf without patterns": {"ROOT_URLCONF": BARE},
    "no such charset": {"DEFAULT_CHARSET": "none"},
    "half a proxy": {"SECURE_PROXY_SSL_HEADER": ("HTTP_X",)},
    "no hosts": {"ALLOWED_HOSTS": []},
    "users without sessions": {"MIDDLEWARE": ["contrib.auth.middleware.AuthenticationMiddleware"]},
    "messages without sessions": {"MIDDLEWARE": ["contrib.messages.middleware.MessageMiddleware"]},
    "tokens in no session": {
        "MIDDLEWARE": ["middleware.csrf.CsrfViewMiddleware"],
        "CSRF_USE_SESSIONS": True,
    },
    "no such sessions": {"MIDDLEWARE": [SESSION], "SESSION_ENGINE": "no.such"},
    "no secret": {
        "MIDDLEWARE": [SESSION],
        "SESSION_ENGINE": "contrib.sessions.backends.signed_cookies",
        "SECRET_KEY": "",
    },
    "no such failure view": {
        "MIDDLEWARE": ["middleware.csrf.CsrfViewMiddleware"],
        "CSRF_FAILURE_VIEW": "no.such",
    },
    "no such frame option": {
        "MIDDLEWARE": ["middleware.clickjacking.XFrameOptionsMiddleware"],
        "X_FRAME_OPTIONS": "a\nb",
    },
}


@pytest.fixture(scope="module")
def _users():
    """Django's own users can be imported."""
    with framework("django"), django_apps():
        yield


@pytest.mark.usefixtures("_users")
@pytest.mark.parametrize("name", SETTINGS)
def test_settings_that_contradict_themselves_are_the_same_error(name):
    def view(request):
        fw = Framework(type(request).__module__.partition(".")[0])
        if hasattr(request, "session"):
            request.session["a"] = 1
        return fw("http.HttpResponse")(request.get_host())

    def case(fw):
        for setting, value in SETTINGS[name].items():
            of_this = [f"{fw.root}.{each}" for each in value] if setting == "MIDDLEWARE" else value
            if setting == "SESSION_ENGINE" and "contrib" in value:
                of_this = f"{fw.root}.{value}"
            setattr(
                fw("conf.settings"), setting, value if name == "layers that are text" else of_this
            )
        return answers(fw, view, environ(), form())

    agree(case, **URLS)
