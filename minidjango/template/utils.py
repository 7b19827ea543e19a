"""The engines of ``settings.TEMPLATES``, each made when first used (``django.template.utils``)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.utils.functional import cached_property
from minidjango.utils.module_loading import import_string


class InvalidTemplateEngineError(ImproperlyConfigured):
    """There is no engine of that name."""


class EngineHandler:
    """Engines by their ``NAME``, in the order of the settings."""

    def __init__(self, templates: list[dict[str, Any]] | None = None) -> None:
        self._templates = templates
        self._engines: dict[str, Any] = {}

    @cached_property
    def templates(self) -> dict[str, dict[str, Any]]:
        """The engines' settings by name, completed; ImproperlyConfigured for a name used twice."""
        if self._templates is None:
            self._templates = settings.TEMPLATES
        found = [_completed(entry) for entry in self._templates or []]
        counts = Counter(entry["NAME"] for entry in found)
        if twice := [name for name, count in counts.most_common() if count > 1]:
            raise ImproperlyConfigured(
                f"Template engine aliases aren't unique, duplicates: {', '.join(twice)}. "
                "Set a unique NAME for each engine in settings.TEMPLATES."
            )
        return {entry["NAME"]: entry for entry in found}

    def __getitem__(self, alias: str) -> Any:
        if alias in self._engines:
            return self._engines[alias]
        if alias not in self.templates:
            raise InvalidTemplateEngineError(
                f"Could not find config for '{alias}' in settings.TEMPLATES"
            )
        params = self.templates[alias].copy()
        engine = import_string(params.pop("BACKEND"))(params)
        self._engines[alias] = engine
        return engine

    def __iter__(self) -> Iterator[str]:
        return iter(self.templates)

    def all(self) -> list[Any]:
        """Return the engines."""
        return [self[alias] for alias in self]


def _completed(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an engine's settings with what was left out; its name is its module's."""
    backend = entry.get("BACKEND", "<not defined>")
    parts = backend.rsplit(".", 2) if isinstance(backend, str) else []
    if len(parts) < 2:
        raise ImproperlyConfigured(
            f"Invalid BACKEND for a template engine: {backend}. Check your TEMPLATES setting."
        )
    return {"NAME": parts[-2], "DIRS": [], "APP_DIRS": False, "OPTIONS": {}, **entry}
