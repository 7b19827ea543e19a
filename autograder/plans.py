"""What a check wants built, as data for a host: layers, what stands at the centre, settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import FunctionType
from typing import Any

from autograder.canned import Canned
from autograder.host.framework import FRAMEWORKS
from autograder.host.values import is_plain, plain_attributes
from autograder.host.wire import Message
from autograder.hosts import Host
from autograder.model import Scenario
from autograder.references import Reference, attributes_of, name_of

View = Callable[..., Any]
STYLES = ("MIDDLEWARE", "MIDDLEWARE_CLASSES")
"""The settings that can list the layers."""
HANDLERS = ("handler400", "handler403", "handler404", "handler500")
"""What a URLconf may have for errors."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A stack to build: the command for a host, and what the judge keeps to itself.

    `who` are the layers and views with the names that a trace calls them by, and `students` the
    names of the layers that the student wrote. `views` are those of the check's own, by the number
    under which a host asks for them; `theirs` are the names of the student's, None where a URLconf
    of theirs may have any.
    """

    command: Message
    scenario: Scenario
    who: tuple[tuple[Any, str], ...]
    students: tuple[str, ...]
    views: tuple[View, ...]
    theirs: frozenset[str] | None = frozenset()

    @property
    def through(self) -> bool:
        """Whether a request goes through to one view, and comes back with its answer."""
        return bool(self.views) or "view" in self.command.get("urls", {})


def framework_plan(
    host: Host,
    layers: tuple[Any, ...],
    urls: Any,
    options: Mapping[str, Any],
    settings: dict[str, Any],
) -> Plan:
    """The plan for layers round one view, round a view for each route, or round a URLconf.

    `options` are those of `onion` and `site`. Raises TypeError and ValueError for what cannot be
    built so, and NotHere for what this framework has not.
    """
    _check(options, settings, host)
    # What the student calls a URLconf is theirs, whatever it is.
    routed = options["site"] and type(urls) is dict and not host.owns(urls)
    centre = [*urls.values()] if routed else None if options["site"] else [urls]
    names = distinct([*map(called, layers), *map(called, centre or [])])
    who = list(zip([*layers, *(centre or [])], names, strict=True))
    views, theirs = _views(host, who[len(layers) :])
    if routed:
        told: Message = {"routes": [[route, view] for route, view in zip(urls, views, strict=True)]}
    else:
        told = {"patterns": host.refer(urls)} if centre is None else {"view": views[0]}
    handlers = {key: _theirs(host, view) for key, view in options["handlers"].items()}
    own, handler = options["context_processors"], options["handler"]
    command = {
        "do": "build",
        "framework": options["framework"],
        "style": options["style"],
        "layers": [_layer(host, layer) for layer in layers],
        "urls": told,
        "decorators": list(map(host.refer, options["decorators"])),
        "handlers": handlers,
        "context_processors": list(map(host.refer, own)),
        "templates": dict(options["templates"]),
        "handler": None if handler is None else host.refer(handler),
        "clock": any(type(one) is Canned and one.takes for one, _ in who),
        "settings": settings,
    }
    view = names[-1] if centre and len(centre) == 1 else "view"
    scenario = Scenario(tuple(names[: len(layers)]), view, options["style"], settings)
    students = _students(host, who[: len(layers)])
    mine = tuple(one for one, view in zip(centre or [], views, strict=True) if "which" in view)
    who += [(view, called(view)) for view in options["handlers"].values()]
    known = frozenset({*theirs, *(told["name"] for told in handlers.values())})
    return Plan(command, scenario, tuple(who), students, mine, None if centre is None else known)


def wsgi_plan(host: Host, layers: tuple[Any, ...], framework: str) -> Plan:
    """The plan for a WSGI application, the last of these, in the wrappers before it."""
    if any(type(layer) is Canned for layer in layers[:-1]):
        raise TypeError("a wrapper is the student's; returns(...) and its like stand at the centre")
    names = distinct([*map(called, layers)])
    who = list(zip(layers, names, strict=True))
    views, theirs = _views(host, who[-1:])
    command = {
        "do": "build",
        "framework": framework,
        "layers": list(map(host.refer, layers[:-1])),
        "centre": views[0],
        "clock": any(type(one) is Canned and one.takes for one in layers),
    }
    scenario = Scenario(tuple(names[:-1]), names[-1], "WSGI")
    mine = () if theirs else (layers[-1],)
    return Plan(command, scenario, tuple(who), tuple(names[:-1]), mine, frozenset(theirs))


class NotHere(Exception):
    """What a check asks for is not to be had on the framework that it is asked on."""


def _check(options: Mapping[str, Any], settings: dict[str, Any], host: Host) -> None:
    style, root = options["style"], options["framework"] or host.root
    if style not in STYLES:
        raise ValueError(f"no style {style!r}: say {' or '.join(STYLES)}")
    if root not in FRAMEWORKS:
        raise ValueError(f"no framework is called {root!r}: say {' or '.join(FRAMEWORKS)}")
    if style == "MIDDLEWARE_CLASSES" and root == "django":
        raise NotHere("Django 5.2 has no MIDDLEWARE_CLASSES: this is asked on minidjango alone")
    if ours := [name for name in settings if name in STYLES]:
        raise ValueError(
            f"onion writes the setting {ours[0]} itself, of the layers in its brackets"
        )
    told = {**settings, "templates": dict(options["templates"])}
    unplain = [name for name, value in told.items() if not is_plain(value)]
    if unplain:
        raise TypeError(f"settings must be plain data, and {', '.join(unplain)} is not")


def _views(host: Host, named: list[tuple[Any, str]]) -> tuple[list[Message], list[str]]:
    """How a host is told of each view, and the names of those that are the student's."""
    told, theirs, mine = [], [], 0
    for view, name in named:
        if host.owns(view):
            told.append(_theirs(host, view) | {"name": name})
            theirs.append(name)
        elif callable(view):
            told.append({"which": mine, **_about(view)})
            mine += 1
        else:
            raise TypeError(f"{view!r} is no view: a view is called with a request")
    return told, theirs


