"""Sessions in a cache: ``SESSION_CACHE_ALIAS`` (``django.contrib.sessions.backends.cache``)."""

from typing import Any

from minidjango.conf import settings
from minidjango.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from minidjango.core.cache import caches

KEY_PREFIX = "minidjango.contrib.sessions.cache"


class SessionStore(SessionBase):
    """A session that is kept as long as the cache remembers it."""

    cache_key_prefix = KEY_PREFIX

    def __init__(self, session_key: str | None = None) -> None:
        self._cache = caches[settings.SESSION_CACHE_ALIAS]
        super().__init__(session_key)

    @property
    def cache_key(self) -> str:
        """The session's key in the cache."""
        return self.cache_key_prefix + self._get_or_create_session_key()

    def load(self) -> dict[str, Any]:
        """Return the data; for a key that the cache does not know, none, and forget the key."""
        try:
            data: dict[str, Any] | None = self._cache.get(self.cache_key)
        except Exception:  # noqa: BLE001 - a cache may refuse a strange key in its own way
            data = None
        if data is None:
            self._session_key = None
            return {}
        return data

    def create(self) -> None:
        """Keep an empty session under a new key; RuntimeError if the cache takes none."""
        for _ in range(10000):
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:  # the key is taken, or the cache is out of order: it won't say
                continue
            self.modified = True
            return
        raise RuntimeError(
            "Unable to create a new session key. It is likely that the cache is unavailable."
        )

    def save(self, must_create: bool = False) -> None:
        """Keep the data until the session ends; see `SessionBase.save` for the errors."""
        if self.session_key is None:
            self.create()
            return
        if not must_create and self._cache.get(self.cache_key) is None:
            raise UpdateError
        write = self._cache.add if must_create else self._cache.set
        data = self._get_session(no_load=must_create)
        written = write(self.cache_key, data, self.get_expiry_age())
        if must_create and not written:
            raise CreateError

    def exists(self, session_key: str | None) -> bool:
        """Whether the cache has this key."""
        return bool(session_key) and f"{self.cache_key_prefix}{session_key}" in self._cache

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session with this key, by default this one."""
        session_key = self.session_key if session_key is None else session_key
        if session_key is not None:
            self._cache.delete(self.cache_key_prefix + session_key)
