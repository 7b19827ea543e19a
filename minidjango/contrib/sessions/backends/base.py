"""A session: a dict that outlives the request (``django.contrib.sessions.backends.base``)."""

import logging
import string
from datetime import datetime, timedelta
from typing import Any, NoReturn

from minidjango.conf import settings
from minidjango.contrib.sessions.mapping import SessionMapping
from minidjango.core import signing
from minidjango.utils import timezone
from minidjango.utils.crypto import get_random_string
from minidjango.utils.module_loading import import_string

logger = logging.getLogger("minidjango.security.SuspiciousSession")
VALID_KEY_CHARS = string.ascii_lowercase + string.digits
EXPIRY = "_session_expiry"


class CreateError(Exception):
    """There is a session with this key already."""


class UpdateError(Exception):
    """There is no session with this key any more."""


class SessionBase(SessionMapping):
    """Data, a key and an end. Where they are kept is a backend's business."""

    TEST_COOKIE_NAME = "testcookie"
    TEST_COOKIE_VALUE = "worked"

    def __init__(self, session_key: str | None = None) -> None:
        self._session_key = session_key
        self.serializer = import_string(settings.SESSION_SERIALIZER)

    def is_empty(self) -> bool:
        """Whether there is neither a key nor any data."""
        return not self._session_key and not getattr(self, "_session_cache", None)

    @property
    def session_key(self) -> str | None:
        """What the cookie holds; None before the session is kept anywhere."""
        return self._key

    @property
    def _session_key(self) -> str | None:
        return self._key

    @_session_key.setter
    def _session_key(self, value: str | None) -> None:
        self._key = value if self._validate_session_key(value) else None

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key) and len(key or "") >= 8  # a shorter one could be guessed

    def _get_new_session_key(self) -> str:
        while self.exists(key := get_random_string(32, VALID_KEY_CHARS)):
            pass
        return key

    def _get_or_create_session_key(self) -> str:
        if self._session_key is None:
            self._session_key = self._get_new_session_key()
        return self._session_key

    @property
    def key_salt(self) -> str:
        """What `encode` and `decode` sign for."""
        return "minidjango.contrib.sessions." + type(self).__qualname__

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return data as signed text."""
        return signing.dumps(
            session_dict, salt=self.key_salt, serializer=self.serializer, compress=True
        )

    def decode(self, session_data: str) -> Any:
        """Return the data of signed text; no data, and a line in the log, if it was changed."""
        try:
            return signing.loads(session_data, salt=self.key_salt, serializer=self.serializer)
        except signing.BadSignature:
            logger.warning("Session data corrupted")
            return {}
        except Exception:  # noqa: BLE001 - a serializer may raise anything: the session is lost
            return {}

    def flush(self) -> None:
        """Forget the data and the key, here and wherever they are kept."""
        self.clear()
        self.delete()
        self._session_key = None

    def cycle_key(self) -> None:
        """Keep the data under a new key, so that who knew the old one is locked out."""
        data, key = self._session, self.session_key
        self.create()
        self._session_cache = data
        if key:
            self.delete(key)

    def set_test_cookie(self) -> None:
        """Set a value by which a later request sees whether the browser keeps cookies."""
        self[self.TEST_COOKIE_NAME] = self.TEST_COOKIE_VALUE

    def test_cookie_worked(self) -> bool:
        """Whether the browser has kept the cookie."""
        return bool(self.get(self.TEST_COOKIE_NAME) == self.TEST_COOKIE_VALUE)

    def delete_test_cookie(self) -> None:
        """Remove the value."""
        del self[self.TEST_COOKIE_NAME]

    # Its end

    def set_expiry(self, value: float | datetime | timedelta | None) -> None:
        """Say when the session ends.

        A number is seconds without a change, and 0 is when the browser closes; a datetime, or a
        timedelta from now, is that moment; None is what the settings say.
        """
        if value is None:
            if EXPIRY in self:
                del self[EXPIRY]
            return
        if isinstance(value, timedelta):
            value = timezone.now() + value
        self[EXPIRY] = value.isoformat() if isinstance(value, datetime) else value

    def get_session_cookie_age(self) -> int:
        """Return how many seconds a session lasts that has no expiry of its own."""
        age: int = settings.SESSION_COOKIE_AGE
        return age

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Return the seconds that are left.

        ``modification`` and ``expiry`` replace the present and what `set_expiry` was told.
        """
        modification, expiry = self._modification_and_expiry(kwargs)
        if isinstance(expiry, datetime):
            left = expiry - modification
            return left.days * 86400 + left.seconds
        return expiry or self.get_session_cookie_age()

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Return the moment of the end; see `get_expiry_age`."""
        modification, expiry = self._modification_and_expiry(kwargs)
        if isinstance(expiry, datetime):
            return expiry
        return modification + timedelta(seconds=expiry or self.get_session_cookie_age())

    def _modification_and_expiry(self, known: dict[str, Any]) -> tuple[datetime, Any]:
        modification = known["modification"] if "modification" in known else timezone.now()
        expiry = known["expiry"] if "expiry" in known else self.get(EXPIRY)
        return modification, datetime.fromisoformat(expiry) if isinstance(expiry, str) else expiry

    def get_expire_at_browser_close(self) -> bool:
        """Whether the session ends when the browser closes."""
        expiry = self.get(EXPIRY)
        if expiry is None:
            return bool(settings.SESSION_EXPIRE_AT_BROWSER_CLOSE)
        return bool(expiry == 0)

    # What a backend must provide

    def exists(self, session_key: str | None) -> bool:
        """Whether there is a session with this key."""
        _not_provided("an exists")

    def create(self) -> None:
        """Make an empty session with a new key, and keep it."""
        _not_provided("a create")

    def save(self, must_create: bool = False) -> None:
        """Keep the data.

        Raises UpdateError when the session is gone, CreateError when it ``must_create`` one and
        there is one with this key.
        """
        _not_provided("a save")

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session with this key, by default this one."""
        _not_provided("a delete")


def _not_provided(method: str) -> NoReturn:
    raise NotImplementedError(f"subclasses of SessionBase must provide {method}() method")
