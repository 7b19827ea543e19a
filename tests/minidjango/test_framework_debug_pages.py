"""The pages for developers: what they tell, what they hide, and that nothing in them is markup."""

import re
import sys

import pytest

from tests.minidjango.twoframeworks import Framework, agree, environ, framework, served

urlpatterns = []


class Outer:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


class Inner(Outer):
    pass


def gate(get_response):
    def layer(request):
        if "stop" in request.GET:
            raise ValueError("<stopped>")
        return get_response(request)

    return layer


def view(request, name):
    raise LookupError(f"<no {name}>")


def site(fw, **options):
    """Return an application with three layers, debugged."""
    global urlpatterns
    urlpatterns = [fw("urls.path")("v/<str:name>/", view, name="the-view")]
    fw("conf.settings").MIDDLEWARE = [f"{__name__}.{name}" for name in ("Outer", "gate", "Inner")]
    for name, value in options.items():
        setattr(fw("conf.settings"), name, value)
    return fw("core.handlers.wsgi.WSGIHandler")()


def page(path, **more):
    with framework("minidjango", ROOT_URLCONF=__name__, DEBUG=True) as fw:
        return served(site(fw), environ(path, **more))["body"].decode()


def inside(text):
    """Return the parts of the onion that the request was in."""
    found = re.findall(r'class="inside"><code>(.*?)</code>', text)
    return [each.rpartition(".")[2] for each in found]


@pytest.mark.parametrize(
    ("path", "query", "entered"),
    [
        ("/v/x/", "", ["Outer", "gate", "Inner", "view"]),
        ("/v/x/", "stop", ["Outer", "gate"]),
        ("/nothing/", "", ["Outer", "gate", "Inner"]),
    ],
)
def test_the_page_shows_which_layers_the_request_was_in(path, query, entered):
    text = page(path, QUERY_STRING=query)
    assert inside(text) == entered
    assert all(f"{__name__}.{name}" in text for name in ("Outer", "gate", "Inner"))
    plain = page(path, QUERY_STRING=query, HTTP_ACCEPT="application/json")
    assert plain == text or re.findall(r"^\* .*\.(\w+)$", plain, re.M) == entered[:3]


def test_the_page_shows_message_source_and_variables_escaped():
    text = page("/v/x/")
    assert "<h1>LookupError at /v/x/</h1>" in text
    assert '<pre class="exception_value">&lt;no x&gt;</pre>' in text
    assert '<li class="here"><pre>    raise LookupError(f&quot;&lt;no {name}&gt;&quot;)' in text
    assert '<tr><th scope="row">name</th><td>&#x27;x&#x27;</td></tr>' in text
    assert "<no x>" not in text


def reported(fw: Framework, raises, **request):
    """Return the technical page for what a function raises."""
    try:
        raises()
    except Exception:  # noqa: BLE001 - it is what is reported
        exc_info = sys.exc_info()
    made = fw("test.RequestFactory")().get("/", **request)
    return fw("views.debug.technical_500_response")(made, *exc_info)


def two():
    unprintable = type("Unprintable", (), {"__repr__": lambda self: 1 / 0})()
    large = "y" * 9000
    try:
        raise KeyError("<first>")
    except KeyError as first:
        first.add_note("<a note>")
        raise ValueError([unprintable, large][:0]) from first


def one():
    try:
        raise KeyError("<first>")
    except KeyError:
        raise TypeError("<second>")  # noqa: B904 - its context is what is tested


@pytest.mark.parametrize(
    ("raises", "words"),
    [
        (two, "The above exception (&#x27;&lt;first&gt;&#x27;) was the direct cause of the "),
        (two, "Error in formatting: ZeroDivisionError: division by zero"),
        (two, "&lt;trimmed 9002 bytes string&gt;"),
        (one, "During handling of the above exception (&#x27;&lt;first&gt;&#x27;), another "),
    ],
)
def test_the_page_tells_what_came_before_and_survives_every_value(raises, words):
    with framework("minidjango", ROOT_URLCONF=__name__) as fw:
        text = reported(fw, raises).text
    assert words in text
    assert "<first>" not in text


