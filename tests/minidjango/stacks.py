"""Stacks of layers, drawn by hypothesis and built on either framework, that write a trace."""

import sys
import types
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.minidjango.twoframeworks import Framework, environ, logs, served

MODULE = "layers_of_a_drawn_stack"
URLCONF = "urls_of_a_drawn_stack"
EXCEPTIONS = {
    "ValueError": "",
    "Http404": "http.",
    "PermissionDenied": "core.exceptions.",
    "BadRequest": "core.exceptions.",
    "SuspiciousOperation": "core.exceptions.",
    "DisallowedHost": "core.exceptions.",
    "RequestDataTooBig": "core.exceptions.",
}
VIEWS = ["none", "template", "template, callback", "template, raise", "stream"]
VIEWS += ["not found", "callable object"]
raising = st.sampled_from([f"raise {name}" for name in EXCEPTIONS])
hook = st.one_of(
    st.sampled_from(["absent", "absent", "pass", "pass", "respond", "template", "empty"]), raising
)
layer = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["class", "class", "function", "mixin"]),
        "init": st.sampled_from(["ok"] * 12 + ["not used", "not used, reason", "none"]),
        "before": st.one_of(
            st.sampled_from(["pass"] * 6 + ["respond", "twice", "none", "urlconf"]), raising
        ),
        "after": st.one_of(
            st.sampled_from(["pass"] * 4 + ["header"] * 3 + ["replace", "none", "template"]),
            raising,
        ),
        "process_view": hook,
        "process_exception": hook,
        "process_template_response": st.one_of(
            st.sampled_from(["absent"] * 3 + ["pass"] * 3 + ["replace", "plain", "none"]), raising
        ),
    }
)
stack = st.fixed_dictionaries(
    {
        "layers": st.lists(layer, max_size=4),
        "view": st.one_of(
            st.sampled_from(
                [
                    "ok",
                    "ok",
                    "none",
                    "template",
                    "template, callback",
                    "template, raise",
                    "stream",
                    "not found",
                    "callable object",
                ]
            ),
            raising,
        ),
        "path": st.sampled_from(["/v/7/", "/v/7/", "/v/7/", "/nope/", "/bad\n/"]),
        "handlers": st.dictionaries(
            st.sampled_from([400, 403, 404, 500]),
            st.one_of(st.sampled_from(["ok", "template"]), raising),
            max_size=2,
        ),
        "propagate": st.booleans(),
        "debug": st.sampled_from([False] * 7 + [True]),
    }
)


