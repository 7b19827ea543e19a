"""Values kept for a while (``django.core.cache``).

``cache`` is the default one; ``caches["name"]`` any in ``settings.CACHES``. What they can do says
`minidjango.core.cache.backends.base`.
"""

import threading
from collections.abc import Iterator
from typing import Any

from minidjango.conf import settings as project_settings
from minidjango.core import signals
from minidjango.core.cache.backends.base import (
    BaseCache,
    CacheKeyWarning,
    InvalidCacheBackendError,
    InvalidCacheKey,
)
from minidjango.utils.functional import cached_property
from minidjango.utils.module_loading import import_string

__all__ = [
    "DEFAULT_CACHE_ALIAS",
    "BaseCache",
    "CacheKeyWarning",
    "InvalidCacheBackendError",
    "InvalidCacheKey",
    "cache",
    "caches",
]

DEFAULT_CACHE_ALIAS = "default"


class CacheHandler:
    """The caches by name; each thread makes its own when it first asks for it.

    ``settings`` are by default ``settings.CACHES``.
    """

    def __init__(self, settings: dict[str, dict[str, Any]] | None = None) -> None:
        self._settings = settings
        self._connections = threading.local()

    @cached_property
    def settings(self) -> dict[str, dict[str, Any]]:
        """What to make each cache from."""
        return project_settings.CACHES if self._settings is None else self._settings

    def __getitem__(self, alias: str) -> Any:
        """Return a cache; InvalidCacheBackendError for a name, or a backend, that is not known."""
        made = vars(self._connections)
        if alias not in made:
            made[alias] = self.create_connection(alias)
        return made[alias]

    def create_connection(self, alias: str) -> Any:
        """Make a cache."""
        if alias not in self.settings:
            raise InvalidCacheBackendError(f"The connection '{alias}' doesn't exist.")
        params = {**self.settings[alias]}
        backend, location = params.pop("BACKEND"), params.pop("LOCATION", "")
        try:
            backend_class = import_string(backend)
        except ImportError as error:
            message = f"Could not find backend '{backend}': {error}"
            raise InvalidCacheBackendError(message) from error
        return backend_class(location, params)

    def __iter__(self) -> Iterator[str]:
        return iter(self.settings)

    def all(self, initialized_only: bool = False) -> list[Any]:
        """Return every cache, or every one that this thread has made already."""
        made = vars(self._connections)
        return [*made.values()] if initialized_only else [self[alias] for alias in self]

    def close_all(self) -> None:
        """Close this thread's caches."""
        for each in self.all(initialized_only=True):
            each.close()


class ConnectionProxy:
    """Stands for whatever is now under a name."""

    def __init__(self, connections: CacheHandler, alias: str) -> None:
        self.__dict__.update(_connections=connections, _alias=alias)

    def __getattr__(self, item: str) -> Any:
        return getattr(self._connections[self._alias], item)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._connections[self._alias], name, value)

    def __delattr__(self, name: str) -> None:
        delattr(self._connections[self._alias], name)

    def __contains__(self, key: str) -> bool:
        return key in self._connections[self._alias]

    def __eq__(self, other: object) -> bool:
        return bool(self._connections[self._alias] == other)


caches = CacheHandler()
cache = ConnectionProxy(caches, DEFAULT_CACHE_ALIAS)


def close_caches(**kwargs: Any) -> None:
    """Close the caches when a request is over."""
    caches.close_all()


signals.request_finished.connect(close_caches)
