"""The layers that come with the framework answer as Django's do, in both kinds of stack."""

import re

import pytest

from tests.minidjango.site_of_layers import ROOT, VIEWS, ask, elsewhere, talk
from tests.minidjango.twoframeworks import agree, environ, framework

COMMON, GZIP = "middleware.common.CommonMiddleware", "middleware.gzip.GZipMiddleware"
SECURITY = "middleware.security.SecurityMiddleware"
FRAMES = "middleware.clickjacking.XFrameOptionsMiddleware"
CONDITIONAL = "middleware.http.ConditionalGetMiddleware"
ALL = [SECURITY, GZIP, CONDITIONAL, COMMON, FRAMES]
EVERYTHING = [ask(f"/{path}".replace(" ", "%20")) for path in VIEWS]
PACKED = [ask(f"/{path}", HTTP_ACCEPT_ENCODING="deflate, gzip") for path in VIEWS]
HTTPS = {"wsgi.url_scheme": "https", "SERVER_PORT": "443"}
CASES = {
    "common": ([COMMON], EVERYTHING, {}),
    "common: slashes": (
        [COMMON],
        [
            *map(ask, ("/slash", "/no", "/no/", "/secret", "/nothing", "/a b", "//evil")),
            ask("/slash", QUERY_STRING="a=1&b=/"),
            ask("/slash", "POST"),
            ask("/slash", SCRIPT_NAME="/mounted"),
        ],
        {},
    ),
    "common: no slashes": ([COMMON], [ask("/slash"), ask("/nothing")], {"APPEND_SLASH": False}),
    "common: no redirect of a body while developing": (
        [COMMON],
        [ask("/slash", method) for method in ("POST", "PUT", "PATCH", "DELETE", "HEAD")],
        {"DEBUG": True, "DEBUG_PROPAGATE_EXCEPTIONS": True},
    ),
    "common: another URLconf": (
        [f"{elsewhere.__module__}.elsewhere", COMMON],
        [
            ask("/only/here/", HTTP_HOST="www.example.com"),
            ask("/only/here", HTTP_HOST="www.example.com", QUERY_STRING="a=b"),
            ask("/only/here", HTTP_HOST="example.com"),
        ],
        {"PREPEND_WWW": True},
    ),
    "common: www": (
        [COMMON],
        [
            *(ask(path, HTTP_HOST="example.com") for path in ("/slash/", "/slash", "/no")),
            ask("/slash", HTTP_HOST="www.example.com"),
            ask("/slash/", HTTP_HOST="example.com:8000", QUERY_STRING="é=1", **HTTPS),
        ],
        {"PREPEND_WWW": True},
    ),
    "common: unwanted clients and hosts": (
        [COMMON],
        [
            ask("/slash/", HTTP_USER_AGENT="bad robot"),
            ask("/slash/", HTTP_USER_AGENT="good"),
            ask("/slash/", HTTP_USER_AGENT=""),
            ask("/slash/", HTTP_HOST="elsewhere"),
        ],
        {"DISALLOWED_USER_AGENTS": [re.compile("^(bad|$)")], "ALLOWED_HOSTS": ["testserver"]},
    ),
    "security": ([SECURITY], [*EVERYTHING, ask("/slash/", **HTTPS)], {}),
    "security: all on": (
        [SECURITY],
        [
            *(ask(f"/{path}", **HTTPS) for path in ("slash/", "set/", "nothing")),
            *(ask(path, QUERY_STRING="a=b") for path in ("/slash/", "/exempt/", "//evil/")),
        ],
        {
            "SECURE_HSTS_SECONDS": 60,
            "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
            "SECURE_HSTS_PRELOAD": True,
            "SECURE_SSL_REDIRECT": True,
            "SECURE_REDIRECT_EXEMPT": ["^exempt/"],
            "SECURE_REFERRER_POLICY": "origin, same-origin ,unsafe-url",
        },
    ),
    "security: all off": (
        [SECURITY],
        [ask("/slash/", **HTTPS)],
        {
            "SECURE_CONTENT_TYPE_NOSNIFF": False,
            "SECURE_REFERRER_POLICY": None,
            "SECURE_CROSS_ORIGIN_OPENER_POLICY": None,
        },
    ),
    "security: another host, several policies": (
        [SECURITY],
        [ask("/slash/"), ask("/slash/", **HTTPS)],
        {
            "SECURE_SSL_REDIRECT": True,
            "SECURE_SSL_HOST": "secure.example.com",
            "SECURE_HSTS_SECONDS": 7,
            "SECURE_REFERRER_POLICY": ("origin", "same-origin"),
        },
    ),
    "frames": ([FRAMES], EVERYTHING, {}),
    "frames: this site": ([FRAMES], [ask("/slash/")], {"X_FRAME_OPTIONS": "SameOrigin"}),
    "gzip": ([GZIP], [*EVERYTHING, *PACKED], {}),
    "gzip: not for a client that takes something like it": (
        [GZIP],
        [ask("/long/", HTTP_ACCEPT_ENCODING=each) for each in ("gzippy", "x-gzip;q=1", "br,gzip")],
        {},
    ),
    "conditional": ([CONDITIONAL], [*EVERYTHING, ask("/long/", "HEAD"), ask("/long/", "POST")], {}),
    "all": (ALL, [*EVERYTHING, *PACKED], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_layer_answers_and_logs_as_djangos(name):
    layers, asked, settings = CASES[name]
    agree(lambda fw: talk(fw, layers, asked), **{**ROOT, **settings})


@pytest.mark.parametrize("name", [name for name in CASES if not re.search("client|URLconf", name)])
def test_a_layer_answers_the_same_in_the_old_stack(name):
    layers, asked, settings = CASES[name]
    reads = [each for each in asked if each.method == "GET"]  # a HEAD loses its body there
    answers = []
    for old in (False, True):
        with framework("minidjango", **{**ROOT, **settings}) as fw:
            answers.append(fw.outcome(lambda fw=fw, old=old: talk(fw, layers, reads, old)[0]))
    assert answers[0] == answers[1]
    assert answers[0][0] == "returned"


def test_a_head_from_inside_is_answered_with_the_name_of_the_view():
    def case(fw):
        class Anybody:
            is_active = is_staff = False

        class Staff:
            is_active = is_staff = True

        class Customer:
            is_active, is_staff = True, False

        class View:
            def __call__(self, request):
                raise AssertionError("not called")

        def view(request):
            raise AssertionError("not called")

        layer = fw("contrib.admindocs.middleware.XViewMiddleware")(view)

        def ask(method, address, user, target=view):
            request = fw("core.handlers.wsgi.WSGIRequest")(
                environ("/", method, REMOTE_ADDR=address)
            )
            if user:
                request.user = user
            answer = layer.process_view(request, target, (), {})
            return answer and [answer.status_code, answer.content, list(answer.items())]

        return fw.each(
            no_user=lambda: ask("HEAD", "10.0.0.1", None),
            stranger=lambda: ask("HEAD", "8.8.8.8", Anybody),
            customer=lambda: ask("HEAD", "8.8.8.8", Customer),
            internal=lambda: ask("HEAD", "10.0.0.1", Anybody),
            staff=lambda: ask("HEAD", "8.8.8.8", Staff),
            get=lambda: ask("GET", "10.0.0.1", Staff),
            callable=lambda: ask("HEAD", "10.0.0.1", Staff, View()),
        )

    agree(case, INTERNAL_IPS=["10.0.0.1"])
