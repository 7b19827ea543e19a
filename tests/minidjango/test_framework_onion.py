"""Stacks of layers do on minidjango, step by step, what they do on Django."""

import sys

import pytest
from hypothesis import HealthCheck, given, settings

from tests.minidjango import stacks
from tests.minidjango.twoframeworks import agree, environ, framework, served

PLAIN = {
    "kind": "class",
    "init": "ok",
    "before": "pass",
    "after": "pass",
    "process_view": "absent",
    "process_exception": "absent",
    "process_template_response": "absent",
}


def one(view="ok", path="/v/7/", handlers=None, propagate=False, debug=False, layers=()):
    """Return a stack in which everything that is not said is plain."""
    return {
        "layers": [{**PLAIN, **each} for each in layers],
        "view": view,
        "path": path,
        "handlers": handlers or {},
        "propagate": propagate,
        "debug": debug,
    }


@settings(
    max_examples=400,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(stacks.stack)
def test_a_drawn_stack_gives_the_same_trace_outcome_and_logs(spec):
    agree(lambda fw: stacks.run(fw, spec))


@pytest.mark.parametrize("action", [f"raise {name}" for name in stacks.EXCEPTIONS])
@pytest.mark.parametrize("debug", [False, True])
def test_each_exception_becomes_the_same_response_and_log_line(action, debug):
    found = agree(lambda fw: stacks.run(fw, one(view=action, debug=debug)))
    assert found[1]["outcome"][0] == "returned"


def test_a_short_circuit_skips_every_inner_layer_and_every_hook():
    layers = [{"process_view": "pass"}, {"before": "respond"}, {"process_view": "pass"}]
    _, found = agree(lambda fw: stacks.run(fw, one(layers=layers)))
    assert [line for line in found["trace"] if "made" not in line] == [
        "L0 >",
        "L1 >",
        "L1 < 203",
        "L0 < 203",
    ]


def test_layers_are_built_from_the_inside_out():
    _, found = agree(lambda fw: stacks.run(fw, one(layers=[{}, {}, {}])))
    assert found["trace"][:3] == ["L2 made", "L1 made", "L0 made"]


def test_a_factory_that_returns_none_is_named():
    _, found = agree(lambda fw: stacks.run(fw, one(layers=[{"kind": "function", "init": "none"}])))
    message = "Middleware factory layers_of_a_drawn_stack.L0 returned None."
    assert found["outcome"] == ["raised", "ImproperlyConfigured", message]


def test_a_view_that_returns_none_is_named():
    _, found = agree(lambda fw: stacks.run(fw, one(view="none", propagate=True)))
    assert "didn't return an HttpResponse object. It returned None instead." in found["outcome"][2]


def test_a_layer_that_returns_none_is_an_attribute_error_further_out():
    _, found = agree(lambda fw: stacks.run(fw, one(layers=[{"before": "none"}])))
    words = "'NoneType' object has no attribute '_resource_closers'"
    assert found["outcome"] == ["raised", "AttributeError", words]


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


def teardown_module():
    sys.modules.pop(stacks.MODULE, None)
    sys.modules.pop(stacks.URLCONF, None)
