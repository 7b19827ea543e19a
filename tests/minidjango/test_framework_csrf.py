"""Protection against forgery: which requests the layer lets through, as on Django."""

import itertools

import pytest

from tests.minidjango.csrfsite import MASKED, SECRET, asked, plain_view, stack, token_view
from tests.minidjango.twoframeworks import agree, framework

SITE = "tests.minidjango.csrfsite"
TEXTS = [None, "", SECRET, "a" * 32, MASKED, "x" * 16, "*" * 64]


@pytest.mark.parametrize("cookie", TEXTS)
def test_a_form_must_bring_a_token_for_the_secret_in_the_cookie(cookie):
    def case(fw):
        app = stack(fw, plain_view(fw))
        masked = fw("middleware.csrf._mask_cipher_secret")(SECRET)
        forms = [asked(fw, app, cookie=cookie, post=post) for post in (*TEXTS, masked)]
        scripts = [
            asked(fw, app, method, cookie, HTTP_X_CSRFTOKEN=text)
            for method, text in itertools.product(("POST", "PUT", "DELETE"), (*TEXTS[1:], masked))
        ]
        return forms + scripts

    found = agree(case, ROOT_URLCONF=SITE)
    assert any(outcome[0] == "200 OK" for outcome in found[1]) == (cookie in TEXTS[2:5])


SOURCES = [
    {},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_ORIGIN": "https://testserver"},
    {"HTTP_ORIGIN": "http://testserver"},
    {"HTTP_ORIGIN": "https://a.trusted.org"},
    {"HTTP_ORIGIN": "http://a.trusted.org"},
    {"HTTP_ORIGIN": "https://exact.org"},
    {"HTTP_ORIGIN": "https://sub.exact.org"},
    {"HTTP_ORIGIN": "https://["},
    {"HTTP_REFERER": ""},
    {"HTTP_REFERER": "//testserver/"},
    {"HTTP_REFERER": "https://"},
    {"HTTP_REFERER": "https://["},
    {"HTTP_REFERER": "http://testserver/"},
    {"HTTP_REFERER": "https://testserver/a"},
    {"HTTP_REFERER": "https://testserver:4443/a"},
    {"HTTP_REFERER": "https://evil.org/"},
    {"HTTP_REFERER": "https://exact.org/"},
    {"HTTP_REFERER": "https://a.trusted.org/"},
    {"HTTP_REFERER": "https://a.cookie.org/"},
    {"HTTP_REFERER": "https://a.cookie.org:4443/"},
    {"HTTP_REFERER": "https://evil.org/", "HTTP_HOST": "@malformed"},
    {"HTTP_ORIGIN": "https://evil.org", "HTTP_HOST": "@malformed"},
    {"HTTP_ORIGIN": "https://exact.org", "HTTP_HOST": "@malformed"},
]
TRUSTED = {"CSRF_TRUSTED_ORIGINS": ["https://exact.org", "https://*.trusted.org"]}
DOMAINS = [{}, TRUSTED, {"CSRF_COOKIE_DOMAIN": ".cookie.org"}, {**TRUSTED, "DEBUG": True}]


@pytest.mark.parametrize("options", DOMAINS, ids=str)
@pytest.mark.parametrize("address", [("http", "80"), ("https", "443"), ("https", "4443")])
def test_a_form_must_come_from_a_page_of_this_site_or_a_trusted_one(address, options):
    def case(fw):
        app = stack(fw, plain_view(fw))
        scheme, port = address
        where = {"wsgi.url_scheme": scheme, "SERVER_PORT": port}
        tried = [asked(fw, app, "POST", SECRET, SECRET, **where, **each) for each in SOURCES]
        layer = fw("middleware.csrf.CsrfViewMiddleware")(plain_view(fw))
        known = [layer.allowed_origins_exact, dict(layer.allowed_origin_subdomains)]
        return [tried, known, layer.csrf_trusted_origins_hosts]

    found = agree(case, ROOT_URLCONF=SITE, **options)
    assert {outcome[0] for outcome in found[1][0]} == {"200 OK", "403 Forbidden"}


