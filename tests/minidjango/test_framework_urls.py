"""Paths lead to the same views, and views to the same paths, as on Django."""

import sys
import types

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.minidjango.twoframeworks import agree

NAME = "urls_of_the_url_tests"
ONCE = settings(max_examples=100, derandomize=True, database=None, deadline=None)


def view(request, *args, **kwargs):
    """Where everything leads."""


class Callable:
    def __call__(self, request):
        """A view that is an object."""


class Even:
    regex = "[0-9]{1,3}"

    def to_python(self, value):
        if int(value) % 2:
            raise ValueError("odd")
        return int(value)

    def to_url(self, value):
        if value % 2:
            raise ValueError("odd")
        return str(value)


def install(fw):
    """Write a URLconf with some of everything."""
    path, re_path, include = fw("urls.path"), fw("urls.re_path"), fw("urls.include")
    converters = sys.modules[f"{fw.root}.urls.converters"]
    if "even" not in converters.get_converters():
        fw("urls.register_converter")(Even, "even")
    leaf = [
        path("", view, name="leaf"),
        re_path(r"^r(?P<a>[0-9]+)(?:-(?P<b>[a-z]+))?/$", view, name="optional"),
        re_path(r"^p/([0-9]+)/(\w)\.x?$", view, name="positional"),
        path("<slug:s>/", view, {"extra": 1}, name="slug"),
    ]
    spaced = (leaf, "app")
    below = sys.modules[NAME + "_below"] = types.ModuleType(NAME + "_below")
    below.app_name = "below"
    below.urlpatterns = [path("x/", view, name="x")]
    urls = sys.modules[NAME] = types.ModuleType(NAME)
    urls.urlpatterns = [
        path("", view, name="home"),
        path("int/<int:n>/", view, name="int"),
        path("even/<even:n>", view, name="even"),
        path("uuid/<uuid:u>/", view, name="uuid"),
        path("all/<path:p>", view, {"n": 1}, name="all"),
        path("sp ace/é%/<str:x>/", view, name="odd"),
        path("object/", Callable(), name="object"),
        path("same/<int:n>/", view, name="same"),
        path("same/<int:n>/<slug:s>/", view, name="same"),
        path("in/<int:outer>/", include(leaf), {"k": "v"}),
        re_path(r"^rx/(?P<outer>\d\d)/", include(leaf)),
        re_path(r"^pos/(\d+)/", include(leaf)),
        re_path(r"^posk/(\d+)/", include(leaf), {"k": "v"}),
        path("one/<int:site>/", include(spaced, namespace="one")),
        path("two/", include((spaced[0], "app"), namespace="two")),
        path("deep/<str:d>/", include(([path("x/", include(spaced))], "outer"))),
        path("plain/", include([path("x/<int:y>/", include((leaf, "third")))])),
        re_path(r"^unanchored/(?P<rest>.*)", view),
        path("include/", include(NAME + "_below")),
        path("evenly/<even:e>/", include([path("x/<int:n>/", view, name="evenly")])),
    ]
    fw("conf.settings").ROOT_URLCONF = NAME
    fw("urls.clear_url_caches")()


def described(match):
    """Return everything that a match says."""
    names = "args kwargs url_name app_names app_name namespaces namespace route view_name"
    found = {name: getattr(match, name) for name in names.split()}
    found["tried"] = [[str(step.pattern) for step in steps] for steps in match.tried]
    found["extra"] = [match.captured_kwargs, match.extra_kwargs]
    found["parts"] = [type(part).__name__ for part in match]
    return {**found, "repr": repr(match), "kwargs": sorted(match.kwargs.items(), key=str)}


SEGMENTS = """
int/ 7/ 12 even/ uuid/ 0b0f3b1e-1111-4222-8333-abcdefabcdef/ all/ in/ rx/ 42/ pos/ posk/ one/ two/
deep/ posk/7/p/9/k.x x/ plain/ r5/ r5-ab/ p/ 9/ k. k.x ok-1/ unanchored/ object/ same/ include/
é%/ /
"""
PIECES = [*SEGMENTS.split(), "\n"]


@ONCE
@given(st.lists(st.sampled_from([*PIECES, "sp ace/"]), max_size=6).map("".join))
def test_a_path_leads_to_the_same_view_with_the_same_arguments(path):
    def case(fw):
        install(fw)
        return described(fw("urls.resolve")("/" + path))

    def tried(fw):
        install(fw)
        try:
            fw("urls.resolve")("/" + path)
        except fw("urls.Resolver404") as error:
            below = error.args[0].get("tried", [])
            return [[str(step.pattern) for step in steps] for steps in below], error.args[0]["path"]

    agree(tried)
    if agree(lambda fw: [install(fw), bool(fw("urls.is_valid_path")("/" + path))][1])[1]:
        agree(case)


