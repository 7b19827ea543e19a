"""Every deliberate difference from Django 5.2: the rows of ``minidjango/README.md``."""

import gc
import importlib
import inspect
import re
import sys
from pathlib import Path

import pytest

import minidjango
from tests.minidjango.accounts import accounts
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


def test_the_pages_for_developers_hide_secrets_everywhere_and_show_the_onion():
    def case(fw):
        password, token = (" ".join(["of", "the", what]) for what in ("form", "view"))
        request = fw("test.RequestFactory")().post("/", {"password": password})
        try:
            raise ValueError(token[:3])
        except ValueError:
            page = fw("views.debug.technical_500_response")(request, *sys.exc_info()).text
        return [text in page for text in ("password", password, token, "<h2>The onion")]

    assert results(case, ROOT_URLCONF=__name__) == (
        ["returned", [True, True, True, False]],
        ["returned", [True, False, False, True]],
    )


def test_uploaded_files_are_always_in_memory():
    def case(fw):
        file = __import__("io").BytesIO(b"x" * 3_000_000)
        request = fw("test.RequestFactory")().post("/", {"f": file})
        return type(request.FILES["f"]).__name__

    django, ours = results(case)
    assert django == ["returned", "TemporaryUploadedFile"]
    assert ours == ["returned", "InMemoryUploadedFile"]


def test_a_percent_sign_in_a_route_can_be_reversed():
    def case(fw):
        global urlpatterns
        urlpatterns = [fw("urls.path")("100%/<int:n>/", get_response, name="percent")]
        return fw("urls.reverse")("percent", args=[7])

    django, ours = results(case, ROOT_URLCONF=__name__)
    assert django[:2] == ["raised", "ValueError"]
    assert ours == ["returned", "/100%25/7/"]


def test_what_cannot_be_turned_round_spoils_its_own_namespace_only():
    def case(fw):
        global urlpatterns
        path, re_path, include = (fw(f"urls.{name}") for name in ("path", "re_path", "include"))
        spoilt = include(([re_path("(?i)x", get_response, name="x")], "app"))
        urlpatterns = [path("in/", spoilt), path("out/", get_response, name="out")]
        return [fw.outcome(fw("urls.reverse"), name)[:2] for name in ("app:x", "out")]

    django, ours = results(case, ROOT_URLCONF=__name__)
    assert django[1] == [["raised", "ValueError"]] * 2
    assert ours[1] == [["raised", "ValueError"], ["returned", "/out/"]]


def test_an_escaped_bracket_after_a_quantifier_is_a_bracket():
    django, ours = results(lambda fw: fw("utils.regex_helper.normalize")(r"a*\(b"))
    assert django != ours
    assert ours == ["returned", [["(b", []]]]


def test_a_page_has_one_csrf_token():
    def case(fw):
        engine = {"NAME": "n", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}}
        text = "{{ csrf_token }} {{ csrf_token }}"
        template = fw("template.backends.jinja2.Jinja2")(engine).from_string(text)
        return len(set(template.render({}, fw("test.RequestFactory")().get("/")).split()))

    assert results(case) == (["returned", 2], ["returned", 1])


def test_the_page_of_a_csrf_failure_says_less():
    def case(fw):
        page = fw("views.csrf.csrf_failure")(fw("test.RequestFactory")().get("/"), "why").text
        return ["why" in page, "<a" in page, "csrf_input" in page]

    django, ours = results(case, DEBUG=True)
    assert django == ["returned", [True, True, False]]
    assert ours == ["returned", [True, False, True]]


def test_users_are_kept_without_an_orm():
    def case(fw):
        with accounts(fw) as auth:
            User = auth("models.User")
            user = User.objects.create_user("ann")
            fw("conf.settings").DATABASES = {"default": {"ENGINE": "other", "NAME": "x"}}
            lookups = fw.each(
                suffix=lambda: User.objects.get(username__startswith="a").pk,
                again=lambda: User.objects.get(pk=user.pk).pk,
            )
            return [hasattr(User.objects, "filter"), lookups]

    django, ours = results(case)
    assert django == ["returned", [True, {"suffix": ["returned", 1], "again": ["returned", 1]}]]
    assert ours[1][0] is False
    assert ours[1][1]["suffix"][1] == "FieldError"
    assert ours[1][1]["again"][1] == "ImproperlyConfigured"


def test_templates_are_not_told_of_permissions():
    def case(fw):
        with accounts(fw) as auth:
            return sorted(auth("context_processors.auth")(fw("http.HttpRequest")()))

    assert results(case) == (["returned", ["perms", "user"]], ["returned", ["user"]])


def test_administrators_are_not_mailed():
    def case(fw):
        return sorted(fw("utils.log.DEFAULT_LOGGING")["handlers"])

    django, ours = results(case)
    assert "mail_admins" in django[1]
    assert ours == ["returned", ["console", "django.server"]]


def test_runserver_is_told_its_settings_and_takes_no_options(capsys):
    from minidjango.core.servers.runserver import main

    theirs = importlib.import_module("django.core.management.commands.runserver").Command()
    line = ["--settings=site.settings", "--noreload"]
    assert theirs.create_parser("", "runserver").parse_args(line).settings == "site.settings"
    for words, complaint in ((line, "required: SETTINGS"), (["a", *line], "unrecognized")):
        with pytest.raises(SystemExit):
            main(["runserver", *words])
        assert complaint in capsys.readouterr().err


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


def test_sessions_are_in_the_cache_unless_the_settings_say_otherwise():
    def case(fw):
        return fw("conf.settings").SESSION_ENGINE.rpartition(".")[2]

    assert results(case) == (["returned", "db"], ["returned", "cache"])
    with framework("minidjango") as fw:
        Store = importlib.import_module(fw("conf.settings").SESSION_ENGINE).SessionStore
        session = Store()
        session["not JSON"] = {1}
        session.save()
        assert len(session.session_key) == 32
        assert Store(session.session_key)["not JSON"] == {1}


def test_what_is_signed_with_the_frameworks_own_salt_only_the_framework_can_read():
    def case(fw):
        signing = [fw("core.signing.Signer")(), fw("core.signing.get_cookie_signer")(salt="s")]
        session = fw("contrib.sessions.backends.signed_cookies.SessionStore")()
        session["x"] = 1
        session.save()
        texts = [each.sign("x") for each in signing]
        return [*texts, fw("core.signing.dumps")([1]), session.session_key]

    (_, django), (_, ours) = results(case)
    for theirs, own in zip(django, ours, strict=True):
        assert theirs.split(":")[0] == own.split(":")[0]
        assert theirs.split(":")[-1] != own.split(":")[-1]


def test_the_tags_of_a_message_follow_the_settings():
    def case(fw):
        message = fw("contrib.messages.Message")(20, "x")
        first = message.tags
        fw("conf.settings").MESSAGE_TAGS = {20: "changed"}
        return [first, message.tags]

    assert results(case) == (["returned", ["info", "info"]], ["returned", ["info", "changed"]])


def test_the_key_of_a_kept_page_has_no_time_zone():
    def case(fw):
        request = fw("core.handlers.wsgi.WSGIRequest")(environ())
        key = fw("utils.cache.learn_cache_key")(request, fw("http.HttpResponse")())
        return key.rpartition(".")[2]

    django, ours = results(case, USE_I18N=True, USE_TZ=True)
    assert django == ["returned", "America/Chicago"]
    assert ours == ["returned", "en-us"]
