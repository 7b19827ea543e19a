"""What one may write in a URLconf, and what is said about what one may not."""

import sys
import types

import pytest

from tests.minidjango.twoframeworks import agree


def view(request):
    """A view."""


MISTAKES = {
    "not callable": lambda fw: fw("urls.path")("", "a string"),
    "kwargs that are none": lambda fw: fw("urls.path")("", view, ["a", "b"]),
    "space in a parameter": lambda fw: fw("urls.path")("<int: n>/", view),
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
