"""Pages are kept, found and left alone as by Django's cache layers."""

import contextlib

import pytest

from tests.minidjango.test_framework_cache import caches
from tests.minidjango.twoframeworks import agree, environ, framework, logs, served

urlpatterns = []
UPDATE, FETCH = "UpdateCacheMiddleware", "FetchFromCacheMiddleware"
AUTHORISED = {"HTTP_AUTHORIZATION": "Basic x"}


class Text:
    """A template without an engine."""

    def render(self, context, request):
        return f"rendered {context}"


def pages(fw, calls):
    """Return views that count their calls."""
    Response, decorators = fw("http.HttpResponse"), fw("views.decorators.cache.cache_page")

    def page(name, **options):
        def view(request):
            calls.append(name)
            kind = fw("http.StreamingHttpResponse") if name == "stream" else Response
            return kind([f"{name} {len(calls)}"], **options)

        return view

    def cookie(request):
        response = page("cookie", headers={"Vary": "Cookie"})(request)
        if "HTTP_COOKIE" not in request.META:
            response.set_cookie("a", "b")
        return response

    def template(request):
        calls.append("template")
        return fw("template.response.SimpleTemplateResponse")(Text(), len(calls))

    def control(value, **more):
        return page(value, headers={"Cache-Control": value, **more})

    return {
        "plain": page("plain"),
        "vary": page("vary", headers={"Vary": "X-Kind, Accept-Language"}),
        "anything": page("anything", headers={"Vary": "*"}),
        "missing": page("missing", status=404),
        "unchanged": page("unchanged", status=304),
        "stream": page("stream"),
        "cookie": cookie,
        "template": template,
        "short": control("max-age=2"),
        "zero": control("max-age=0"),
        "public": control("public, max-age=9"),
        "expires": control("max-age=9", Expires="Thu, 01 Jan 1970 00:00:09 GMT"),
        "never": control("max-age=9", Expires="never"),
        "later": control("max-age=9", Expires="Thu, 01 Jan 2099 00:00:00 GMT"),
        **{name: control(name) for name in ("private", "no-cache", "No-Store")},
        "decorated": decorators(3)(page("decorated", headers={"Cache-Control": "max-age=60"})),
        "decorated template": decorators(3, key_prefix="mine")(template),
        "decorated for ever": decorators(None)(page("for ever")),
        "decorated never": decorators(0)(page("decorated never")),
    }


@contextlib.contextmanager
def site(fw, layers, old=False):
    """Give what asks for pages, the calls of views, and the clock."""
    global urlpatterns
    calls = []
    found = pages(fw, calls)
    urlpatterns = [fw("urls.path")(name, view) for name, view in found.items()]
    names = [f"{fw.root}.middleware.cache.{layer}" for layer in layers]
    options = {"MIDDLEWARE": None, "MIDDLEWARE_CLASSES": names} if old else {"MIDDLEWARE": names}
    for name, value in options.items():
        setattr(fw("conf.settings"), name, value)
    with caches(fw) as (_, clock):
        app = fw("core.handlers.wsgi.WSGIHandler")()
        yield lambda path, method="GET", **more: served(app, environ(path, method, **more)), clock


def talk(fw, layers, old=False, *, methods):
    """Ask for every page several times, in several ways, while time passes."""
    said = []
    with logs(fw) as lines, site(fw, layers, old) as (ask, clock):
        for path in pages(fw, []):
            for more in ({}, {"HTTP_X_KIND": "b"}, {}, {"HTTP_COOKIE": "a=b"}, AUTHORISED, {}):
                for method in methods:
                    said.append([path, ask(f"/{path}", method, **more)])
                clock.now += 1
            said.append([path, ask(f"/{path}", QUERY_STRING="a=b", **AUTHORISED)])
            said.append([path, ask(f"/{path}", HTTP_HOST="example.com")])
            if "HEAD" in methods:
                said += [[path, ask(f"/{path}", "HEAD", QUERY_STRING="new")] for _ in "ab"]
    return [said, lines]


