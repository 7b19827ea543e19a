"""The framework under a scenario: minidjango, or real Django in its place.

The only module that knows where the two differ, and they differ in one word.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import re
from collections.abc import Callable, Iterator
from typing import Any

from autograder.host.in_force import InForce

FRAMEWORKS = ("minidjango", "django")
_OUR_WORD = re.compile(r"\bminidjango\b")

BASELINE: dict[str, Any] = {
    "ALLOWED_HOSTS": ["*"],
    "DEBUG": False,
    "INSTALLED_APPS": [],
    "LOGGING_CONFIG": None,
    "MIDDLEWARE": [],
    "ROOT_URLCONF": None,
    "SECRET_KEY": "a scenario has no secrets",
    "USE_I18N": False,
    "USE_TZ": True,
}
"""The settings that every scenario starts from."""

APPS = [f"django.contrib.{name}" for name in ("contenttypes", "auth", "sessions", "messages")]
DJANGO: dict[str, Any] = {
    "INSTALLED_APPS": APPS,
    "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    # Tables as the models are, without a walk through their history.
    "MIGRATION_MODULES": {name.rpartition(".")[2]: None for name in APPS},
}
"""What Django needs besides: its users and sessions are models, in a database in memory."""


class Framework:
    """One framework, set up once in this process; ask `framework(root)` for it.

    `root` is the one word: the package's name. `label` says what really runs: `Django 5.2.19`.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._found: dict[str, Any] = {}
        self._has_tables = self._has_engines = False
        self._spare: Any = None
        self._settings = self.find("conf.settings")
        self._baseline = BASELINE | (DJANGO if root == "django" else {})
        with self.settings({}):
            self.find("setup")()
        name = "Django" if root == "django" else root
        self.label = f"{name} {self.find('get_version')()}"

    def find(self, path: str) -> Any:
        """What stands at a dotted path below the root: `find("http.HttpResponse")`.

        Raises ImportError or AttributeError where nothing does.
        """
        if path not in self._found:
            module, _, name = f"{self.root}.{path}".rpartition(".")
            self._found[path] = getattr(importlib.import_module(module), name)
        return self._found[path]

    def settings(self, values: dict[str, Any]) -> contextlib.AbstractContextManager[None]:
        """Inside, the settings are the baseline with `values`; outside, what they were.

        Outside they may well be none: they are the student's to configure.
        """
        return InForce(self.find("conf"), {**self._baseline, **values})

    def handler(self, chain: Callable[[], Callable[[Any], Any]] | None = None) -> Any:
        """A new WSGI application: builds the onion from the settings that hold now.

        With `chain`, that builds it: called without arguments, it returns what to call with a
        request.
        """
        kind = self.find("core.handlers.wsgi.WSGIHandler")
        if chain is None:
            return kind()

        def load_middleware(handler: Any, *_: object) -> None:
            handler._middleware_chain = chain()

        return type("Handler", (kind,), {"load_middleware": load_middleware})()

    def watch_views(self, urlconf: str, watched: Callable[[Any], Any]) -> None:
        """From now on, what this URLconf resolves to is what `watched` makes of the view."""
        resolver = self.find("urls.get_resolver")(urlconf)
        resolve = resolver.resolve
        if "resolve" in vars(resolver):
            return

        def resolve_and_watch(path: Any) -> Any:
            match = resolve(path)
            match.func = watched(match.func)
            return match

        resolver.resolve = resolve_and_watch

    def empty_tables(self) -> None:
        """Tables for users and sessions with nothing in them, in Django; minidjango makes its own.

        A database in memory is one for the whole process, so that each stack has to begin anew.
        """
        if self.root == "django":
            command = self.find("core.management.call_command")
            if self._has_tables:
                command("flush", interactive=False, verbosity=0)
            else:
                command("migrate", run_syncdb=True, verbosity=0)
            self._has_tables = True

    # -- templates ---------------------------------------------------------------------------

    def template_settings(self, sources: dict[str, str], processors: list[str]) -> list[Any]:
        """The setting TEMPLATES for these templates by name, and these context processors.

        Names are for Jinja2; the engine `strings` knows none, and takes no processors.
        """
        from jinja2 import DictLoader  # few stacks have templates

        backends = f"{self.root}.template.backends"
        options = {"loader": DictLoader(sources), "context_processors": processors}
        return [
            {"BACKEND": f"{backends}.jinja2.Jinja2", "NAME": "jinja2", "OPTIONS": options},
            {"BACKEND": f"{backends}.dummy.TemplateStrings", "NAME": "strings"},
        ]

    def engines_of(self, settings: dict[str, Any]) -> dict[str, Any] | None:
        """The engines of these settings, for `engines`; None where they name none."""
        if "TEMPLATES" not in settings:
            return None
        made: dict[str, Any] = vars(
            self.find("template.utils.EngineHandler")(settings["TEMPLATES"])
        )
        return made

    @contextlib.contextmanager
    def engines(self, engines: dict[str, Any]) -> Iterator[None]:
        """Inside, these are the template engines: the framework reads their setting only once."""
        handler = self.find("template.engines")
        before, handler.__dict__ = handler.__dict__, engines
        self._has_engines, had = True, self._has_engines
        try:
            yield
        finally:
            handler.__dict__, self._has_engines = before, had

    def engine(self, name: str) -> Any:
        """The engine of that name, from the settings where they have it, else one of our own."""
        known: Any = self.find("template.engines") if self._has_engines else ()
        if name not in known:
            if self._spare is None:
                make = self.find("template.utils.EngineHandler")
                self._spare = make(self.template_settings({}, []))
            known = self._spare
        return known[name]

    def one_word(self, source: str) -> str:
        """Code written for minidjango, for this framework."""
        return source if self.root == "minidjango" else _OUR_WORD.sub(self.root, source)

    def one_word_in(self, value: Any) -> Any:
        """Plain data with the one word changed in every text of it, as settings name things."""
        if isinstance(value, str):
            return self.one_word(value)
        if isinstance(value, list):
            return [self.one_word_in(item) for item in value]
        if isinstance(value, dict):
            return {key: self.one_word_in(item) for key, item in value.items()}
        return value

    def generic(self, dotted: str) -> str:
        """A dotted path of this framework as minidjango's: `django.http` is `minidjango.http`."""
        head, dot, rest = dotted.partition(".")
        return f"minidjango{dot}{rest}" if head == self.root else dotted

    def own(self, dotted: str) -> str:
        """The other way round: minidjango's dotted path as this framework's."""
        head, dot, rest = dotted.partition(".")
        return f"{self.root}{dot}{rest}" if head == "minidjango" else dotted


@functools.cache
def framework(root: str) -> Framework:
    """The framework of that name, set up; ValueError for a name that is not one of the two."""
    if root not in FRAMEWORKS:
        raise ValueError(f"no framework is called {root!r}; say one of {', '.join(FRAMEWORKS)}")
    return Framework(root)
