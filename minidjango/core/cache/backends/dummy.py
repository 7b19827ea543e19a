"""A cache that keeps nothing, for development (``django.core.cache.backends.dummy``)."""

from typing import Any

from minidjango.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache


class DummyCache(BaseCache):
    """Checks keys, as others do, and forgets them."""

    def __init__(self, host: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def add(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        """Say that it was set: there was none."""
        self.make_and_validate_key(key, version)
        return True

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        """Return ``default``."""
        self.make_and_validate_key(key, version)
        return default

    def set(
        self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        """Do nothing."""
        self.make_and_validate_key(key, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Say that there was none."""
        self.make_and_validate_key(key, version)
        return False

    def delete(self, key: Any, version: Any = None) -> bool:
        """Say that there was none."""
        self.make_and_validate_key(key, version)
        return False

    def clear(self) -> None:
        """Do nothing."""
