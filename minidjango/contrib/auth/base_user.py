"""What a user is, wherever users are kept (``django.contrib.auth.base_user``)."""

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from minidjango.conf import settings
from minidjango.contrib.auth.hashers import check_password, is_password_usable, make_password
from minidjango.utils.crypto import salted_hmac


class BaseUserManager:
    """What makes and finds users; subclasses say how (``get``)."""

    get: Callable[..., Any]

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return an address with its domain in lower case; None is no address."""
        name, at, domain = (email or "").strip().rpartition("@")
        return f"{name}@{domain.lower()}" if at else email or ""

    def get_by_natural_key(self, username: str | None) -> Any:
        """Return the user of this name."""
        return self.get(username=username)


class AbstractBaseUser:
    """A name and a password; subclasses say where they are kept (``save``)."""

    USERNAME_FIELD: ClassVar[str]
    password: str
    is_active = True
    save: Callable[..., None]

    def __str__(self) -> str:
        return self.get_username()

    def get_username(self) -> str:
        """Return the name to log in with."""
        return str(getattr(self, self.USERNAME_FIELD))

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody is logged in: no."""
        return False

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is logged in: yes. (Not: whether they are allowed something.)"""
        return True

    def set_password(self, raw_password: str | None) -> None:
        """Take a new password, hashed; the user is not saved."""
        self.password = make_password(raw_password)

    def check_password(self, raw_password: str | None) -> bool:
        """Whether the password is right. One that would be hashed differently today is saved so."""

        def renew(raw_password: str) -> None:
            self.set_password(raw_password)
            self.save(update_fields=["password"])

        return check_password(raw_password, self.password, renew)

    def set_unusable_password(self) -> None:
        """Let nobody log in with a password."""
        self.password = make_password(None)

    def has_usable_password(self) -> bool:
        """Whether somebody could log in with a password."""
        return is_password_usable(self.password)

    def get_session_auth_hash(self) -> str:
        """Return what a session keeps of the password: enough to see that it has changed."""
        return self._get_session_auth_hash()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield what it would be with each of ``SECRET_KEY_FALLBACKS``."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._get_session_auth_hash(secret)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        salt = "minidjango.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, self.password, secret, algorithm="sha256").hexdigest()

    @classmethod
    def normalize_username(cls, username: Any) -> Any:
        """Return text in which what looks the same is the same (NFKC)."""
        return unicodedata.normalize("NFKC", username) if isinstance(username, str) else username
