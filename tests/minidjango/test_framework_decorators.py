"""Decorators of views and of methods do what Django's do."""

import datetime

import pytest

from tests.minidjango.twoframeworks import agree, environ, logs

METHODS = ["GET", "HEAD", "POST", "PUT", "get"]
MOMENT = datetime.datetime(1994, 11, 6, 8, 49, 37)
EVENING = datetime.timezone(datetime.timedelta(hours=-8))


def request(fw, method="GET", **more):
    return fw("core.handlers.wsgi.WSGIRequest")(environ("/path\n/", method, **more))


def described(response):
    return [response.status_code, sorted(response.items()), response.content]


def decorated(fw, path, *args, **kwargs):
    """Return a view in a decorator, or in what a decorator makes."""
    decorator = fw(f"views.decorators.{path}")
    if args or kwargs:
        decorator = decorator(*args, **kwargs)

    def view(request, **headers):
        """What it does."""
        return fw("http.HttpResponse")("body", headers=headers)

    view.mark = "kept"
    return decorator(view)


VIEWS = {
    "methods": ("http.require_http_methods", ["GET", "PUT"]),
    "get": ("http.require_GET",),
    "post": ("http.require_POST",),
    "safe": ("http.require_safe",),
    "conditional page": ("http.conditional_page",),
    "etag": ("http.etag", lambda request, **more: "tag"),
    "quoted etag": ("http.etag", lambda request, **more: 'W/"tag"'),
    "no etag": ("http.etag", lambda request, **more: None),
    "last modified": ("http.last_modified", lambda request, **more: MOMENT),
    "last modified elsewhere": (
        *("http.last_modified", lambda request, **more: MOMENT.replace(tzinfo=EVENING)),
    ),
    "never modified": ("http.last_modified", lambda request, **more: None),
    "both": ("http.condition", lambda request, **more: "tag", lambda request, **more: MOMENT),
    "neither": ("http.condition", None),
    "deny": ("clickjacking.xframe_options_deny",),
    "same origin": ("clickjacking.xframe_options_sameorigin",),
    "exempt": ("clickjacking.xframe_options_exempt",),
    "gzip": ("gzip.gzip_page",),
    "vary on headers": ("vary.vary_on_headers", "X-A", "Cookie"),
    "vary on cookie": ("vary.vary_on_cookie",),
    "no slash": ("common.no_append_slash",),
}  # fmt: skip
HEADERS = [
    {},
    {"HTTP_IF_NONE_MATCH": '"tag"'},
    {"HTTP_IF_MATCH": '"other"'},
    {"HTTP_IF_MODIFIED_SINCE": "Sun, 06 Nov 1994 08:49:37 GMT"},
    {"HTTP_IF_UNMODIFIED_SINCE": "Sat, 05 Nov 1994 08:49:37 GMT"},
]


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_decorated_as_djangos(name):
    def case(fw):
        view, said = decorated(fw, *VIEWS[name]), []
        own = {"Vary": "Cookie", "X-Frame-Options": "OWN", "ETag": '"own"', "Last-Modified": "own"}
        with logs(fw) as lines:
            for method in METHODS:
                for more in HEADERS:
                    said.append(described(view(request(fw, method, **more))))
                said.append(described(view(request(fw, method), **own)))
        exempt = view(request(fw, "GET"))
        marks = [view.__name__, view.__doc__, view.mark, getattr(view, "should_append_slash", "no")]
        return [said, lines, marks, getattr(exempt, "xframe_options_exempt", "no")]

    agree(case)


def test_cache_headers_are_set_by_decorators_and_a_method_is_told_of_its_mistake():
    def case(fw):
        controlled = decorated(fw, "cache.cache_control", max_age=5, public=True)
        never = decorated(fw, "cache.never_cache")
        answer = never(request(fw))
        return [
            described(controlled(request(fw))),
            [answer["Cache-Control"], "Expires" in answer],
            fw.each(control=lambda: controlled(object()), never=lambda: never(object())),
        ]

    agree(case)


def tell(name):
    """Return a decorator that leaves a mark, and says that it was there."""

    def decorator(function):
        def wrapper(*args):
            return f"{name}({function(*args)})"

        setattr(wrapper, name, True)
        return wrapper

    return decorator


class Doubled:
    """A decorator that is an instance."""

    def __call__(self, function):
        return lambda *args: function(*args) * 2


def test_methods_are_decorated_as_djangos():
    def case(fw):
        method_decorator = fw("utils.decorators.method_decorator")

        def made(decorators, name=""):
            class Thing:
                def say(self, what):
                    """Say it."""
                    return what

                number = 1

            if name:
                return method_decorator(decorators, name)(Thing)
            Thing.say = method_decorator(decorators)(Thing.say)
            return Thing

        def told(*args):
            thing = made(*args)
            marks = [hasattr(thing.say, "a"), hasattr(thing.say, "b"), thing.say.__doc__]
            return [thing().say("x"), thing.say.__name__, marks]

        return fw.each(
            one=lambda: told(tell("a")),
            several=lambda: told([tell("a"), tell("b")]),
            whole_class=lambda: told((tell("a"), tell("b")), "say"),
            twice=lambda: told([method_decorator(tell("a")), method_decorator(tell("b"))], "say"),
            instance=lambda: told(Doubled()),
            no_name=lambda: method_decorator(tell("a"))(dict),
            no_such_name=lambda: told(tell("a"), "nothing"),
            no_method=lambda: told(tell("a"), "number"),
            no_order=lambda: told({tell("a")}),
            names=lambda: [method_decorator(each).__name__ for each in (tell("a"), Doubled(), [])],
            doc=lambda: method_decorator(tell).__doc__,
        )

    agree(case)


def test_a_class_only_method_is_not_its_instances():
    def case(fw):
        class Thing:
            @fw("utils.decorators.classonlymethod")
            def make(cls):
                return cls.__name__

        return fw.each(cls=Thing.make, instance=lambda: Thing().make())

    agree(case)


HOOKS = ["process_request", "process_view", "process_exception", "process_response"]
HOOKS += ["process_template_response"]


@pytest.mark.parametrize("answers", [*HOOKS, "nobody", "without hooks"])
@pytest.mark.parametrize("view", ["plain", "template", "raises"])
def test_a_layer_round_one_view_is_djangos(view, answers):
    def case(fw):
        trace, Response = [], fw("http.HttpResponse")

        class Text:
            def render(self, context, request):
                trace.append("rendered")
                return "text"

        class Layer:
            def __init__(self, get_response, name="none"):
                trace.append(f"made {name}")

        def hook(name):
            def method(self, request, *args):
                trace.append(name)
                passed = args[0] if name.endswith("response") else None
                return Response(name) if name == answers == "process_request" else passed

            def answer(self, request, *args):
                trace.append(name)
                return args[0] if "template" in name else Response(name)

            return answer if name == answers else method

        for name in HOOKS if answers != "without hooks" else ():
            setattr(Layer, name, hook(name))

        def target(request):
            trace.append("view")
            if view == "raises":
                raise ValueError("by the view")
            if view == "template":
                return fw("template.response.SimpleTemplateResponse")(Text())
            return Response("plain")

        plain = fw("utils.decorators.decorator_from_middleware")(Layer)(target)
        named = fw("utils.decorators.decorator_from_middleware_with_args")(Layer)(name="own")

        def answered(function):
            response = function(request(fw))
            return (response.render() if hasattr(response, "render") else response).content

        return [
            fw.each(plain=lambda: answered(plain), named=lambda: answered(named(target))),
            trace,
        ]

    agree(case)
