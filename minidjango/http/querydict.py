"""Query strings and forms (``django.http.QueryDict``)."""

import copy
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus, urlencode

from minidjango.conf import settings
from minidjango.http.limits import check_limit
from minidjango.utils.datastructures import MultiValueDict


class QueryDict(MultiValueDict):
    """A MultiValueDict of text, made from a query string, that cannot be changed.

    ``copy()`` gives one that can. Bytes put into it are decoded with its ``encoding``.
    Raises TooManyFieldsSent above ``settings.DATA_UPLOAD_MAX_NUMBER_FIELDS``.
    """

    _mutable = True
    encoding: str
    """Of bytes that are put in."""

    def __init__(
        self,
        query_string: str | bytes | None = None,
        mutable: bool = False,
        encoding: str | None = None,
    ) -> None:
        super().__init__()
        self.encoding = encoding or settings.DEFAULT_CHARSET
        if query_string:
            for key, value in self._parse(query_string):
                self.appendlist(key, value)
        self._mutable = mutable

    def _parse(self, query: str | bytes) -> list[tuple[str, str]]:
        text = query if isinstance(query, str) else self._decoded(query)
        check_limit("DATA_UPLOAD_MAX_NUMBER_FIELDS", 1 + text.count("&"))
        return parse_qsl(text, keep_blank_values=True, encoding=self.encoding)

    def _decoded(self, query: bytes) -> str:
        try:
            return query.decode(self.encoding)
        except UnicodeDecodeError:  # not what any standard allows, but some clients send it
            return query.decode("iso-8859-1")

    @classmethod
    def fromkeys(
        cls,
        iterable: Iterable[Any],
        value: Any = "",
        mutable: bool = False,
        encoding: str | None = None,
    ) -> "QueryDict":
        """Make one from keys, which may repeat, that all have the same value."""
        query = cls("", mutable=True, encoding=encoding)
        for key in iterable:
            query.appendlist(key, value)
        query._mutable = mutable
        return query

    def _assert_mutable(self) -> None:
        if not self._mutable:
            raise AttributeError("This QueryDict instance is immutable")

    def _text(self, value: Any) -> Any:
        return str(value, self.encoding, "replace") if isinstance(value, bytes) else value

    def __setitem__(self, key: Any, value: Any) -> None:
        self.setlist(key, [value])

    def __delitem__(self, key: Any) -> None:
        self._assert_mutable()
        super().__delitem__(key)

    def __copy__(self) -> "QueryDict":
        result = type(self)("", mutable=True, encoding=self.encoding)
        for key, values in self.lists():
            result.setlist(key, values)
        return result

    def __deepcopy__(self, memo: dict[int, Any]) -> "QueryDict":
        memo[id(self)] = result = type(self)("", mutable=True, encoding=self.encoding)
        for key, values in self.lists():
            result.setlist(copy.deepcopy(key, memo), copy.deepcopy(values, memo))
        return result

    def copy(self) -> "QueryDict":
        """Return a deep copy that may be changed."""
        return self.__deepcopy__({})

    def setlist(self, key: Any, list_: list[Any]) -> None:
        """Replace all values of a key."""
        self._assert_mutable()
        super().setlist(self._text(key), [self._text(value) for value in list_])

    def setlistdefault(self, key: Any, default_list: list[Any] | None = None) -> list[Any]:
        """Set the key's values unless it has some; return the list itself."""
        self._assert_mutable()
        return super().setlistdefault(key, default_list)

    def appendlist(self, key: Any, value: Any) -> None:
        """Add one value."""
        super().appendlist(self._text(key), self._text(value))

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Set the key's only value unless it has one; return its last value."""
        self._assert_mutable()
        return super().setdefault(self._text(key), default)

    def pop(self, key: Any, *args: Any) -> Any:
        """Remove a key; return all its values."""
        self._assert_mutable()
        return super().pop(key, *args)

    def popitem(self) -> tuple[Any, Any]:
        """Remove a key; return it with all its values."""
        self._assert_mutable()
        return super().popitem()

    def clear(self) -> None:
        """Remove everything."""
        self._assert_mutable()
        super().clear()

    def urlencode(self, safe: str | None = None) -> str:
        """Return a query string; the characters in ``safe`` stay as they are."""
        pairs = [
            (str(key).encode(self.encoding), str(value).encode(self.encoding))
            for key, values in self.lists()
            for value in values
        ]
        kept = (safe or "").encode(self.encoding)
        return urlencode(pairs, safe=kept, quote_via=quote if safe else quote_plus)
