"""Mappings with a twist (``django.utils.datastructures``)."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any


class MultiValueDictKeyError(KeyError):
    """No such key."""


class MultiValueDict(dict[Any, Any]):
    """Every key has a list of values; plain access gives the last of them."""

    def __init__(self, key_to_list_mapping: Any = ()) -> None:
        super().__init__(key_to_list_mapping)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {super().__repr__()}>"

    def __getitem__(self, key: Any) -> Any:
        try:
            values = super().__getitem__(key)
        except KeyError:
            raise MultiValueDictKeyError(key) from None
        return values[-1] if values else []

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, [value])

    def __getstate__(self) -> "dict[str, Any]":
        return {**self.__dict__, "_data": dict(self.lists())}

    def __setstate__(self, state: "dict[str, Any]") -> None:
        for key, values in state.pop("_data", {}).items():
            self.setlist(key, values)
        self.__dict__.update(state)

    def __copy__(self) -> "MultiValueDict":
        return type(self)([(key, values[:]) for key, values in self.lists()])

    def __deepcopy__(self, memo: dict[int, Any]) -> "MultiValueDict":
        result = type(self)()
        memo[id(self)] = result
        for key, values in self.lists():
            dict.__setitem__(result, copy.deepcopy(key, memo), copy.deepcopy(values, memo))
        return result

    def get(self, key: Any, default: Any = None) -> Any:
        """Return the last value; ``default`` for a missing key or an empty list."""
        values = super().get(key)
        return values[-1] if values and values[-1] != [] else default

    def _getlist(self, key: Any, default: Any = None) -> Any:
        """Return the list of the key's values itself."""
        return super().get(key, [] if default is None else default)

    def getlist(self, key: Any, default: Any = None) -> Any:
        """Return a new list of the key's values, or ``default`` (else ``[]``)."""
        values = self._getlist(key, default)
        return values if values is None or key not in self else list(values)

    def setlist(self, key: Any, list_: list[Any]) -> None:
        """Replace all values of a key."""
        super().__setitem__(key, list_)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Set the key's only value unless it has one; return its last value."""
        if key not in self:
            self[key] = default
        return self[key]

    def setlistdefault(self, key: Any, default_list: list[Any] | None = None) -> list[Any]:
        """Set the key's values unless it has some; return the list itself."""
        if key not in self:
            self.setlist(key, [] if default_list is None else default_list)
        values: list[Any] = super().get(key, [])
        return values

    def appendlist(self, key: Any, value: Any) -> None:
        """Add one value."""
        self.setlistdefault(key).append(value)

    def items(self) -> Iterator[tuple[Any, Any]]:  # type: ignore[override]
        """Yield each key with its last value."""
        for key in self:
            yield key, self[key]

    def lists(self) -> Iterator[tuple[Any, list[Any]]]:
        """Yield each key with all its values."""
        return iter(super().items())

    def values(self) -> Iterator[Any]:  # type: ignore[override]
        """Yield each key's last value."""
        for key in self:
            yield self[key]

    def copy(self) -> "MultiValueDict":
        """Return a shallow copy."""
        return copy.copy(self)

    def update(self, *args: Any, **kwargs: Any) -> None:
        """Add to the values that are there, rather than replace them."""
        if len(args) > 1:
            raise TypeError(f"update expected at most 1 argument, got {len(args)}")
        given: Any = args[0] if args else {}
        if isinstance(given, MultiValueDict):
            for key, values in given.lists():
                self.setlistdefault(key).extend(values)
            given = {}
        pairs = given.items() if isinstance(given, Mapping) else given
        for key, value in [*pairs, *kwargs.items()]:
            self.setlistdefault(key).append(value)

    def dict(self) -> "dict[Any, Any]":
        """Return a plain dict of last values."""
        return {key: self[key] for key in self}


class CaseInsensitiveMapping(Mapping[str, Any]):
    """A read-only mapping that finds ``Name`` under ``NAME`` and shows it as it was written."""

    def __init__(self, data: Any) -> None:
        self._store = {key.lower(): (key, value) for key, value in self._unpack_items(data)}

    def __getitem__(self, key: str) -> Any:
        return self._store[key.lower()][1]

    def __len__(self) -> int:
        return len(self._store)

    def __iter__(self) -> Iterator[str]:
        return (key for key, _ in self._store.values())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return False
        theirs = {key.lower(): value for key, value in other.items()}
        return {key.lower(): value for key, value in self.items()} == theirs

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(dict(self._store.values()))

    def items(self) -> Any:
        """Return names, as they were written, and values: they are kept in pairs."""
        return self._store.values()

    def copy(self) -> "CaseInsensitiveMapping":
        """Return itself: it cannot change."""
        return self

    @staticmethod
    def _unpack_items(data: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(data, Mapping):
            yield from data.items()
            return
        for number, pair in enumerate(data):
            if len(pair) != 2:
                raise ValueError(
                    f"dictionary update sequence element #{number} has length {len(pair)}; "
                    "2 is required."
                )
            if not isinstance(pair[0], str):
                raise ValueError(f"Element key {pair[0]!r} invalid, only strings are allowed")
            yield pair
