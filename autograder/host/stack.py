"""One onion: a student's layers round a view, built from settings as a site builds its own."""

from __future__ import annotations

import contextlib
import itertools
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from autograder.host.centre import gated_view, own_view, view_name
from autograder.host.clock import Clock, timed
from autograder.host.gates import canned, gated
from autograder.host.kit import Kit
from autograder.host.server import served
from autograder.host.wire import Message

NOTHING: contextlib.AbstractContextManager[None] = contextlib.nullcontext()
_numbers = itertools.count(1)


class Stack:
    """A stack that is built and can be sent requests.

    Raises what the framework raises where the stack cannot be built.
    """

    def __init__(self, plan: Message, kit: Kit) -> None:
        self._plan, self._kit = plan, kit
        # Frameworks find layers and URLs by dotted path, and keep resolvers by the URLconf's name:
        # each stack has a module of its own, with a name that no other has had.
        self._module = types.ModuleType(f"onion_{next(_numbers)}")
        sys.modules[self._module.__name__] = self._module
        self._theirs: dict[int, str] = {}
        self._clock = Clock() if plan["clock"] else None
        self.settings = {
            **kit.framework.one_word_in(plan["settings"]),
            "ROOT_URLCONF": self._module.__name__,
            **self._layers(),
            **self._templates(),
        }
        self._module.__dict__.update(urlpatterns=self._urlpatterns(), **self._handlers())
        self._engines = kit.framework.engines_of(self.settings)
        own = kit.found(plan["handler"]) if plan["handler"] else None
        with self._in_force():
            if "DATABASES" in self.settings:
                kit.framework.empty_tables()
            self._application = kit.framework.handler(own)

    def forget(self) -> None:
        """Take the stack's module back; it cannot be asked any more."""
        sys.modules.pop(self._module.__name__, None)

    def send(self, environ: dict[str, Any], takes: float = 0) -> Message:
        """One request, as a server sends it, and what came: see `served`.

        `takes` is how long a request that is held inside has taken by now. Raises what goes through
        the whole stack to the server.
        """
        with self._in_force():
            return timed(self._clock, takes, lambda: served(self._application, environ))

    @contextlib.contextmanager
    def _in_force(self) -> Iterator[None]:
        """Inside, this stack's settings hold, its engines, its clock, and its views have gates."""
        framework, names = self._kit.framework, self._kit.names
        engines = framework.engines(self._engines) if self._engines is not None else NOTHING
        clock = self._clock.inside(names) if self._clock else NOTHING
        with framework.settings(self.settings), engines, clock:
            if self._theirs or "patterns" in self._plan["urls"]:
                framework.watch_views(self._module.__name__, self._watched)
            yield

    def _layers(self) -> dict[str, Any]:
        """The setting that lists the layers, each in its place in the module."""
        style, paths = self._plan["style"], []
        for who, named in enumerate(self._plan["layers"]):
            layer = gated(self._layer(named), who, self._kit.gate, self._kit.framework)
            setattr(self._module, f"layer_{who}", layer)
            paths.append(f"{self._module.__name__}.layer_{who}")
        return {"MIDDLEWARE": None, style: paths}

    def _layer(self, named: Message) -> Any:
        """The factory for a layer of a plan: the student's, the framework's, or a canned one."""
        if "canned" in named:
            return canned(named["canned"], self._kit.framework)
        if "path" in named:
            return self._kit.framework.find(named["path"])
        return self._kit.found(named)

    def _urlpatterns(self) -> Any:
        """The student's own list, or one pattern for each view that the plan names."""
        urls, framework = self._plan["urls"], self._kit.framework
        if "patterns" in urls:
            return self._kit.found(urls["patterns"])
        if "view" in urls:
            return [framework.find("urls.re_path")("", self._view(urls["view"]))]
        path = framework.find("urls.path")
        return [path(route, self._view(view)) for route, view in urls["routes"]]

    def _view(self, named: Message) -> Callable[..., Any]:
        """A view of a plan, in the decorators that the plan names, outermost first."""
        if "theirs" in named:
            view = self._kit.found(named["theirs"])
            view = view.as_view() if hasattr(view, "as_view") else view
        else:
            view = gated_view(named, self._kit.gate, self._kit.framework)
        for decorator in reversed(self._plan["decorators"]):
            view = self._kit.found(decorator)(view)
        if "theirs" in named:
            self._theirs[id(view)] = named["name"]
        return view  # type: ignore[no-any-return]

    def _watched(self, view: Any) -> Any:
        """A view of the student's, behind a gate; a stand-in has one of its own."""
        name = self._theirs.get(id(view), "")
        if not name and "patterns" not in self._plan["urls"]:
            return view
        return own_view(view, name or view_name(view), self._kit.gate, self._kit.framework)

    def _handlers(self) -> dict[str, Any]:
        """The student's `handler404` and its sisters, each behind a gate."""
        kit = self._kit
        return {
            name: own_view(kit.found(view["theirs"]), view["name"], kit.gate, kit.framework)
            for name, view in self._plan["handlers"].items()
        }

    def _templates(self) -> dict[str, Any]:
        """The setting TEMPLATES, where the plan has templates, or processors for them."""
        plan = self._plan
        if not (plan["templates"] or plan["context_processors"]):
            return {}
        names = []
        for number, processor in enumerate(plan["context_processors"]):
            setattr(self._module, f"processor_{number}", self._kit.found(processor))
            names.append(f"{self._module.__name__}.processor_{number}")
        return {"TEMPLATES": self._kit.framework.template_settings(plan["templates"], names)}
