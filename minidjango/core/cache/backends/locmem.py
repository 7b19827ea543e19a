"""A cache in this process's memory (``django.core.cache.backends.locmem``)."""

import pickle
import time
from collections import OrderedDict
from threading import Lock
from typing import Any

from minidjango.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

_caches: dict[str, OrderedDict[str, bytes]] = {}
_expire_info: dict[str, dict[str, float | None]] = {}
_locks: dict[str, Lock] = {}


class LocMemCache(BaseCache):
    """Keeps pickles, so that nobody changes a value that another one gets.

    What was used last is kept longest. Caches of the same name, the ``LOCATION``, share what they
    hold, in all threads.
    """

    pickle_protocol = pickle.HIGHEST_PROTOCOL

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._cache = _caches.setdefault(name, OrderedDict())
        self._expire_info = _expire_info.setdefault(name, {})
        self._lock = _locks.setdefault(name, Lock())

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        """Set a value unless there is one; return whether it was set."""
        key = self.make_and_validate_key(key, version)
        pickled = pickle.dumps(value, self.pickle_protocol)
        with self._lock:
            if not self._has_expired(key):
                return False
            self._set(key, pickled, timeout)
            return True

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """Return a value, or ``default``."""
        key = self.make_and_validate_key(key, version)
        with self._lock:
            if self._has_expired(key):
                self._delete(key)
                return default
            pickled = self._cache[key]
            self._cache.move_to_end(key)
        return pickle.loads(pickled)

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        """Set a value."""
        key = self.make_and_validate_key(key, version)
        pickled = pickle.dumps(value, self.pickle_protocol)
        with self._lock:
            self._set(key, pickled, timeout)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Give a value a new timeout; return whether there was one."""
        key = self.make_and_validate_key(key, version)
        with self._lock:
            if self._has_expired(key):
                return False
            self._expire_info[key] = self.get_backend_timeout(timeout)
            return True

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        """Add to a value, which keeps its timeout, and return it; ValueError if there is none."""
        key = self.make_and_validate_key(key, version)
        with self._lock:
            if self._has_expired(key):
                self._delete(key)
                raise ValueError(f"Key '{key}' not found")
            value = pickle.loads(self._cache[key]) + delta
            self._cache[key] = pickle.dumps(value, self.pickle_protocol)
            self._cache.move_to_end(key)
        return value

    def has_key(self, key: Any, version: Any = None) -> bool:
        """Whether the key has a value."""
        key = self.make_and_validate_key(key, version)
        with self._lock:
            if expired := self._has_expired(key):
                self._delete(key)
            return not expired

    def delete(self, key: Any, version: Any = None) -> bool:
        """Delete a value; return whether there was one."""
        key = self.make_and_validate_key(key, version)
        with self._lock:
            return self._delete(key)

    def clear(self) -> None:
        """Delete every value."""
        with self._lock:
            self._cache.clear()
            self._expire_info.clear()

    def _has_expired(self, key: str) -> bool:
        """Whether a key has no value, or no longer."""
        expires = self._expire_info.get(key, -1)
        return expires is not None and expires <= time.time()

    def _set(self, key: str, pickled: bytes, timeout: Any) -> None:
        if len(self._cache) >= self._max_entries:
            self._cull()
        self._cache[key] = pickled
        self._cache.move_to_end(key)
        self._expire_info[key] = self.get_backend_timeout(timeout)

    def _cull(self) -> None:
        """Throw away one in so many, those that were not used for longest; or all."""
        count = len(self._cache)
        for _ in range(count // self._cull_frequency if self._cull_frequency else count):
            key, _ = self._cache.popitem(last=False)
            del self._expire_info[key]

    def _delete(self, key: str) -> bool:
        self._expire_info.pop(key, None)
        return self._cache.pop(key, None) is not None
