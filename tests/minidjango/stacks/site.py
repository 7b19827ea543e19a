"""Views, error handlers, and the URLconf in which the framework finds them."""

import sys
import types
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.minidjango.stacks import words
from tests.minidjango.stacks.actions import ALT_URLCONF, perform, understand
from tests.minidjango.stacks.layers import build, values
from tests.minidjango.stacks.routes import ROUTES
from tests.minidjango.stacks.stage import Stage

URLCONF = "golden_urls"
LAYERS = "golden_layers"
"""Modules by the names that they have in recorded messages."""

STATUSES = (400, 403, 404, 500)
BATTERIES = {
    "CommonMiddleware": "middleware.common",
    "SecurityMiddleware": "middleware.security",
    "XFrameOptionsMiddleware": "middleware.clickjacking",
    "ConditionalGetMiddleware": "middleware.http",
    "GZipMiddleware": "middleware.gzip",
    "CsrfViewMiddleware": "middleware.csrf",
    "SessionMiddleware": "contrib.sessions.middleware",
    "AuthenticationMiddleware": "contrib.auth.middleware",
    "MessageMiddleware": "contrib.messages.middleware",
}
"""Layers of the framework's own: class and module."""


def install(stage: Stage) -> list[str]:
    """Put layers and URLconfs where settings find them; return what the setting lists."""
    does, layers = stage.scenario.does, module(LAYERS)
    for name in stage.scenario.layers:
        if name not in BATTERIES:
            setattr(layers, name, build(stage, name, words.layer(does[name])))
    view = view_of(stage, does[stage.scenario.view])
    for path, each in ((URLCONF, view), (ALT_URLCONF, alternative(stage))):
        urls = module(path)
        urls.urlpatterns = ROUTES[does.get("urls", "named")](stage.fw, each)
        for status in STATUSES:
            if action := does.get(f"handler{status}"):
                setattr(urls, f"handler{status}", handler(stage, status, action))
    return [
        f"{stage.root}.{BATTERIES[name]}.{name}" if name in BATTERIES else f"{LAYERS}.{name}"
        for name in stage.scenario.layers
    ]


def module(path: str) -> Any:
    sys.modules[path] = fresh = types.ModuleType(path)
    return fresh


def forget() -> None:
    """Take away what `install` has put there."""
    for path in (LAYERS, URLCONF, ALT_URLCONF):
        sys.modules.pop(path, None)


def view_of(stage: Stage, text: str) -> Callable[..., Any]:
    """Return the view at the centre."""
    kind, does = words.view(text)
    understand(stage.root, "view", does)

    def view(request: Any, *args: Any, **kwargs: Any) -> Any:
        return stage.watched(
            f"view({','.join(values(args, kwargs))})",
            lambda: perform(stage, "view", does, "view", request=request),
        )

    view.__module__ = URLCONF
    return KINDS[kind](stage, view)


def as_object(stage: Stage, view: Callable[..., Any]) -> Callable[..., Any]:
    class Callee:
        def __call__(self, request: Any, *args: Any, **kwargs: Any) -> Any:
            return view(request, *args, **kwargs)

    return Callee()


def as_class(stage: Stage, view: Callable[..., Any]) -> Callable[..., Any]:
    class Shelf(stage.fw("views.generic.View")):  # type: ignore[misc]
        def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
            return view(request, *args, **kwargs)

        post = get

    return Shelf.as_view()  # type: ignore[no-any-return]


KINDS: dict[str, Callable[[Stage, Callable[..., Any]], Callable[..., Any]]] = {
    "function": lambda stage, view: view,
    "partial": lambda stage, view: partial(view),
    "object": as_object,
    "class": as_class,
}
"""How a view is written."""


def alternative(stage: Stage) -> Callable[..., Any]:
    """Return the view of the other URLconf."""

    def alt_view(request: Any, *args: Any, **kwargs: Any) -> Any:
        where = f"alt_view({','.join(values(args, kwargs))})"
        return stage.watched(where, lambda: stage.answer("alt_view", 200))

    alt_view.__module__ = URLCONF
    return alt_view


def handler(stage: Stage, status: int, action: str) -> Callable[..., Any]:
    """Return an error handler; that of 500 is given no exception."""
    where = f"handler{status}"
    understand(stage.root, "handler", action)

    def handle(request: Any, exception: Any = None) -> Any:
        about = f"({type(exception).__name__})" if exception is not None else ""
        return stage.watched(
            f"{where}{about}",
            lambda: perform(stage, "handler", action, where, status=status, request=request),
        )

    return handle
