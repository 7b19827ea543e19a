"""Message codes, random text and slow hashes (``django.utils.crypto``)."""

import hashlib
import hmac
import secrets
import string
from collections.abc import Callable
from typing import Any

from minidjango.conf import settings
from minidjango.utils.encoding import force_bytes

RANDOM_STRING_CHARS = string.ascii_letters + string.digits


class InvalidAlgorithm(ValueError):
    """There is no hash of this name in hashlib."""


def salted_hmac(
    key_salt: str | bytes,
    value: str | bytes,
    secret: str | bytes | None = None,
    *,
    algorithm: str = "sha1",
) -> hmac.HMAC:
    """Return the code that only who knows ``secret`` can make for ``value``.

    Args:
        key_salt: what the code is for: codes made for one purpose are useless for another.
        value: what is to be vouched for.
        secret: by default ``settings.SECRET_KEY``.
        algorithm: the name of a hash in hashlib; InvalidAlgorithm for another.
    """
    hasher = getattr(hashlib, algorithm, None)
    if hasher is None:
        raise InvalidAlgorithm(f"{algorithm!r} is not an algorithm accepted by the hashlib module.")
    secret = settings.SECRET_KEY if secret is None else secret
    key = hasher(force_bytes(key_salt) + force_bytes(secret)).digest()
    return hmac.new(key, force_bytes(value), hasher)


def get_random_string(length: int, allowed_chars: str = RANDOM_STRING_CHARS) -> str:
    """Return text that nobody can guess; 22 letters and digits are worth 131 bits."""
    return "".join(secrets.choice(allowed_chars) for _ in range(length))


def constant_time_compare(val1: Any, val2: Any) -> bool:
    """Whether two texts are equal; the time this takes does not tell where they differ."""
    return secrets.compare_digest(force_bytes(val1), force_bytes(val2))


def pbkdf2(
    password: str | bytes,
    salt: str | bytes,
    iterations: int,
    dklen: int = 0,
    digest: Callable[[], Any] | None = None,
) -> bytes:
    """Return a hash that is as slow as ``iterations`` make it, of ``dklen`` bytes (0: the hash's).

    ``digest`` is a hash of hashlib's, by default sha256.
    """
    name = (digest or hashlib.sha256)().name
    return hashlib.pbkdf2_hmac(
        name, force_bytes(password), force_bytes(salt), iterations, dklen or None
    )
