"""What one may write in a URLconf, and what is said about what one may not."""

import sys
import types

import pytest

from tests.minidjango.twoframeworks import agree


def view(request):
    """A view."""


def reversed_with(**options):
    """Return a case that reverses with these options."""

    def case(fw):
        module = sys.modules["urls_to_reverse"] = types.ModuleType("urls_to_reverse")
        module.urlpatterns = [fw("urls.path")("a/", view, name="a")]
        query = options.get("query")
        more = {"query": fw("http.QueryDict")(query[1:])} if str(query)[:1] == "?" else {}
        return fw("urls.reverse")("a", urlconf="urls_to_reverse", **{**options, **more})

    return case


MISTAKES = {
    "not callable": lambda fw: fw("urls.path")("", "a string"),
    "a list that was not included": lambda fw: fw("urls.path")("", []),
    "an object of a view class": lambda fw: fw("urls.path")("", fw("views.View")()),
    "kwargs that are none": lambda fw: fw("urls.path")("", view, ["a", "b"]),
    "space in a parameter": lambda fw: fw("urls.path")("<int: n>/", view),
    "no ordinary space": lambda fw: fw("urls.path")("<int:\xa0n>/", view),
    "twice the same parameter": lambda fw: fw("urls.path")("<n>/<n>/", view).resolve("x"),
    "none that is whole": lambda fw: str(fw("urls.path")("<a/>b>c", view).pattern.regex.pattern),
    "no identifier": lambda fw: fw("urls.path")("<int:2n>/", view),
    "no converter": lambda fw: fw("urls.path")("<nothing:n>/", view),
    "no expression": lambda fw: fw("urls.re_path")("(", view).resolve("x"),
    "a namespace without an application": lambda fw: fw("urls.include")([], namespace="n"),
    "three": lambda fw: fw("urls.include")(([], "a", "b")),
    "three and a namespace": lambda fw: fw("urls.include")(([], "a", "b"), namespace="n"),
    "no module": lambda fw: fw("urls.include")("there_is_no_such_module"),
    "no patterns": lambda fw: fw("urls.get_resolver")("os").url_patterns,
    "callable by path": lambda fw: fw("urls.get_callable")("os.path.join").__name__,
    "callable without a dot": lambda fw: fw("urls.get_callable")("join"),
    "callable that is none": lambda fw: fw("urls.get_callable")("os.path.sep"),
    "callable not there": lambda fw: fw("urls.get_callable")("os.path.nothing"),
    "callable of no module": lambda fw: fw("urls.get_callable")("os.nothing.x"),
    "callable of no kind": lambda fw: fw("urls.get_callable")(7),
    "default handler": lambda fw: fw("urls.get_resolver")("os").resolve_error_handler(404).__name__,
    "converter twice": lambda fw: fw("urls.register_converter")(type(view), "int"),
    "pickled": lambda fw: fw("urls.ResolverMatch")(view, (), {}).__reduce_ex__(2),
}


QUERIES = [None, "", {}, [], {"a b": ["é", 1]}, [("a", 1), ("a", 2)], "?x=1&x=2", 0, [1], "text"]
FRAGMENTS = [None, "", "tab 1", 0, False, []]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_a_query_is_added_or_refused_in_the_same_way(query):
    agree(reversed_with(query=query))


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=str)
def test_a_fragment_is_added_or_refused_in_the_same_way(fragment):
    agree(reversed_with(fragment=fragment, query={"a": 1}))


def test_what_is_found_is_made_anew_for_every_request():
    def case(fw):
        pattern = fw("urls.path")("<int:n>/", view, {"k": 1})
        include, resolvers = fw("urls.include"), fw("urls.resolvers")
        tree = [fw("urls.path")("b/", include(([pattern], "app")), {"d": 2}), pattern]
        resolver = resolvers.URLResolver(resolvers.RegexPattern(r"^/"), tree)
        found = []
        for path in ("/b/7/", "/b/7/", "/7/", "/7/"):
            match = resolver.resolve(path)
            parts = [match.kwargs, match.extra_kwargs, match.captured_kwargs]
            found.append([list(match.app_names), match.route, *map(dict, parts)])
            for each in parts:
                each["n"] = "spoilt"
            match.app_names.append("spoilt")
        return found

    found = agree(case)[1]
    assert [found[0], found[2]] == [found[1], found[3]]


INSTANCES = [None, "a", "b", "a:x", "a:y", "b:x", "b:y", "x", "other:x", "a:other", "a:x:more"]


@pytest.mark.parametrize("current", INSTANCES)
def test_the_current_application_chooses_among_instances(current):
    def case(fw):
        path, include, reverse = fw("urls.path"), fw("urls.include"), fw("urls.reverse")
        leaf = ([path("", view, name="leaf")], "in")
        inner = [path(f"{name}/", include(leaf, namespace=name)) for name in ("x", "y", "z")]
        module = sys.modules["urls_of_instances"] = types.ModuleType("urls_of_instances")
        module.urlpatterns = [
            path(f"{name}/", include((inner, "out"), namespace=name)) for name in ("a", "b")
        ]
        names = ["out:in:leaf", "a:in:leaf", "b:y:leaf", "out:x:leaf", "in:leaf", "out:in:in:leaf"]
        return [
            fw.outcome(lambda name=name: reverse(name, "urls_of_instances", current_app=current))
            for name in names
        ]

    agree(case)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_answered_in_the_same_words(mistake):
    agree(_without_category(MISTAKES[mistake]))


def _without_category(case):
    """Django's own subclass of DeprecationWarning has a name that moves with its versions."""

    def run(fw):
        try:
            return case(fw)
        except DeprecationWarning as warning:
            return str(warning)

    return run


def test_patterns_and_resolvers_describe_themselves():
    def case(fw):
        path, include = fw("urls.path"), fw("urls.include")
        pattern = path("a/<int:n>/", view, name="a")
        resolver = path("b/", include(([pattern], "app"), namespace="n"))
        return [repr(pattern), repr(resolver), str(pattern.pattern), repr(path("", include("os")))]

    def without_addresses(fw):
        return [text.split(" from ")[0] for text in case(fw)]

    agree(without_addresses)


def test_the_urlconf_of_a_request_is_forgotten_when_it_is_over():
    def case(fw):
        fw("urls.set_urlconf")("another")
        during = fw("urls.get_urlconf")()
        fw("core.signals.request_finished").send(sender=None)
        return during, fw("urls.get_urlconf")(), fw("urls.get_urlconf")("default")

    def with_handlers(fw):
        fw("core.handlers.base.BaseHandler")  # its module listens
        return case(fw)

    assert agree(with_handlers)[1] == ["another", None, "default"]


def test_script_prefixes_end_with_a_slash():
    def case(fw):
        fw("urls.set_script_prefix")("/a")
        prefix = fw("urls.get_script_prefix")()
        fw("urls.clear_script_prefix")()
        fw("urls.clear_script_prefix")()
        return prefix, fw("urls.get_script_prefix")()

    assert agree(case)[1] == ["/a/", "/"]


def test_a_handler_may_be_given_by_its_dotted_path():
    def case(fw):
        module = sys.modules["urls_with_a_handler"] = types.ModuleType("urls_with_a_handler")
        module.urlpatterns, module.handler404 = [], "os.path.join"
        return fw("urls.get_resolver")("urls_with_a_handler").resolve_error_handler(404).__name__

    assert agree(case) == ["returned", "join"]