def test_a_cycle_of_causes_ends():
    def cycle():
        try:
            raise RuntimeError("outer") from RuntimeError("inner")
        except RuntimeError as error:
            raise error.__cause__ from error

    with framework("minidjango", ROOT_URLCONF=__name__) as fw:
        assert "<h1>RuntimeError at /</h1>" in reported(fw, cycle).text


SECRETS = {"SECRET_KEY": "s3", "MY_API": "s3", "D": {"password": "s3", "x": [{"AUTH": "s3"}]}}


def test_settings_and_headers_that_are_secret_are_hidden():
    with framework("minidjango", ROOT_URLCONF=__name__, **SECRETS) as fw:
        text = reported(fw, one, HTTP_COOKIE="sessionid=s3; c=seen", HTTP_X_TOKEN="s3").text
    assert "s3" not in text
    assert "HTTP_X_TOKEN" in text
    assert "seen" in text


@pytest.mark.parametrize("key", ["PASSWORD", "a_key", "x", 7, "sessionid", ("a", "b")])
@pytest.mark.parametrize("value", ["v", {"token": 1, "y": ({"auth": 2}, [3])}, ["a"], ("b",)])
def test_what_is_hidden_is_what_django_hides(key, value):
    def case(fw):
        hide = fw("views.debug.SafeExceptionReporterFilter")()
        request = fw("test.RequestFactory")().get("/", HTTP_MY_KEY="k", HTTP_COOKIE="a=b; token=c")
        cookies = hide.get_safe_cookies(request)
        return [
            hide.cleanse_setting(key, value),
            hide.get_safe_request_meta(request)["HTTP_MY_KEY"],
            cookies,
        ]

    agree(case)


@pytest.mark.parametrize("accept", ["application/json", "text/html", "*/*", "text/plain"])
@pytest.mark.parametrize("status", [500, 400])
def test_a_client_that_takes_no_html_gets_text(accept, status):
    def case(fw):
        try:
            one()
        except TypeError:
            made = fw("test.RequestFactory")().get("/", HTTP_ACCEPT=accept)
            answer = fw("views.debug.technical_500_response")(made, *sys.exc_info(), status)
        return [answer.status_code, answer["Content-Type"], "TypeError at /" in answer.text]

    assert agree(case, ROOT_URLCONF=__name__)[1][2]


@pytest.mark.parametrize("path", ["/nothing/<b>/", "/", "/gone/"])
def test_a_404_lists_the_patterns_that_were_tried(path):
    def case(fw):
        global urlpatterns
        route, include = fw("urls.path"), fw("urls.include")

        def gone(request):
            raise fw("http.Http404")("<gone>")

        below = include([route("<int:n>/", view, name="deep")])
        urlpatterns = [route("in/", below), route("gone/", gone, name="gone")]
        text = served(fw("core.handlers.wsgi.WSGIHandler")(), environ(path))["body"].decode()
        listed = re.sub(r"\s+", " ", text.partition("tried these")[2].partition("</main>")[0])
        patterns = [each.strip() for each in re.findall(r"<li>.*?</li>", listed)]
        said = re.sub("<.*?>", "", listed.partition("</ol>")[2]).strip()
        shown = [re.sub("</?(li|code)>| ", "", each) for each in patterns]
        return [shown, said, "&lt;gone&gt;" in text, "<gone>" in text, "Raised by:" in text]

    assert agree(case, ROOT_URLCONF=__name__, DEBUG=True)[1][0]


def test_a_project_without_patterns_is_welcomed():
    def case(fw):
        global urlpatterns
        urlpatterns = []
        sent = served(fw("core.handlers.wsgi.WSGIHandler")(), environ("/"))
        return [
            sent["status"],
            b"The install worked successfully! Congratulations!" in sent["body"],
        ]

    assert agree(case, ROOT_URLCONF=__name__, DEBUG=True)[1] == ["200 OK", True]
