"""A response that is made while it is being sent (``django.http.response``)."""

from collections.abc import Iterable, Iterator
from typing import Any

from minidjango.http.base import HttpResponseBase


class StreamingHttpResponse(HttpResponseBase):
    """A response whose body is made while it is being sent; it can be read only once."""

    streaming = True

    def __init__(self, streaming_content: Iterable[Any] = (), *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.streaming_content = streaming_content

    def __repr__(self) -> str:
        kind = self._content_type_for_repr
        return f"<{type(self).__qualname__} status_code={self.status_code}{kind}>"

    @property
    def content(self) -> bytes:
        """Refuse: nobody has the whole body."""
        raise AttributeError(
            f"This {type(self).__name__} instance has no `content` attribute. Use "
            "`streaming_content` instead."
        )

    @property
    def text(self) -> str:
        """Refuse, as `content`."""
        raise AttributeError(f"This {type(self).__name__} instance has no `text` attribute.")

    @property
    def streaming_content(self) -> Iterator[bytes]:
        """The chunks to come. A layer may wrap them in a generator of its own and set that."""
        return map(self.make_bytes, self._iterator)

    @streaming_content.setter
    def streaming_content(self, value: Iterable[Any]) -> None:
        self._iterator = iter(value)
        if hasattr(value, "close"):
            self._resource_closers.append(value.close)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.streaming_content)

    def getvalue(self) -> bytes:
        """Read the rest and return it."""
        return b"".join(self.streaming_content)