class Stack:
    """One drawn stack on one framework."""

    def __init__(self, fw: Framework, spec: dict[str, Any]) -> None:
        self.fw, self.spec, self.trace = fw, spec, []
        self.Response = fw("http.HttpResponse")

    # What an action does

    def error(self, name: str) -> Exception:
        place = EXCEPTIONS[name]
        return (self.fw(place + name) if place else ValueError)(f"by {name}")

    def template(self, text: str) -> Any:
        class Text:
            def render(_, context: Any, request: Any) -> str:
                self.trace.append(f"{text} rendered")
                if "raise" in text:
                    raise self.error("ValueError")
                return text

        response = self.fw("template.response.SimpleTemplateResponse")(Text())
        if "callback" in text:
            response.add_post_render_callback(lambda done: self.trace.append("callback"))
        return response

    def act(self, action: str, where: str, response: Any = None) -> Any:
        """Return what this action returns; ``response`` is what passing would return."""
        if action.startswith("raise "):
            raise self.error(action.removeprefix("raise "))
        if action.startswith("template") or (action == "replace" and "template" in where):
            return self.template(f"{action} {where}")
        if action in ("respond", "replace", "ok", "plain"):
            return self.Response(f"{action} {where}", status=203)
        if action == "header":
            response["X-Trail"] = f"{response.get('X-Trail', '')} {where}"
        if action == "empty":
            return ""
        return None if action == "none" else response

    def traced(self, what: str, function: Callable[[], Any]) -> Any:
        self.trace.append(f"{what} >")
        try:
            result = function()
        except Exception as error:
            self.trace.append(f"{what} ! {type(error).__name__}")
            raise
        self.trace.append(f"{what} < {getattr(result, 'status_code', result)!r}")
        return result

    # Building

    def through(self, name: str, spec: Any, get_response: Any, request: Any) -> Any:
        def run() -> Any:
            if spec["before"] == "urlconf":
                request.urlconf = URLCONF
            elif spec["before"] != "twice":
                answer = self.act(spec["before"], f"{name}.before")
                if answer is not None or spec["before"] == "none":
                    return answer
            response = get_response(request)
            if spec["before"] == "twice":
                response = get_response(request)
            return self.act(spec["after"], name, response)

        return self.traced(name, run)

    def constructed(self, name: str, how: str) -> None:
        self.trace.append(f"{name} made")
        if how.startswith("not used"):
            raise self.fw("core.exceptions.MiddlewareNotUsed")(how[9:])

    def hooks(self, name: str, spec: dict[str, str]) -> dict[str, Any]:
        def method(hook: str) -> Any:
            def run(_: Any, request: Any, *args: Any) -> Any:
                first = args[0]
                passed = first if hook == "process_template_response" else None
                label = f"{name}.{hook}({getattr(first, '__name__', type(first).__name__)})"
                return self.traced(label, lambda: self.act(spec[hook], label, passed))

            return run

        names = ("process_view", "process_exception", "process_template_response")
        return {hook: method(hook) for hook in names if spec[hook] != "absent"}

    def layer(self, name: str, spec: dict[str, str]) -> Any:
        stack = self

        def factory(get_response: Any) -> Any:
            stack.constructed(name, spec["init"])
            if spec["init"] == "none":
                return None
            return lambda request: stack.through(name, spec, get_response, request)

        class Layer:
            def __init__(self, get_response: Any) -> None:
                stack.constructed(name, spec["init"])
                self.get_response = get_response

            def __call__(self, request: Any) -> Any:
                return stack.through(name, spec, self.get_response, request)

        class Mixin(self.fw("utils.deprecation.MiddlewareMixin")):
            def process_request(self, request: Any) -> Any:
                before = "pass" if spec["before"] in ("twice", "urlconf") else spec["before"]
                return stack.traced(f"{name} in", lambda: stack.act(before, f"{name}.before"))

            def process_response(self, request: Any, response: Any) -> Any:
                return stack.traced(f"{name} out", lambda: stack.act(spec["after"], name, response))

        if spec["kind"] == "function":
            return factory
        base = Mixin if spec["kind"] == "mixin" else Layer
        return type(f"Layer{name}", (base,), self.hooks(name, spec))

    def view(self) -> Any:
        def answer() -> Any:
            action = self.spec["view"]
            if action == "stream":
                return self.fw("http.StreamingHttpResponse")(iter(["one", "two"]))
            if action == "not found":
                return self.Response("no", status=404)
            return self.act("none" if action == "callable object" else action, "view")

        def view(request: Any, n: str) -> Any:
            return self.traced(f"view {n}", answer)

        class View:
            def __call__(self, request: Any, n: str) -> Any:
                return view(request, n)

        return View() if self.spec["view"] == "callable object" else view

    def handler(self, status: int, action: str) -> Any:
        def handle(request: Any, exception: Any = None) -> Any:
            label = f"handler{status}({type(exception).__name__})"
            return self.traced(label, lambda: self.act(action, label))

        return handle

    def install(self) -> list[str]:
        """Put layers and URLconf where settings find them; return MIDDLEWARE."""
        layers = sys.modules[MODULE] = types.ModuleType(MODULE)
        names = [f"L{number}" for number in range(len(self.spec["layers"]))]
        for name, spec in zip(names, self.spec["layers"], strict=True):
            setattr(layers, name, self.layer(name, spec))
        urls = sys.modules[URLCONF] = types.ModuleType(URLCONF)
        urls.urlpatterns = [self.fw("urls.re_path")(r"^v/(?P<n>[0-9]+)/$", self.view())]
        for status, action in self.spec["handlers"].items():
            setattr(urls, f"handler{status}", self.handler(status, action))
        return [f"{MODULE}.{name}" for name in names]


def run(fw: Framework, spec: dict[str, Any]) -> dict[str, Any]:
    """Build a stack and send it one request, as a server would."""
    drawn = Stack(fw, spec)
    settings = fw("conf.settings")
    settings.MIDDLEWARE = drawn.install()
    settings.ROOT_URLCONF = URLCONF
    settings.DEBUG, settings.DEBUG_PROPAGATE_EXCEPTIONS = spec["debug"], spec["propagate"]
    with logs(fw) as lines:

        def serve() -> Any:
            app = fw("core.handlers.wsgi.WSGIHandler")()
            answer = served(app, environ(spec["path"]))
            if answer["body"].lstrip().startswith(b"<"):  # the framework's own page
                answer["body"] = "its own page"
            return answer

        outcome = fw.outcome(serve)
    return fw.plain({"outcome": outcome, "trace": drawn.trace, "logs": lines})
