"""How a URLconf says which view answers to `/v/7/`."""

from collections.abc import Callable
from typing import Any

from tests.minidjango.stacks.stage import Find

Routes = Callable[[Find, Any], list[Any]]
NUMBER = r"^(?P<n>[0-9]+)/$"


def re_path(route: str, **options: Any) -> Routes:
    return lambda fw, view: [fw("urls.re_path")(route, view, name="v", **options)]


def path(route: str, **options: Any) -> Routes:
    return lambda fw, view: [fw("urls.path")(route, view, name="v", **options)]


def within(outer: Routes, inner: Routes) -> Routes:
    return lambda fw, view: outer(fw, fw("urls.include")(inner(fw, view)))


def namespaced(fw: Find, view: Any) -> list[Any]:
    include, each = fw("urls.include"), fw("urls.path")
    deep = include(([each("<int:n>/", view, name="v")], "inner"), namespace="deep")
    return [each("v/", include(([each("", deep)], "outer"), namespace="site"))]


def several(fw: Find, view: Any) -> list[Any]:
    """The first that matches wins, and those before it are tried."""
    return [
        fw("urls.path")("w/", view),
        fw("urls.path")("v/", fw("urls.include")([fw("urls.path")("<uuid:n>/", view)])),
        *path("v/<slug:n>/")(fw, view),
        *re_path("^v/")(fw, view),
    ]


def plain(outer: Callable[[Find], Callable[..., Any]], route: str) -> Routes:
    return lambda fw, included: [outer(fw)(route, included)]


def in_path(route: str) -> Routes:
    return plain(lambda fw: fw("urls.path"), route)


def in_re_path(route: str) -> Routes:
    return plain(lambda fw: fw("urls.re_path"), route)


ROUTES: dict[str, Routes] = {
    "named": re_path(r"^v/(?P<n>[0-9]+)/$"),
    "unnamed": re_path(r"^v/([0-9]+)/$"),
    "mixed": re_path(r"^(v)/(?P<n>[0-9]+)/$"),
    "optional": re_path(r"^v(?:/(?P<n>[0-9]+))?(/)?(?P<m>x)?"),
    "int": path("v/<int:n>/"),
    "str": path("<w>/<str:n>/"),
    "everything": path("<path:n>"),
    "extra": path("v/<int:n>/", kwargs={"more": "given", "n": "9"}),
    "nested": within(in_path("v/"), path("<int:n>/")),
    "nested names": within(in_re_path(r"^(?P<w>[a-z]+)/"), re_path(NUMBER)),
    "nested unnamed": within(in_re_path(r"^([a-z]+)/"), re_path(r"^([0-9]+)/$")),
    "nested mixed": within(in_re_path(r"^([a-z]+)/"), re_path(NUMBER)),
    "namespaced": namespaced,
    "several": several,
    "nowhere": lambda fw, view: [],
}