SETTINGS = {"ROOT_URLCONF": __name__, "CACHE_MIDDLEWARE_SECONDS": 4, "USE_TZ": False}


@pytest.mark.parametrize("layers", [[UPDATE, FETCH], ["CacheMiddleware"], []])
def test_pages_are_kept_as_djangos(layers):
    methods = ["GET", "HEAD", "POST"] if UPDATE in layers else ["GET"]
    (_, (said, _)) = agree(lambda fw: talk(fw, layers, methods=methods), **SETTINGS)
    assert bool(layers) == any(["Age", "1"] in answer["headers"] for _, answer in said[:60])


def test_the_settings_count_where_nothing_else_says():
    options = {**SETTINGS, "CACHE_MIDDLEWARE_SECONDS": 0, "CACHE_MIDDLEWARE_KEY_PREFIX": "site"}
    agree(lambda fw: talk(fw, [UPDATE, FETCH], methods=["GET"]), **options)


def test_pages_are_kept_the_same_in_the_old_stack():
    answers = []
    for old in (False, True):
        with framework("minidjango", **SETTINGS) as fw:
            said, _ = talk(fw, [UPDATE, FETCH], old, methods=["GET"])
        # That stack gives every 304 a Content-Length, and takes the body from a HEAD.
        answers.append([each for each in said if each[0] != "unchanged" and each[1]["body"]])
    assert answers[0] == answers[1]


@pytest.mark.parametrize("i18n", [True, False])
def test_keys_are_djangos(i18n):
    def case(fw):
        learn, get = fw("utils.cache.learn_cache_key"), fw("utils.cache.get_cache_key")
        Request, said = fw("core.handlers.wsgi.WSGIRequest"), []
        for vary in (None, "Cookie", "X-B, x-a", "Accept-Language, X-A", "*", ""):
            for headers in ({}, {"HTTP_X_A": ""}, {"HTTP_X_A": "1", "HTTP_ACCEPT_LANGUAGE": "de"}):
                request = Request(environ(f"/{vary}", QUERY_STRING="é=1", **headers))
                if "HTTP_X_A" in headers:
                    request.LANGUAGE_CODE = "de"
                response = fw("http.HttpResponse")(headers={} if vary is None else {"Vary": vary})
                said += [get(request), learn(request, response), get(request)]
                said += [
                    get(request, "p"),
                    learn(request, response, 9, "p"),
                    get(request, "p", "HEAD"),
                ]
        return said

    def with_caches(fw):
        with caches(fw):
            return case(fw)

    agree(with_caches, USE_I18N=i18n, USE_TZ=False, CACHE_MIDDLEWARE_KEY_PREFIX="site")


def test_a_layer_is_told_what_to_use_and_what_not():
    def case(fw):
        def seen(layer):
            names = ("cache_timeout", "page_timeout", "key_prefix", "cache_alias")
            return [getattr(layer, name, "none") for name in names]

        make, view = fw("middleware.cache.CacheMiddleware"), len
        return [
            seen(fw(f"middleware.cache.{UPDATE}")(view)),
            seen(fw(f"middleware.cache.{FETCH}")(view)),
            seen(make(view)),
            seen(make(view, cache_alias=None, key_prefix=None)),
            seen(make(view, 60, 5, cache_alias="other", key_prefix="mine")),
        ]

    agree(case, CACHE_MIDDLEWARE_ALIAS="some", CACHE_MIDDLEWARE_KEY_PREFIX="p")


def test_a_page_is_kept_once_it_is_rendered():
    def case(fw):
        layer = fw("middleware.cache.CacheMiddleware")(len)
        first, second = (fw("core.handlers.wsgi.WSGIRequest")(environ()) for _ in "ab")
        with caches(fw):
            asked = [layer.process_request(first)]
            page = fw("template.response.SimpleTemplateResponse")(Text(), "late")
            layer.process_response(first, page)
            asked.append(layer.process_request(second))
            page.render()
            return [asked, layer.process_request(second).content]

    agree(case)
