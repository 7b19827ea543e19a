"""What a session has of a dict (``django.contrib.sessions.backends.base``).

The data are loaded when somebody first asks for them (``accessed``), and saved by the middleware
when they were changed (``modified``). A change inside a value, as in ``session["cart"].append(7)``,
goes unseen: set ``session.modified = True``.
"""

from collections.abc import ItemsView, KeysView, ValuesView
from typing import Any

from minidjango.utils.functional import empty


class SessionMapping:
    """A dict that is loaded late and knows whether it was touched."""

    accessed = False
    modified = False
    _key: str | None
    _session_cache: dict[str, Any]

    def load(self) -> dict[str, Any]:
        """Return the data that are kept under the session's key."""
        raise NotImplementedError("subclasses of SessionBase must provide a load() method")

    def _get_session(self, no_load: bool = False) -> dict[str, Any]:
        self.accessed = True
        if not hasattr(self, "_session_cache"):
            is_new = no_load or self._key is None
            self._session_cache = {} if is_new else self.load()
        return self._session_cache

    @property
    def _session(self) -> dict[str, Any]:
        return self._get_session()

    def __contains__(self, key: str) -> bool:
        return key in self._session

    def __getitem__(self, key: str) -> Any:
        return self._session[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._session[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        del self._session[key]
        self.modified = True

    def has_key(self, key: str) -> bool:
        """Whether a key is set."""
        return key in self

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value, or ``default``."""
        return self._session.get(key, default)

    def pop(self, key: str, default: Any = empty) -> Any:
        """Remove a key and return its value, or ``default``; KeyError without either."""
        self.modified = self.modified or key in self._session
        return self._session.pop(key) if default is empty else self._session.pop(key, default)

    def setdefault(self, key: str, value: Any) -> Any:
        """Set a key unless it is set; return its value."""
        if key not in self:
            self[key] = value
        return self[key]

    def update(self, dict_: Any) -> None:
        """Set several keys."""
        self._session.update(dict_)
        self.modified = True

    def keys(self) -> KeysView[str]:
        """Return the keys."""
        return self._session.keys()

    def values(self) -> ValuesView[Any]:
        """Return the values."""
        return self._session.values()

    def items(self) -> ItemsView[str, Any]:
        """Return keys and values."""
        return self._session.items()

    def clear(self) -> None:
        """Forget all data, without loading them first."""
        self._session_cache = {}
        self.accessed = True
        self.modified = True
