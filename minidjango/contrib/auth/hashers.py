"""Passwords that nobody can read (``django.contrib.auth.hashers``).

What is kept is ``algorithm$iterations$salt$hash``. The salt makes equal passwords look different,
the iterations make guessing slow, and the names say how to check it for ever after.
"""

import base64
import functools
import hashlib
import math
import warnings
from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.core.signals import setting_changed
from minidjango.dispatch import receiver
from minidjango.utils.crypto import constant_time_compare, get_random_string, pbkdf2
from minidjango.utils.module_loading import import_string

UNUSABLE_PASSWORD_PREFIX = "!"
UNUSABLE_PASSWORD_SUFFIX_LENGTH = 40
_BITS = math.log2(26 + 26 + 10)
"""What a letter or digit of a salt is worth."""


def is_password_usable(encoded: str | None) -> bool:
    """Whether somebody could log in with it: not after ``make_password(None)``."""
    return encoded is None or not encoded.startswith(UNUSABLE_PASSWORD_PREFIX)


def verify_password(password: Any, encoded: Any, preferred: Any = "default") -> tuple[bool, bool]:
    """Return whether a password is right, and whether it should be hashed anew.

    This takes as long for a user without a password, or with one of an unknown algorithm, as for
    one with: time must not tell who has an account.
    """
    preferred = get_hasher(preferred)
    try:
        hasher = identify_hasher(encoded)
    except ValueError:
        hasher = None
    if password is None or not is_password_usable(encoded) or hasher is None:
        make_password(get_random_string(UNUSABLE_PASSWORD_SUFFIX_LENGTH))
        return False, False
    hasher_changed = hasher.algorithm != preferred.algorithm
    must_update = hasher_changed or preferred.must_update(encoded)
    is_correct = hasher.verify(password, encoded)
    if not is_correct and not hasher_changed and must_update:
        hasher.harden_runtime(password, encoded)
    return is_correct, must_update


def check_password(
    password: Any, encoded: Any, setter: Any = None, preferred: Any = "default"
) -> bool:
    """Return whether a password is right; call ``setter(password)`` if it should be renewed."""
    is_correct, must_update = verify_password(password, encoded, preferred)
    if setter and is_correct and must_update:
        setter(password)
    return is_correct


def make_password(password: Any, salt: str | None = None, hasher: Any = "default") -> str:
    """Hash a password; None gives one with which nobody can log in.

    Raises TypeError for what is neither text nor bytes, ValueError for an unknown hasher.
    """
    if password is None:
        return UNUSABLE_PASSWORD_PREFIX + get_random_string(UNUSABLE_PASSWORD_SUFFIX_LENGTH)
    if not isinstance(password, bytes | str):
        kind = type(password).__qualname__
        raise TypeError(f"Password must be a string or bytes, got {kind}.")
    hasher = get_hasher(hasher)
    return str(hasher.encode(password, salt or hasher.salt()))


@functools.lru_cache
def get_hashers() -> list["BasePasswordHasher"]:
    """Return one of each of ``settings.PASSWORD_HASHERS``; the first hashes new passwords."""
    hashers = [import_string(path)() for path in settings.PASSWORD_HASHERS]
    for hasher, path in zip(hashers, settings.PASSWORD_HASHERS, strict=True):
        if not hasher.algorithm:
            raise ImproperlyConfigured(f"hasher doesn't specify an algorithm name: {path}")
    return hashers


@functools.lru_cache
def get_hashers_by_algorithm() -> dict[str | None, "BasePasswordHasher"]:
    """Return the hashers by name."""
    return {hasher.algorithm: hasher for hasher in get_hashers()}


@receiver(setting_changed)
def reset_hashers(*, setting: str, **kwargs: Any) -> None:
    """Forget the hashers when a test changes them."""
    if setting == "PASSWORD_HASHERS":
        get_hashers.cache_clear()
        get_hashers_by_algorithm.cache_clear()


def get_hasher(algorithm: Any = "default") -> Any:
    """Return a hasher by name, the preferred one, or ``algorithm`` if it is one."""
    if hasattr(algorithm, "algorithm"):
        return algorithm
    if algorithm == "default":
        return get_hashers()[0]
    try:
        return get_hashers_by_algorithm()[algorithm]
    except KeyError:
        raise ValueError(
            f"Unknown password hashing algorithm '{algorithm}'. Did you specify it in the "
            "PASSWORD_HASHERS setting?"
        ) from None


def identify_hasher(encoded: str) -> Any:
    """Return the hasher that made it; ValueError if it is not among the settings'."""
    return get_hasher(encoded.split("$", 1)[0])


