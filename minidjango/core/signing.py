"""Values that come back unchanged from other people's hands (``django.core.signing``).

A signed value can be read by everybody and made only by who has the key::

    >>> Signer(key="secret", fallback_keys=[]).sign("user 7")
    'user 7:e_-oLPDl...'

The code behind the colon is a `salted_hmac` of what stands before it. The salt says what the value
is for: a code made for one purpose is of no use for another. `TimestampSigner` signs the time too;
`dumps` and `loads` sign any value that JSON can hold.
"""

import base64
import datetime
import json
import re
import time
import zlib
from collections.abc import Iterable
from typing import Any

from minidjango.conf import settings
from minidjango.utils.crypto import constant_time_compare, salted_hmac
from minidjango.utils.encoding import force_bytes
from minidjango.utils.module_loading import import_string

_SEP_UNSAFE = re.compile(r"[A-z0-9-_=]*$")
BASE62_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class BadSignature(Exception):
    """The value was not signed with this key and salt, or was changed since."""


class SignatureExpired(BadSignature):
    """The value was signed too long ago."""


def b62_encode(s: int) -> str:
    """Write an integer in digits and letters."""
    sign, left, encoded = "-" if s < 0 else "", abs(s), ""
    while left:
        left, digit = divmod(left, 62)
        encoded = BASE62_ALPHABET[digit] + encoded
    return sign + (encoded or "0")


def b62_decode(s: str) -> int:
    """Read what `b62_encode` wrote."""
    decoded = 0
    for digit in s.removeprefix("-"):
        decoded = decoded * 62 + BASE62_ALPHABET.index(digit)
    return -decoded if s.startswith("-") else decoded


def b64_encode(s: bytes) -> bytes:
    """Write bytes in characters that need no escape in a URL, without padding."""
    return base64.urlsafe_b64encode(s).strip(b"=")


def b64_decode(s: bytes) -> bytes:
    """Read what `b64_encode` wrote."""
    return base64.urlsafe_b64decode(s + b"=" * (-len(s) % 4))


def base64_hmac(salt: Any, value: Any, key: Any, algorithm: str = "sha1") -> str:
    """Return a `salted_hmac` as text."""
    return b64_encode(salted_hmac(salt, value, key, algorithm=algorithm).digest()).decode()


class JSONSerializer:
    """Turns values into bytes and back."""

    def dumps(self, obj: Any) -> bytes:
        """Return JSON without spaces."""
        return json.dumps(obj, separators=(",", ":")).encode("latin-1")

    def loads(self, data: bytes) -> Any:
        """Return what the JSON says."""
        return json.loads(data.decode("latin-1"))


