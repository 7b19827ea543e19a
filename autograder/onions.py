"""`onion(...)` and its sisters: what a check builds of a student's code, to ask it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.host.framework import framework as host_framework
from autograder.plans import HANDLERS, View, framework_plan, wsgi_plan
from autograder.session import session
from autograder.testapp import Onion


def hello(request: Any) -> Any:
    """The view of an onion that names no other: it answers `Hello from the view.`."""
    return host_framework("minidjango").find("http.HttpResponse")("Hello from the view.")


def onion(
    *layers: Any,
    view: View = hello,
    style: str = "MIDDLEWARE",
    decorators: Sequence[Any] = (),
    context_processors: Sequence[Any] = (),
    templates: Mapping[str, str] | None = None,
    handler: Any = None,
    framework: str = "",
    **settings: Any,
) -> Onion:
    """Build one stack, `layers` outermost first round `view`, with these further settings.

    Each layer is a middleware class or factory of the student's, one of the framework's own, or
    `returns(...)` and its like; in the style of `MIDDLEWARE_CLASSES` it is a class of methods. The
    view is the check's own, or the student's, which may be a class-based one. `decorators` of the
    student's are put round it, outermost first.

    `context_processors` are functions of the student's, for Jinja2 templates; `templates` are such
    templates by name. `handler` is a student's own: called without arguments once the settings
    are in force, it returns what is called with each request. `framework` may be `"django"`, for
    what the student wrote for Django itself.

    Returns the application to ask. Raises NotBuilt where the framework could not build it,
    NotDefined where a name is not there, NotHere where the framework has no such style, TypeError
    and ValueError where the call itself is wrong.
    """
    options = {
        "site": False,
        "style": style,
        "decorators": decorators,
        "context_processors": context_processors,
        "templates": templates or {},
        "handler": handler,
        "handlers": {},
        "framework": framework,
    }
    return Onion(framework_plan(session().host, layers, view, options, settings))


def site(
    urlpatterns: Any,
    *,
    layers: Sequence[Any] = (),
    context_processors: Sequence[Any] = (),
    templates: Mapping[str, str] | None = None,
    framework: str = "",
    **settings: Any,
) -> Onion:
    """Build a site round a URLconf, with `layers` outermost first, and these further settings.

    `urlpatterns` is a list of the student's, or a dict of routes, such as `"articles/<int:year>/"`,
    with their views. `handler404=` and its sisters are views of the student's for errors. The rest
    is as for `onion`.
    """
    options = {
        "site": True,
        "style": "MIDDLEWARE",
        "decorators": (),
        "context_processors": context_processors,
        "templates": templates or {},
        "handler": None,
        "handlers": {name: settings.pop(name) for name in HANDLERS if name in settings},
        "framework": framework,
    }
    plan = framework_plan(session().host, tuple(layers), urlpatterns, options, settings)
    return Onion(plan)


def wsgi(*layers: Any, framework: str = "") -> Onion:
    """Build a bare WSGI application, the last of these, in the wrappers before it.

    The application is the student's, or the check's own, or `returns(...)` and its like; a wrapper
    is a class or function of the student's that is called with the application inside it. What
    goes against PEP 3333 is raised through to the server, as PEP3333. Raises TypeError where there
    is no application.
    """
    if not layers:
        raise TypeError("wsgi() takes an application, and before it the wrappers round it")
    return Onion(wsgi_plan(session().host, layers, framework))
