"""Messages that wait in a signed cookie (``django.contrib.messages.storage.cookie``)."""

import binascii
import json
from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from minidjango.conf import settings
from minidjango.contrib.messages.storage.base import BaseStorage, Message
from minidjango.core import signing
from minidjango.http import SimpleCookie
from minidjango.utils.safestring import SafeData, mark_safe


class MessageEncoder(json.JSONEncoder):
    """Writes a message as a list that begins with `message_key`."""

    message_key = "__json_message"

    def default(self, obj: Any) -> Any:
        """Return the list for a message; TypeError for what else JSON does not know."""
        if not isinstance(obj, Message):
            return super().default(obj)
        is_markup = int(isinstance(obj.message, SafeData))
        fields = [self.message_key, is_markup, obj.level, obj.message]
        return fields if obj.extra_tags is None else [*fields, obj.extra_tags]


class MessageDecoder(json.JSONDecoder):
    """Reads what `MessageEncoder` wrote."""

    def process_messages(self, obj: Any) -> Any:
        """Return the value with messages in place of their lists, however deep."""
        if isinstance(obj, list) and obj:
            if obj[0] == MessageEncoder.message_key:
                _, is_markup, level, message, *extra_tags = obj
                return Message(level, mark_safe(message) if is_markup else message, *extra_tags)
            return [self.process_messages(item) for item in obj]
        if isinstance(obj, dict):
            return {key: self.process_messages(value) for key, value in obj.items()}
        return obj

    def decode(self, s: str, **kwargs: Any) -> Any:  # type: ignore[override]
        """Return the value of a JSON text."""
        return self.process_messages(super().decode(s, **kwargs))


class MessageSerializer:
    """A signer's serializer for lists of messages."""

    def dumps(self, obj: Any) -> bytes:
        """Return JSON without spaces."""
        return json.dumps(obj, separators=(",", ":"), cls=MessageEncoder).encode("latin-1")

    def loads(self, data: bytes) -> Any:
        """Return what the JSON says."""
        return json.loads(data.decode("latin-1"), cls=MessageDecoder)


class CookieStorage(BaseStorage):
    """Keeps messages in a cookie, as many as fit.

    A list that had to be cut ends with the word `not_finished`.
    """

    cookie_name = "messages"
    max_cookie_size = 2048
    """Half of what common servers take for all headers of a request."""
    not_finished = "__messagesnotfinished__"
    key_salt = "minidjango.contrib.messages"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signing.get_cookie_signer(salt=self.key_salt)

    def _get(self) -> tuple[list[Any] | None, bool]:
        messages = self._decode(self.request.COOKIES.get(self.cookie_name))
        if messages and messages[-1] == self.not_finished:
            return messages[:-1], False
        return messages, True

    def _store(self, messages: list[Any], response: Any, remove_oldest: bool = True) -> list[Any]:
        unstored: list[Any] = []
        data = self._encode(messages)
        if self._is_too_large(data):
            kept, unstored = self._divide(messages, remove_oldest)
            data = self._encode([*kept, self.not_finished])
        self._update_cookie(data, response)
        return unstored

    def _divide(self, messages: list[Any], remove_oldest: bool) -> tuple[list[Any], list[Any]]:
        """Return as many messages as fit, the newest or the oldest ones, and the others."""

        def is_too_large(kept: list[Any]) -> bool:
            return self._is_too_large(self._encode([*kept, self.not_finished]))

        if remove_oldest:
            cut = bisect_keep_right(messages, is_too_large)
            return messages[cut:], messages[:cut]
        cut = bisect_keep_left(messages, is_too_large)
        return messages[:cut], messages[cut:]

    def _is_too_large(self, data: str | None) -> bool:
        if not (data and self.max_cookie_size):
            return False
        return len(SimpleCookie().value_encode(data)[1]) > self.max_cookie_size

    def _update_cookie(self, data: str | None, response: Any) -> None:
        domain, samesite = settings.SESSION_COOKIE_DOMAIN, settings.SESSION_COOKIE_SAMESITE
        if not data:
            response.delete_cookie(self.cookie_name, domain=domain, samesite=samesite)
            return
        response.set_cookie(
            self.cookie_name,
            data,
            domain=domain,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=settings.SESSION_COOKIE_HTTPONLY,
            samesite=samesite,
        )

    def _encode(self, messages: list[Any], encode_empty: bool = False) -> str | None:
        """Return the cookie's value; for no messages None, unless ``encode_empty``."""
        if not (messages or encode_empty):
            return None
        encoded: str = self.signer.sign_object(messages, MessageSerializer, compress=True)
        return encoded

    def _decode(self, data: str | None) -> Any:
        """Return the messages of a cookie's value, None if there are none that we wrote."""
        if not data:
            return None
        try:
            return self.signer.unsign_object(data, MessageSerializer)
        except (signing.BadSignature, binascii.Error, json.JSONDecodeError):
            self.used = True  # so that the next `update` removes the cookie
            return None


def bisect_keep_left(a: list[Any], fn: Callable[[list[Any]], bool]) -> int:
    """Return how many of the first ones can be taken until ``fn`` is true of them."""
    return bisect_left(range(len(a)), True, key=lambda last: fn(a[: last + 1]))


def bisect_keep_right(a: list[Any], fn: Callable[[list[Any]], bool]) -> int:
    """Return how many of the first ones must go until ``fn`` is false of the others."""
    return bisect_left(range(len(a)), True, key=lambda start: not fn(a[start:]))
