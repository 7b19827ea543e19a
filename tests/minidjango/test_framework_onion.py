"""Stacks of layers do on minidjango, step by step, what they do on Django."""

from dataclasses import replace

import pytest

from tests.minidjango.live.comparing import compare
from tests.minidjango.stacks.playing import play
from tests.minidjango.stacks.words import scene
from tests.minidjango.twoframeworks import agree, environ, framework, served

FAILURES = ("ValueError", "Http404", "PermissionDenied", "BadRequest", "SuspiciousOperation")
FAILURES += ("DisallowedHost", "RequestDataTooBig")


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("debug", [False, True])
def test_each_exception_becomes_the_same_response_and_log_line(name, debug):
    found = compare(scene(view=f"raise:{name}", settings={"DEBUG": debug}))
    assert found.trace.status in (400, 403, 404, 500)


def test_a_short_circuit_skips_every_inner_layer_and_every_hook():
    layers = ["class, process_view pass", "class, request respond", "class, process_view pass"]
    lines = ["M0 >", "M1 >", "M1 < 203", "M0 got 203", "M0 < 203"]
    assert compare(scene(*layers)).trace.lines()[1:6] == lines


def test_layers_are_built_from_the_inside_out():
    assert compare(scene("class", "function", "mixin")).made == ["M2", "M1", "M0"]


def test_a_factory_that_returns_none_is_named():
    raised = compare(scene("function, init none")).trace.raised
    assert raised == "ImproperlyConfigured: Middleware factory golden_layers.M0 returned None."


def test_a_view_that_returns_none_is_named():
    raised = compare(scene(view="none", settings={"DEBUG_PROPAGATE_EXCEPTIONS": True})).trace.raised
    assert "didn't return an HttpResponse object. It returned None instead." in raised


def test_a_layer_that_returns_none_is_an_attribute_error_further_out():
    raised = compare(scene("class, request none")).trace.raised
    assert raised == "AttributeError: 'NoneType' object has no attribute '_resource_closers'"


@pytest.mark.parametrize(
    ("party", "words", "problem"),
    [
        ("M0", "klass, request pass", "not a layer"),
        ("M0", "class, before pass", "not a layer"),
        ("M0", "class, init none", "not a layer"),
        ("M0", "class, request dance", "request dance: no such action"),
        ("M0", "class, request raise:Nonsense", "raise Nonsense: no such exception"),
        ("view", "looks:away", "nothing of this name to look at"),
        ("client", "body language", "language"),
    ],
)
def test_a_scenario_that_says_what_nobody_understands_is_not_played(party, words, problem):
    scenario = scene("class")
    with pytest.raises((ValueError, KeyError), match=problem):
        play(replace(scenario, does={**scenario.does, party: words}))


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, GeneratorExit])
@pytest.mark.parametrize("root", ["django", "minidjango"])
def test_what_ends_the_process_passes_every_layer(root, kind):
    with framework(root, ROOT_URLCONF=__name__) as fw:
        global urlpatterns

        def stop(request):
            raise kind

        urlpatterns = [fw("urls.path")("stop/", stop)]
        app = fw("core.handlers.wsgi.WSGIHandler")()
        with pytest.raises(kind):
            app(environ("/stop/"), lambda *args: None)


def test_resolvers_are_kept_by_the_name_of_their_urlconf():
    def case(fw):
        global urlpatterns
        Response = fw("http.HttpResponse")
        urlpatterns = [fw("urls.path")("", lambda request: Response("first"))]
        app = fw("core.handlers.wsgi.WSGIHandler")()
        first = served(app, environ("/"))["body"]
        urlpatterns = [fw("urls.path")("", lambda request: Response("second"))]
        stale = served(app, environ("/"))["body"]
        fw("urls.clear_url_caches")()
        return [first, stale, served(app, environ("/"))["body"]]

    found = agree(case, ROOT_URLCONF=__name__)
    assert found == ["returned", [b"first", b"first", b"second"]]


def test_layers_that_cannot_be_imported_are_named():
    def case(fw):
        messages = []
        for path in ("nodot", "os.nothing", "no_such_module_here.Layer", "os.path.join.deep"):
            fw("conf.settings").MIDDLEWARE = [path]
            messages.append(fw.outcome(fw("core.handlers.wsgi.WSGIHandler")))
        return messages

    agree(case)


def test_an_unawaited_coroutine_is_named():
    class Coroutine:
        """A view's mistake: something that should have been awaited."""

    async def forgotten():
        """Never runs."""

    def case(fw):
        handler = fw("core.handlers.base.BaseHandler")()
        coroutine = forgotten()
        try:
            return fw.outcome(handler.check_response, coroutine, forgotten)
        finally:
            coroutine.close()

    assert "unawaited coroutine" in agree(case)[1][2]


def test_signals_are_sent_in_the_same_order():
    def case(fw):
        global urlpatterns
        urlpatterns = [fw("urls.path")("", lambda request: 1 / 0)]
        heard = []
        names = ("request_started", "got_request_exception", "request_finished")
        for name in names:

            def listen(sender, name=name, **kwargs):
                heard.append((name, getattr(sender, "__name__", None), sorted(kwargs)))

            fw(f"core.signals.{name}").connect(listen, weak=False, dispatch_uid="test")
        served(fw("core.handlers.wsgi.WSGIHandler")(), environ("/"))
        for name in names:
            assert fw(f"core.signals.{name}").disconnect(dispatch_uid="test")
        return heard

    assert len(agree(case, ROOT_URLCONF=__name__)[1]) == 3
