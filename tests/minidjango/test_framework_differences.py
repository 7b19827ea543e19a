"""Every deliberate difference from Django 5.2: the rows of ``minidjango/README.md``."""

import gc
import inspect
import re
import sys
from pathlib import Path

import pytest

import minidjango
from tests.minidjango.twoframeworks import environ, framework, results

README = (Path(minidjango.__file__).parent / "README.md").read_text("utf-8")


def test_every_difference_in_the_readme_has_its_test_and_every_test_its_row():
    rows = set(re.findall(r"\| `(test_\w+)` \|$", README, flags=re.MULTILINE))
    module = sys.modules[__name__]
    tests = {name for name, _ in inspect.getmembers(module, inspect.isfunction)}
    tests = {name for name in tests if name.startswith("test_")}
    assert rows == tests - {inspect.currentframe().f_code.co_name}


urlpatterns = []


def get_response(request):
    """The next layer."""


def test_a_mixin_may_be_built_without_an_argument():
    django, ours = results(lambda fw: bool(fw("utils.deprecation.MiddlewareMixin")()))
    assert django[:2] == ["raised", "TypeError"]
    assert ours == ["returned", True]


@pytest.mark.filterwarnings("ignore:coroutine")
def test_an_async_view_is_refused_rather_than_awaited():
    def case(fw):
        global urlpatterns

        async def view(request):
            return fw("http.HttpResponse")("awaited")

        urlpatterns = [fw("urls.path")("", view)]
        handler = fw("core.handlers.base.BaseHandler")()
        handler.load_middleware()
        return handler.get_response(fw("core.handlers.wsgi.WSGIRequest")(environ())).content

    options = {"DEBUG_PROPAGATE_EXCEPTIONS": True, "ROOT_URLCONF": __name__}
    django, ours = results(case, **options)
    assert django == ["returned", b"awaited"]
    assert "It returned an unawaited coroutine instead." in ours[2]
    gc.collect()  # Python's own warning comes now, where it is expected


def test_only_a_plain_iterable_can_be_streamed():
    async def chunks():
        yield "async"

    django, ours = results(lambda fw: bool(fw("http.StreamingHttpResponse")(chunks())))
    assert django == ["returned", True]
    assert ours == ["raised", "TypeError", "'async_generator' object is not iterable"]


def test_the_technical_pages_say_less():
    def case(fw):
        request = fw("core.handlers.wsgi.WSGIRequest")(environ("/<x>/"))
        local = "".join(["local", "variable"])
        try:
            raise ValueError("<what happened>")
        except ValueError:
            page = fw("views.debug.technical_500_response")(request, *sys.exc_info())
        shown = [text in page.text for text in ("&lt;what happened&gt;", local, "<x>")]
        return [page.status_code, *shown]

    django, ours = results(case, ROOT_URLCONF=__name__)
    assert django == ["returned", [500, True, True, False]]
    assert ours == ["returned", [500, True, False, False]]


def test_uploaded_files_are_always_in_memory():
    def case(fw):
        file = __import__("io").BytesIO(b"x" * 3_000_000)
        request = fw("test.RequestFactory")().post("/", {"f": file})
        return type(request.FILES["f"]).__name__

    django, ours = results(case)
    assert django == ["returned", "TemporaryUploadedFile"]
    assert ours == ["returned", "SimpleUploadedFile"]


def test_a_percent_sign_in_a_route_can_be_reversed():
    def case(fw):
        global urlpatterns
        urlpatterns = [fw("urls.path")("100%/<int:n>/", get_response, name="percent")]
        return fw("urls.reverse")("percent", args=[7])

    django, ours = results(case, ROOT_URLCONF=__name__)
    assert django[:2] == ["raised", "ValueError"]
    assert ours == ["returned", "/100%25/7/"]


def test_an_escaped_bracket_after_a_quantifier_is_a_bracket():
    django, ours = results(lambda fw: fw("utils.regex_helper.normalize")(r"a*\(b"))
    assert django != ours
    assert ours == ["returned", [["(b", []]]]


def test_no_csrf_token_is_put_into_templates_yet():
    def case(fw):
        engine = {"NAME": "n", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}}
        template = fw("template.backends.jinja2.Jinja2")(engine).from_string("{{ csrf_input }}")
        return "csrfmiddlewaretoken" in template.render({}, fw("test.RequestFactory")().get("/"))

    assert results(case) == (["returned", True], ["returned", False])


def test_administrators_are_not_mailed():
    def case(fw):
        return sorted(fw("utils.log.DEFAULT_LOGGING")["handlers"])

    django, ours = results(case)
    assert "mail_admins" in django[1]
    assert ours == ["returned", ["console"]]


def test_only_functions_can_be_decorated_with_override_settings():
    def case(fw):
        TestCase = type("TestCase", (), {})
        return fw("test.override_settings")(DEBUG=True)(TestCase)

    django, ours = results(case)
    assert django[:2] == ours[:2] == ["raised", "ValueError"]
    assert "SimpleTestCase" in django[2]
    assert "SimpleTestCase" not in ours[2]


def test_the_version_is_that_of_the_interface():
    django, ours = results(lambda fw: __import__(fw.root).get_version())
    assert django[1].startswith("5.2.")
    assert ours == ["returned", "5.2"]


def test_the_time_zone_of_the_process_is_left_alone():
    with framework("minidjango") as fw:
        assert not hasattr(fw("conf.settings"), "TIME_ZONE")
    with framework("django") as fw:
        assert fw("conf.settings").TIME_ZONE == "America/Chicago"


def test_the_parser_of_multipart_takes_no_upload_handlers():
    parser = "http.multipartparser.MultiPartParser"
    with framework("minidjango") as fw:
        assert "upload_handlers" not in inspect.signature(fw(parser)).parameters
