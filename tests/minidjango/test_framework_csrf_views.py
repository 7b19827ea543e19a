"""Protection against forgery, seen from views and templates, as on Django."""

import itertools
import re

import pytest

from tests.minidjango.csrfsite import MASKED, SECRET, asked, plain_view, stack, token_view
from tests.minidjango.twoframeworks import agree

DECORATORS = ["csrf_protect", "requires_csrf_token", "ensure_csrf_cookie", "csrf_exempt"]
DECORATED = [(), *((name,) for name in DECORATORS), ("csrf_protect", "ensure_csrf_cookie")]


@pytest.mark.parametrize("decorators", DECORATED, ids=str)
@pytest.mark.parametrize("layers", [(), ("middleware.csrf.CsrfViewMiddleware",)], ids=len)
@pytest.mark.parametrize("make", [plain_view, token_view])
def test_decorators_protect_exempt_and_send_the_cookie(make, layers, decorators):
    def case(fw):
        app = stack(fw, make(fw), *decorators, layers=layers)
        cookies = (None, SECRET, MASKED, "bad")
        return [
            asked(fw, app, method, cookie, post)
            for method, cookie, post in itertools.product(("GET", "POST"), cookies, (None, SECRET))
        ]

    agree(case, ROOT_URLCONF="tests.minidjango.csrfsite")


def test_the_decorators_have_their_names():
    agree(lambda fw: [fw(f"views.decorators.csrf.{name}").__name__ for name in DECORATORS])


REASONS = ["REASON_NO_REFERER", "REASON_NO_CSRF_COOKIE", "REASON_CSRF_TOKEN_MISSING"]


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("reason", REASONS)
def test_the_page_says_what_can_be_done(reason, debug):
    def case(fw):
        request = fw("test.RequestFactory")().get("/")
        reason_text = fw(f"middleware.csrf.{reason}")
        page = fw("views.csrf.csrf_failure")(request, reason=reason_text)
        words = re.sub(r"\s+", " ", page.text)
        advice = re.findall(r"(?:You are seeing this|If you (?:have|are using))[^<]*", words)
        shown = [reason_text in words, "More information" in words, "<title>403 Forbidden" in words]
        missing = fw.outcome(lambda: fw("views.csrf.csrf_failure")(request, "", "none.html"))
        return [page.status_code, page["Content-Type"], advice, shown, missing]

    agree(case, DEBUG=debug)


def test_the_page_can_be_the_projects_own(tmp_path):
    (tmp_path / "403_csrf.html").write_text("ours: $csrf_token", encoding="utf-8")

    def case(fw):
        engine = f"{fw.root}.template.backends.dummy.TemplateStrings"
        fw("conf.settings").TEMPLATES = [{"BACKEND": engine, "DIRS": [tmp_path]}]
        page = fw("views.csrf.csrf_failure")(fw("test.RequestFactory")().get("/"))
        return [page.status_code, page.text[:6], len(page.text)]

    agree(case)


JINJA = {
    "yes": "{{ csrf_input }}",
    "text": "{{ csrf_token }}",
    "other": "{{ csrf_token|length }}{{ csrf_token + 'x' == 'y' }}",
    "no": "nothing",
}
STRINGS = {"yes": "$csrf_input", "text": "$csrf_token", "no": "nothing"}


@pytest.mark.parametrize(
    ("engine", "texts"), [("jinja2.Jinja2", JINJA), ("dummy.TemplateStrings", STRINGS)]
)
def test_engines_give_forms_a_token_and_make_it_only_when_it_is_used(engine, texts):
    def case(fw):
        params = {"NAME": "n", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}}
        made = fw(f"template.backends.{engine}")(params)
        found = []
        for text in texts.values():
            request = fw("test.RequestFactory")().get("/")
            page = made.from_string(text).render({"a": 1}, request)
            asked_for = request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
            found.append([re.sub("[a-zA-Z0-9]{64}", "<token>", page), asked_for])
        return [found, made.from_string(texts["yes"]).render({})]

    agree(case)


def test_the_context_processor_makes_a_token_only_when_it_is_used():
    def case(fw):
        request = fw("test.RequestFactory")().get("/")
        token = fw("template.context_processors.csrf")(request)["csrf_token"]
        before = "CSRF_COOKIE" in request.META
        secret = fw("middleware.csrf._unmask_cipher_token")(str(token))
        return [before, len(str(token)), secret == request.META["CSRF_COOKIE"]]

    agree(case)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1"])
@pytest.mark.parametrize("debug", [True, False])
def test_templates_may_know_the_request_and_whether_to_help_a_developer(address, debug):
    def case(fw):
        request = fw("test.RequestFactory")().get("/", REMOTE_ADDR=address)
        found = fw("template.context_processors.debug")(request)
        queries = list(found["sql_queries"]()) if found else None
        same = fw("template.context_processors.request")(request)["request"] is request
        return [sorted(found), found.get("debug"), queries, same]

    agree(case, DEBUG=debug, INTERNAL_IPS=["127.0.0.1"])