VIEWS = """
home int even uuid all object same leaf slug optional positional one:leaf two:slug app:leaf app:slug
outer:app:leaf third:slug outer:nothing nowhere:x app:nothing below:x nothing outer:app:optional
one:optional
"""
NAMES = VIEWS.split()
VALUES = st.sampled_from([7, 8, "7", "8", "42", "ab", "a b/é?#", "//x", "", None, "ok-1", "x"])
ARGUMENTS = st.sampled_from(["n", "s", "a", "b", "outer", "site", "d", "p", "u", "k", "y", "x"])


@ONCE
@given(
    st.sampled_from(NAMES),
    st.lists(VALUES, max_size=3),
    st.dictionaries(ARGUMENTS, VALUES, max_size=3),
    st.sampled_from([None, "one", "two", "outer", "outer:app"]),
)
def test_a_name_leads_to_the_same_path_or_fails_with_the_same_words(name, args, kwargs, app):
    def case(fw):
        install(fw)
        reverse = fw("urls.reverse")
        return [
            fw.outcome(lambda: reverse(name, args=args, current_app=app)),
            fw.outcome(lambda: reverse(name, kwargs=kwargs, current_app=app)),
            fw.outcome(lambda: reverse(name, args=args, kwargs=kwargs)),
        ]

    agree(case)


REVERSIBLE = [
    ("int", {"n": 7}),
    ("even", {"n": 8}),
    ("uuid", {"u": "0b0f3b1e-1111-4222-8333-abcdefabcdef"}),
    ("all", {"p": "a/b c"}),
    ("same", {"n": 1}),
    ("same", {"n": 1, "s": "x"}),
    ("slug", {"s": "x", "outer": 7}),
    ("slug", {"s": "x", "outer": 7, "k": "v", "extra": 1}),
    ("evenly", {"e": 8, "n": 1}),
    ("optional", {"a": 5, "outer": 42}),
    ("optional", {"a": 5, "b": "ab", "outer": 42}),
    ("one:slug", {"site": 3, "s": "x"}),
    ("two:slug", {"s": "x"}),
    ("outer:app:optional", {"d": "q", "a": 1}),
    ("third:slug", {"y": 1, "s": "x"}),
    ("below:x", {}),
]


@pytest.mark.parametrize(("name", "kwargs"), REVERSIBLE)
def test_what_can_be_reversed_leads_back(name, kwargs):
    def case(fw):
        install(fw)
        fw("urls.set_script_prefix")("/mounted")
        url = fw("urls.reverse")(name, kwargs=kwargs, query={"q": [1, 2]}, fragment="f")
        return url, described(fw("urls.resolve")(url[8:].partition("?")[0]))

    found = agree(case)
    assert found[0] == "returned", found
    url, match = found[1]
    assert url.startswith("/mounted/")
    assert name.endswith(match["url_name"])


CONTRADICTED = [
    ("slug", {"s": "x", "outer": 7, "k": "w"}),
    ("slug", {"s": "x", "outer": 7, "extra": 2}),
    ("evenly", {"e": 7, "n": 1}),
    ("all", {"p": "a", "n": 2}),
]


@pytest.mark.parametrize(("name", "kwargs"), CONTRADICTED)
def test_what_would_not_lead_back_is_refused(name, kwargs):
    def case(fw):
        install(fw)
        return fw("urls.reverse")(name, kwargs=kwargs)

    assert agree(case)[:2] == ["raised", "NoReverseMatch"]


def test_views_can_be_reversed_and_are_named_in_messages():
    def case(fw):
        install(fw)
        reverse = fw("urls.reverse")
        return fw.each(
            known=lambda: reverse(view),
            unknown=lambda: reverse(install),
            arguments=lambda: reverse(view, args=[1, 2, 3, 4, 5]),
        )

    agree(case)


EXPRESSIONS = r"""
a b - / \. \d [abc] [^a] (?P<n>\d+) (\w+) (?:x) (?:x(?P<m>y)) . (a(b)) (?:a(?:b)?) [\]x]
(?:(?P<q>c)-(?P<r>.))
"""
ATOMS = st.sampled_from(EXPRESSIONS.split())
QUANTIFIERS = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{0,3}", "{1,}", "*?", "+?"])
ALONE = st.sampled_from(
    ["(?=z)", "(?!q)", "(?<=z)", "(?<!q)", "(?P=n)", "a|b", "(?i)", "\\Z", "^", "$", "\\b"]
)
PARTS = st.one_of(st.tuples(ATOMS, QUANTIFIERS).map("".join), ALONE)


@ONCE
@given(st.lists(PARTS, max_size=6).map("".join))
def test_an_expression_is_turned_round_the_same_way(expression):
    def case(fw):
        forms = fw("utils.regex_helper.normalize")(expression)
        return [[text.replace("%%", "%"), list(names)] for text, names in forms]

    agree(case)