COOKIES = {
    "CSRF_COOKIE_NAME": "c",
    "CSRF_COOKIE_AGE": 5,
    "CSRF_COOKIE_DOMAIN": ".example.com",
    "CSRF_COOKIE_PATH": "/p/",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Strict",
}


@pytest.mark.parametrize("options", [COOKIES, {"CSRF_COOKIE_AGE": None}, {"CSRF_HEADER_NAME": "X"}])
def test_the_settings_say_what_the_cookie_and_the_header_are_like(options):
    def case(fw):
        app = stack(fw, token_view(fw))
        return [asked(fw, app, "GET"), asked(fw, app, "POST", SECRET, X=SECRET)]

    agree(case, ROOT_URLCONF=SITE, **options)


class Session(dict):
    """What a secret can be kept in."""


def test_the_secret_can_be_kept_in_the_session():
    def case(fw):
        layer = fw("middleware.csrf.CsrfViewMiddleware")(token_view(fw))
        request = fw("test.RequestFactory")().get("/")
        refused = fw.outcome(layer, request)
        request.session = Session()
        first, kept = layer(request), dict(request.session)
        form = fw("test.RequestFactory")().post("/", {"csrfmiddlewaretoken": kept["_csrftoken"]})
        form.session = request.session
        layer.process_request(form)
        answer = layer.process_view(form, token_view(fw), (), {})
        cookies = len(first.cookies)
        return [
            refused,
            sorted(kept),
            len(kept["_csrftoken"]),
            cookies,
            answer,
            form.csrf_processing_done,
        ]

    agree(case, CSRF_USE_SESSIONS=True)


def test_rotating_takes_a_new_secret_and_has_it_sent():
    def case(fw):
        def view(request):
            fw("middleware.csrf.rotate_token")(request)
            return fw("http.HttpResponse")(str(request.META["CSRF_COOKIE"] == SECRET))

        return asked(fw, stack(fw, view), "GET", SECRET)

    assert "=<new>;" in agree(case, ROOT_URLCONF=SITE)[1][2][0]


def test_what_has_been_done_is_not_done_again():
    def case(fw):
        layer = fw("middleware.csrf.CsrfViewMiddleware")(token_view(fw))
        request = fw("test.RequestFactory")().post("/")
        done = layer(request)
        renewed = request.META["CSRF_COOKIE_NEEDS_UPDATE"]
        request.csrf_processing_done = True
        answer = layer.process_view(request, token_view(fw), (), {})
        return [len(done.cookies), renewed, answer]

    agree(case)


def test_a_body_that_cannot_be_read_has_no_token():
    def case(fw):
        def request(error):
            made = fw("test.RequestFactory")().post("/", HTTP_COOKIE=f"csrftoken={SECRET}")
            made._stream = type("Gone", (), {"read": raises(error), "close": lambda self: None})()
            return made

        def raises(error):
            def read(self, *args):
                raise error

            return read

        layer = fw("middleware.csrf.CsrfViewMiddleware")(plain_view(fw))
        check = layer._check_token
        gone = fw("http.UnreadablePostError")("gone")
        return [fw.outcome(check, request(error)) for error in (gone, ValueError("other"))]

    agree(case)


def test_the_old_style_protects_too():
    with framework("minidjango", ROOT_URLCONF=SITE) as fw:
        settings = fw("conf.settings")
        app = stack(fw, plain_view(fw), layers=())
        settings.MIDDLEWARE = None
        settings.MIDDLEWARE_CLASSES = ["minidjango.middleware.csrf.CsrfViewMiddleware"]
        app = type(app)()
        statuses = [asked(fw, app, "POST", SECRET, post)[0] for post in (None, SECRET)]
    assert statuses == ["403 Forbidden", "200 OK"]