def _theirs(host: Host, view: Any) -> Message:
    return {"theirs": host.refer(view), "name": called(view)}


def _about(view: View) -> Message:
    """What a layer may see of a view without calling it."""
    return {
        "name": getattr(view, "__name__", called(view)),
        "module": getattr(view, "__module__", "") or "",
        "doc": getattr(view, "__doc__", None),
        "attributes": plain_attributes(getattr(view, "__dict__", {})),
        "canned": type(view) is Canned,
    }


def _layer(host: Host, layer: Any) -> Message:
    """How a host is told of a layer: the student's, the framework's own, or a canned one."""
    if type(layer) is Canned:
        return {"canned": layer.to_plain()}
    if host.owns(layer):
        return host.refer(layer)
    if type(layer) is str and not _path_of(layer):
        raise ValueError(f"{layer!r} is no layer of the framework's: those begin with minidjango.")
    return {"path": _path_of(layer)} if _path_of(layer) else host.refer(layer)


def _path_of(layer: Any) -> str:
    """The dotted path of a layer of the framework's, without its first word; else ""."""
    if type(layer) is str:
        path = layer
    elif issubclass(type(layer), type) or type(layer) is FunctionType:
        path = f"{layer.__module__}.{layer.__name__}"
    else:
        return ""
    root, _, rest = path.partition(".")
    return rest if root == "minidjango" else ""


def _students(host: Host, layers: Iterable[tuple[Any, str]]) -> tuple[str, ...]:
    """The names of the layers that are neither canned nor the framework's own."""

    def own(layer: Any) -> bool:
        return type(layer) is not Canned and (host.owns(layer) or not _path_of(layer))

    return tuple(name for layer, name in layers if own(layer))


def called(thing: Any) -> str:
    """How a trace calls a layer or a view: by the name that it has in the student's code."""
    if type(thing) is Reference:
        return ".".join((name_of(thing), *attributes_of(thing)))
    if isinstance(thing, Canned):
        return thing.name
    if isinstance(thing, str):
        return thing.rpartition(".")[2]
    return str(getattr(thing, "__name__", type(thing).__name__))


def distinct(names: list[str]) -> list[str]:
    """The names, numbered where one stands twice."""
    counts: dict[str, int] = {}
    found = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        found.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return found
