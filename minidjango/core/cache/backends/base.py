"""What every cache can do (``django.core.cache.backends.base``)."""

import re
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.utils.module_loading import import_string

DEFAULT_TIMEOUT = object()
"""Stands for the cache's own timeout, as None is "for ever"."""
MEMCACHE_MAX_KEY_LENGTH = 250
memcached_error_chars_re = re.compile(r"[\x00-\x20\x7f]")


class InvalidCacheBackendError(ImproperlyConfigured):
    """There is no such cache, or no such backend."""


class CacheKeyWarning(RuntimeWarning):
    """Another backend, memcached, would refuse this key."""


class InvalidCacheKey(ValueError):
    """For a backend to raise that refuses a key."""


def default_key_func(key: Any, key_prefix: str, version: Any) -> str:
    """Return the key with prefix and version."""
    return f"{key_prefix}:{version}:{key}"


def get_key_func(key_func: str | Callable[..., str] | None) -> Callable[..., str]:
    """Return ``key_func``, or what its dotted path names; by default `default_key_func`."""
    if key_func is None or callable(key_func):
        return key_func or default_key_func
    found: Callable[..., str] = import_string(key_func)
    return found


def memcache_key_warnings(key: str) -> Iterator[str]:
    """Yield what memcached would say against a key."""
    if len(key) > MEMCACHE_MAX_KEY_LENGTH:
        yield (
            f"Cache key will cause errors if used with memcached: {key!r} "
            f"(longer than {MEMCACHE_MAX_KEY_LENGTH})"
        )
    if memcached_error_chars_re.search(key):
        yield (
            f"Cache key contains characters that will cause errors if used with memcached: {key!r}"
        )


class BaseCache:
    """A cache; a backend adds ``add``, ``get``, ``set``, ``touch``, ``delete`` and ``clear``.

    ``timeout`` is in seconds, None is for ever, and by default it is the cache's ``TIMEOUT``. A
    key has a version, by default the cache's: the same key in another version is another one.

    Args:
        params: ``TIMEOUT`` (300), ``KEY_PREFIX``, ``VERSION`` (1), ``KEY_FUNCTION`` and, in
            ``OPTIONS``, ``MAX_ENTRIES`` (300) and ``CULL_FREQUENCY`` (3): what part of a full
            cache is thrown away, one in so many.
    """

    _missing_key = object()

    def __init__(self, params: dict[str, Any]) -> None:
        options = params.get("OPTIONS", {})
        timeout = params.get("TIMEOUT", 300)
        self.default_timeout = None if timeout is None else _integer(timeout, 300)
        self._max_entries = _integer(options.get("MAX_ENTRIES"), 300)
        self._cull_frequency = _integer(options.get("CULL_FREQUENCY"), 3)
        self.key_prefix = params.get("KEY_PREFIX", "")
        self.version = params.get("VERSION", 1)
        self.key_func = get_key_func(params.get("KEY_FUNCTION"))

    def get_backend_timeout(self, timeout: Any = DEFAULT_TIMEOUT) -> float | None:
        """Return when a value ends that is set now, in seconds since the epoch; None is never."""
        if timeout is DEFAULT_TIMEOUT:
            timeout = self.default_timeout
        elif timeout == 0:
            timeout = -1  # the clock may not have moved when somebody asks
        return None if timeout is None else time.time() + timeout

    def make_key(self, key: Any, version: Any = None) -> str:
        """Return the key under which a value is really kept."""
        return self.key_func(key, self.key_prefix, self.version if version is None else version)

    def validate_key(self, key: str) -> None:
        """Warn of keys with which another backend would have trouble."""
        for warning in memcache_key_warnings(key):
            warnings.warn(warning, CacheKeyWarning, stacklevel=4)

    def make_and_validate_key(self, key: Any, version: Any = None) -> str:
        """Return the real key, checked."""
        key = self.make_key(key, version)
        self.validate_key(key)
        return str(key)

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        """Set a value unless there is one; return whether it was set."""
        raise NotImplementedError("subclasses of BaseCache must provide an add() method")

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """Return a value, or ``default``."""
        raise NotImplementedError("subclasses of BaseCache must provide a get() method")

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        """Set a value."""
        raise NotImplementedError("subclasses of BaseCache must provide a set() method")

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Give a value a new timeout; return whether there was one."""
        raise NotImplementedError("subclasses of BaseCache must provide a touch() method")

    def delete(self, key: Any, version: Any = None) -> bool:
        """Delete a value; return whether there was one."""
        raise NotImplementedError("subclasses of BaseCache must provide a delete() method")

    def clear(self) -> None:
        """Delete every value, of every prefix and version."""
        raise NotImplementedError("subclasses of BaseCache must provide a clear() method")

    def get_many(self, keys: Iterable[Any], version: Any = None) -> dict[Any, Any]:
        """Return a dict of those keys that have a value."""
        found = {key: self.get(key, self._missing_key, version=version) for key in keys}
        return {key: value for key, value in found.items() if value is not self._missing_key}

    def get_or_set(
        self, key: Any, default: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> Any:
        """Return a value; if there is none, add ``default``, or what it returns when called."""
        value = self.get(key, self._missing_key, version=version)
        if value is not self._missing_key:
            return value
        value = default() if callable(default) else default
        self.add(key, value, timeout=timeout, version=version)
        return self.get(key, value, version=version)  # another's, if it was faster

    def has_key(self, key: Any, version: Any = None) -> bool:
        """Whether the key has a value."""
        return self.get(key, self._missing_key, version=version) is not self._missing_key

    def __contains__(self, key: Any) -> bool:
        return self.has_key(key)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        """Add to a value and return it; ValueError if there is none."""
        value = self._existing(key, version) + delta
        self.set(key, value, version=version)
        return value

    def decr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        """Take from a value and return it; ValueError if there is none."""
        return self.incr(key, -delta, version=version)

    def set_many(
        self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> list[Any]:
        """Set several values; return the keys for which that failed."""
        for key, value in data.items():
            self.set(key, value, timeout=timeout, version=version)
        return []

    def delete_many(self, keys: Iterable[Any], version: Any = None) -> None:
        """Delete several values."""
        for key in keys:
            self.delete(key, version=version)

    def incr_version(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        """Move a value to a later version and return that; ValueError if there is no value."""
        old = self.version if version is None else version
        self.set(key, self._existing(key, old), version=old + delta)
        self.delete(key, version=old)
        return old + delta

    def decr_version(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        """Move a value to an earlier version and return that; ValueError if there is no value."""
        return self.incr_version(key, -delta, version)

    def _existing(self, key: Any, version: Any) -> Any:
        value = self.get(key, self._missing_key, version=version)
        if value is self._missing_key:
            raise ValueError(f"Key '{key}' not found")
        return value

    def close(self, **kwargs: Any) -> None:
        """Let go of whatever is open; called at the end of every request."""


def _integer(value: Any, default: int) -> int:
    try:
        return int(value)
    except (ValueError, TypeError):
        return default
