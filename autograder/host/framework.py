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

FRAMEWORKS = ("minidjango", "django")

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


class Framework:
    """One framework, set up once in this process; ask `framework(root)` for it.

    `root` is the one word: the package's name. `label` says what really runs: `Django 5.2.19`.
    """

    def __init__(self, root: str) -> None:
        self.root = root
        self._settings = self.find("conf.settings")
        with self.settings({}):
            self.find("setup")()
        name = "Django" if root == "django" else root
        self.label = f"{name} {self.find('get_version')()}"

    def find(self, path: str) -> Any:
        """What stands at a dotted path below the root: `find("http.HttpResponse")`.

        Raises ImportError or AttributeError where nothing does.
        """
        module, _, name = f"{self.root}.{path}".rpartition(".")
        return getattr(importlib.import_module(module), name)

    @contextlib.contextmanager
    def settings(self, values: dict[str, Any]) -> Iterator[None]:
        """Inside, the settings are the baseline with `values`; outside, what they were.

        Outside they may well be none: they are the student's to configure.
        """
        under = self._settings._wrapped
        if not self._settings.configured:
            under = importlib.import_module(f"{self.root}.conf.global_settings")
        holder = self.find("conf.UserSettingsHolder")(under)
        for name, value in {**BASELINE, **values}.items():
            setattr(holder, name, value)
        before, self._settings._wrapped = self._settings._wrapped, holder
        try:
            yield
        finally:
            self._settings._wrapped = before

    def handler(self) -> Callable[..., Any]:
        """A new WSGI application: builds the onion from the settings that hold now."""
        handler: Callable[..., Any] = self.find("core.handlers.wsgi.WSGIHandler")()
        return handler

    def one_word(self, source: str) -> str:
        """Code written for minidjango, for this framework."""
        return re.sub(r"\bminidjango\b", self.root, source)

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
