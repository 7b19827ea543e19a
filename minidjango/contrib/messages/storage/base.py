"""Messages, and how they wait to be read (``django.contrib.messages.storage.base``)."""

from collections.abc import Iterator
from typing import Any

from minidjango.conf import settings
from minidjango.contrib.messages import constants
from minidjango.contrib.messages.utils import get_level_tags


class Message:
    """A level, a text, and words for ``class=``."""

    def __init__(self, level: int, message: Any, extra_tags: Any = None) -> None:
        self.level = int(level)
        self.message = message
        self.extra_tags = extra_tags

    def _prepare(self) -> None:
        """Turn what will become text (an exception, say) into text."""
        self.message = str(self.message)
        self.extra_tags = None if self.extra_tags is None else str(self.extra_tags)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return self.level == other.level and bool(self.message == other.message)

    def __str__(self) -> str:
        return str(self.message)

    def __repr__(self) -> str:
        extra_tags = f", extra_tags={self.extra_tags!r}" if self.extra_tags else ""
        return f"Message(level={self.level}, message={self.message!r}{extra_tags})"

    @property
    def tags(self) -> str:
        """The extra tags and the level's, with a space between."""
        return " ".join(filter(None, (self.extra_tags, self.level_tag)))

    @property
    def level_tag(self) -> str:
        """The level's tag; empty for a level that has none."""
        return get_level_tags().get(self.level, "")


class BaseStorage:
    """The messages of one request. A subclass says where they wait: `_get` and `_store`.

    Messages from before are loaded when first needed. Iterating counts as reading: what has been
    read is not stored again.
    """

    _loaded_data: list[Any]

    def __init__(self, request: Any, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self._queued_messages: list[Message] = []
        self.used = False
        self.added_new = False
        super().__init__(*args, **kwargs)

    def __len__(self) -> int:
        return len(self._loaded_messages) + len(self._queued_messages)

    def __iter__(self) -> Iterator[Any]:
        self.used = True
        self._loaded_messages.extend(self._queued_messages)
        self._queued_messages = []
        return iter(self._loaded_messages)

    def __contains__(self, item: Any) -> bool:
        return item in self._loaded_messages or item in self._queued_messages

    def __repr__(self) -> str:
        return f"<{type(self).__qualname__}: request={self.request!r}>"

    @property
    def _loaded_messages(self) -> list[Any]:
        if not hasattr(self, "_loaded_data"):
            self._loaded_data = self._get()[0] or []
        return self._loaded_data

    def _get(self) -> tuple[list[Any] | None, bool]:
        """Return the stored messages (None: never used), and whether these are all there were."""
        raise NotImplementedError("subclasses of BaseStorage must provide a _get() method")

    def _store(self, messages: list[Any], response: Any, remove_oldest: bool = True) -> list[Any]:
        """Store messages in place of those that were; return those for which there is no room.

        That is the first ones, unless they are to stay: then it is the last.
        """
        raise NotImplementedError("subclasses of BaseStorage must provide a _store() method")

    def update(self, response: Any) -> list[Any] | None:
        """Store what is unread; return what could not be stored, None if there was no need."""
        for message in self._queued_messages:
            message._prepare()
        if self.used:
            return self._store(self._queued_messages, response)
        if self.added_new:
            return self._store(self._loaded_messages + self._queued_messages, response)
        return None

    def add(self, level: int, message: Any, extra_tags: str = "") -> None:
        """Queue a message, unless it is empty or below the recorded `level`."""
        if message and int(level) >= self.level:
            self.added_new = True
            self._queued_messages.append(Message(level, message, extra_tags))

    @property
    def level(self) -> int:
        """The lowest level that is recorded: by default ``settings.MESSAGE_LEVEL``, or INFO."""
        if not hasattr(self, "_level"):
            self._level = getattr(settings, "MESSAGE_LEVEL", constants.INFO)
        return self._level

    @level.setter
    def level(self, value: int | None) -> None:
        if value is not None:
            self._level = int(value)
        elif hasattr(self, "_level"):
            del self._level