class Signer:
    """Signs text.

    Args:
        key: by default ``settings.SECRET_KEY``.
        sep: what stands between a value and its code; ValueError for one that a code may contain.
        salt: what the values are for; by default the name of the class.
        algorithm: by default sha256.
        fallback_keys: keys of former times, good for `unsign` only; by default
            ``settings.SECRET_KEY_FALLBACKS``.
    """

    def __init__(
        self,
        *,
        key: str | bytes | None = None,
        sep: str = ":",
        salt: str | None = None,
        algorithm: str | None = None,
        fallback_keys: Iterable[str | bytes] | None = None,
    ) -> None:
        if _SEP_UNSAFE.match(sep):
            raise ValueError(
                f"Unsafe Signer separator: {sep!r} (cannot be empty or consist of only A-z0-9-_=)"
            )
        fallbacks = settings.SECRET_KEY_FALLBACKS if fallback_keys is None else fallback_keys
        self.key = key or settings.SECRET_KEY
        self.fallback_keys = fallbacks
        self.sep = sep
        self.salt = salt or f"{type(self).__module__}.{type(self).__name__}"
        self.algorithm = algorithm or "sha256"

    def signature(self, value: Any, key: str | bytes | None = None) -> str:
        """Return the code for a value."""
        return base64_hmac(self.salt + "signer", value, key or self.key, self.algorithm)

    def sign(self, value: Any) -> str:
        """Return the value with its code."""
        return f"{value}{self.sep}{self.signature(value)}"

    def unsign(self, signed_value: str) -> str:
        """Return the value without its code; BadSignature when the code is not its own."""
        value, sep, code = signed_value.rpartition(self.sep)
        if not sep:
            raise BadSignature(f'No "{self.sep}" found in value')
        for key in (self.key, *self.fallback_keys):
            if constant_time_compare(code, self.signature(value, key)):
                return value
        raise BadSignature(f'Signature "{code}" does not match')

    def sign_object(
        self, obj: Any, serializer: Any = JSONSerializer, compress: bool = False
    ) -> str:
        """Return any value as signed text, fit for a URL or a cookie.

        With ``compress`` the text is compressed where that makes it shorter; a dot says so.
        """
        data, dot = serializer().dumps(obj), ""
        if compress:
            smaller = zlib.compress(data)
            if len(smaller) < len(data) - 1:
                data, dot = smaller, "."
        return self.sign(dot + b64_encode(data).decode())

    def unsign_object(
        self, signed_obj: str, serializer: Any = JSONSerializer, **kwargs: Any
    ) -> Any:
        """Return the value that `sign_object` signed; raises what `unsign` does."""
        text = self.unsign(signed_obj, **kwargs)
        data = b64_decode(text.removeprefix(".").encode())
        # Nothing is decompressed that we have not signed: it cannot be a bomb.
        return serializer().loads(zlib.decompress(data) if text.startswith(".") else data)


class TimestampSigner(Signer):
    """Signs text and the time of signing."""

    def timestamp(self) -> str:
        """Return the time, in seconds."""
        return b62_encode(int(time.time()))

    def sign(self, value: Any) -> str:
        """Return the value with time and code."""
        return super().sign(f"{value}{self.sep}{self.timestamp()}")

    def unsign(self, value: str, max_age: float | datetime.timedelta | None = None) -> str:
        """Return the value alone; SignatureExpired when it is older than ``max_age`` (seconds)."""
        value, timestamp = super().unsign(value).rsplit(self.sep, 1)
        signed_at = b62_decode(timestamp)
        if max_age is not None:
            if isinstance(max_age, datetime.timedelta):
                max_age = max_age.total_seconds()
            age = time.time() - signed_at
            if age > max_age:
                raise SignatureExpired(f"Signature age {age} > {max_age} seconds")
        return value


def dumps(
    obj: Any,
    key: str | bytes | None = None,
    salt: str = "minidjango.core.signing",
    serializer: Any = JSONSerializer,
    compress: bool = False,
) -> str:
    """Return a value as signed text with the time of signing; see `Signer.sign_object`."""
    return TimestampSigner(key=key, salt=salt).sign_object(obj, serializer, compress)


def loads(
    s: str,
    key: str | bytes | None = None,
    salt: str = "minidjango.core.signing",
    serializer: Any = JSONSerializer,
    max_age: float | datetime.timedelta | None = None,
    fallback_keys: Iterable[str | bytes] | None = None,
) -> Any:
    """Return the value that `dumps` signed.

    Raises BadSignature, or SignatureExpired when it is older than ``max_age``.
    """
    signer = TimestampSigner(key=key, salt=salt, fallback_keys=fallback_keys)
    return signer.unsign_object(s, serializer, max_age=max_age)


def get_cookie_signer(salt: str = "minidjango.core.signing.get_cookie_signer") -> Any:
    """Return the signer for cookies, an instance of ``settings.SIGNING_BACKEND``."""
    prefix = b"minidjango.http.cookies"
    return import_string(settings.SIGNING_BACKEND)(
        key=prefix + force_bytes(settings.SECRET_KEY),
        fallback_keys=[prefix + force_bytes(key) for key in settings.SECRET_KEY_FALLBACKS],
        salt=salt,
    )


def _cookie_signer_salt(cookie_name: str, salt: str = "") -> str:
    # With its length before it, no salt and name together can be read as another salt and name.
    return f"minidjango.http.cookies.v2:{len(salt)}:{salt}{cookie_name}"