def _must_provide(what: str) -> NotImplementedError:
    return NotImplementedError(f"subclasses of BasePasswordHasher must provide {what}")


class BasePasswordHasher:
    """A way of hashing. Subclasses say how, and give ``algorithm`` a name that never changes."""

    algorithm: str | None = None
    salt_entropy = 128
    """In bits."""

    def salt(self) -> str:
        """Return a new salt."""
        return get_random_string(math.ceil(self.salt_entropy / _BITS))

    def encode(self, password: Any, salt: Any) -> str:
        """Return what is to be kept."""
        raise _must_provide("an encode() method")

    def decode(self, encoded: str) -> dict[str, Any]:
        """Return its parts by name."""
        raise _must_provide("a decode() method.")

    def verify(self, password: Any, encoded: str) -> bool:
        """Whether it was made of this password."""
        raise _must_provide("a verify() method")

    def must_update(self, encoded: str) -> bool:
        """Whether it would be made differently today."""
        return False

    def harden_runtime(self, password: Any, encoded: str) -> None:
        """Spend the time that checking a password made today would have taken longer."""
        warnings.warn(
            "subclasses of BasePasswordHasher should provide a harden_runtime() method",
            stacklevel=2,
        )

    def _check_encode_args(self, password: Any, salt: Any) -> None:
        if password is None:
            raise TypeError("password must be provided.")
        if not salt or "$" in salt:
            raise ValueError("salt must be provided and cannot contain $.")

    def _has_weak_salt(self, encoded: str) -> bool:
        return len(self.decode(encoded)["salt"]) * _BITS < self.salt_entropy


class PBKDF2PasswordHasher(BasePasswordHasher):
    """PBKDF2 with SHA-256: slow on purpose."""

    algorithm = "pbkdf2_sha256"
    iterations = 1_000_000
    digest: Any = hashlib.sha256

    def encode(self, password: Any, salt: Any, iterations: int | None = None) -> str:
        """Return algorithm, iterations, salt and hash."""
        self._check_encode_args(password, salt)
        iterations = iterations or self.iterations
        hashed = pbkdf2(password, salt, iterations, digest=self.digest)
        return f"{self.algorithm}${iterations}${salt}${base64.b64encode(hashed).decode()}"

    def decode(self, encoded: str) -> dict[str, Any]:
        """Return its parts by name."""
        algorithm, iterations, salt, hashed = encoded.split("$", 3)
        assert algorithm == self.algorithm
        parts = {"algorithm": algorithm, "iterations": int(iterations)}
        return {**parts, "salt": salt, "hash": hashed}

    def verify(self, password: Any, encoded: str) -> bool:
        """Whether it was made of this password."""
        parts = self.decode(encoded)
        again = self.encode(password, parts["salt"], parts["iterations"])
        return constant_time_compare(encoded, again)

    def must_update(self, encoded: str) -> bool:
        """Whether the iterations are not today's, or the salt is too short."""
        return self.decode(encoded)["iterations"] != self.iterations or self._has_weak_salt(encoded)

    def harden_runtime(self, password: Any, encoded: str) -> None:
        """Run the iterations that are missing."""
        parts = self.decode(encoded)
        missing = self.iterations - parts["iterations"]
        if missing > 0:
            self.encode(password, parts["salt"], missing)


class PBKDF2SHA1PasswordHasher(PBKDF2PasswordHasher):
    """PBKDF2 with SHA-1, for passwords that other systems have hashed."""

    algorithm = "pbkdf2_sha1"
    digest = hashlib.sha1


class MD5PasswordHasher(BasePasswordHasher):
    """Fast, which makes it right for tests and wrong for everything else."""

    algorithm = "md5"

    def encode(self, password: Any, salt: Any) -> str:
        """Return algorithm, salt and hash."""
        self._check_encode_args(password, salt)
        return f"{self.algorithm}${salt}${hashlib.md5((salt + password).encode()).hexdigest()}"

    def decode(self, encoded: str) -> dict[str, Any]:
        """Return its parts by name."""
        algorithm, salt, hashed = encoded.split("$", 2)
        assert algorithm == self.algorithm
        return {"algorithm": algorithm, "hash": hashed, "salt": salt}

    def verify(self, password: Any, encoded: str) -> bool:
        """Whether it was made of this password."""
        return constant_time_compare(encoded, self.encode(password, self.decode(encoded)["salt"]))

    def must_update(self, encoded: str) -> bool:
        """Whether the salt is too short."""
        return self._has_weak_salt(encoded)

    def harden_runtime(self, password: Any, encoded: str) -> None:
        """Do nothing: there is no work to make up for."""
