"""First the cookie, then the session (``django.contrib.messages.storage.fallback``)."""

from typing import Any

from minidjango.contrib.messages.storage.base import BaseStorage
from minidjango.contrib.messages.storage.cookie import CookieStorage
from minidjango.contrib.messages.storage.session import SessionStorage


class FallbackStorage(BaseStorage):
    """Keeps messages in the first storage, those for which it has no room in the next."""

    storage_classes: tuple[type[BaseStorage], ...] = (CookieStorage, SessionStorage)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storages = [each(*args, **kwargs) for each in self.storage_classes]
        self._used_storages: set[BaseStorage] = set()

    def _get(self) -> tuple[list[Any] | None, bool]:
        found: list[Any] = []
        complete = False
        for storage in self.storages:
            messages, complete = storage._get()
            if messages is None:  # never used, so there is nothing in the next one either
                break
            if messages:
                self._used_storages.add(storage)
            found.extend(messages)
            if complete:
                break
        return found, complete

    def _store(self, messages: list[Any], response: Any, remove_oldest: bool = True) -> list[Any]:
        for storage in self.storages:
            if messages:
                messages = storage._store(messages, response, remove_oldest=False)
            elif storage in self._used_storages:  # it has some that have been read
                storage._store([], response)
                self._used_storages.remove(storage)
        return messages
