"""Sessions in the cookie itself (``django.contrib.sessions.backends.signed_cookies``).

The key *is* the data, signed: the visitor can read it, not change it. Nothing is kept here, so
nothing can be taken back: who has saved an old cookie has that session until it is too old.
"""

from typing import Any

from minidjango.contrib.sessions.backends.base import SessionBase
from minidjango.core import signing

SALT = "minidjango.contrib.sessions.backends.signed_cookies"


class SessionStore(SessionBase):
    """A session that the visitor keeps."""

    def load(self) -> dict[str, Any]:
        """Return the data of the cookie, or none if we did not write it, or long ago."""
        try:
            data: dict[str, Any] = signing.loads(
                self.session_key or "",
                salt=SALT,
                serializer=self.serializer,
                max_age=self.get_session_cookie_age(),
            )
        except Exception:  # noqa: BLE001 - a serializer may raise anything: the session is lost
            self.create()
            return {}
        return data

    def create(self) -> None:
        """Have the cookie set."""
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Write the data into the key, and have the cookie set."""
        self._session_key = signing.dumps(
            self._session, salt=SALT, serializer=self.serializer, compress=True
        )
        self.modified = True

    def cycle_key(self) -> None:
        """Write the data into a new key; the old one stays valid."""
        self.save()

    def exists(self, session_key: str | None = None) -> bool:
        """Return False: no key is taken."""
        return False

    def delete(self, session_key: str | None = None) -> None:
        """Forget key and data, and have the cookie set."""
        self._session_key = ""
        self._session_cache = {}
        self.modified = True
