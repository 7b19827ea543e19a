"""Responses: in memory, streamed, and one class for each status (``django.http.response``)."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from minidjango.core.exceptions import DisallowedRedirect
from minidjango.core.serializers.json import DjangoJSONEncoder
from minidjango.http.base import BINARY
from minidjango.http.base import HttpResponseBase as HttpResponseBase
from minidjango.http.headers import BadHeaderError as BadHeaderError
from minidjango.http.headers import ResponseHeaders as ResponseHeaders
from minidjango.http.streaming import FileResponse as FileResponse
from minidjango.http.streaming import StreamingHttpResponse as StreamingHttpResponse
from minidjango.utils.encoding import iri_to_uri
from minidjango.utils.functional import cached_property
from minidjango.utils.http import MAX_URL_REDIRECT_LENGTH

WHOLE = (*BINARY, str)


class Http404(Exception):
    """There is no such thing: 404."""


class HttpResponse(HttpResponseBase):
    """A response whose body is bytes in memory: it can be read, replaced, and added to."""

    streaming = False

    def __init__(self, content: Any = b"", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content

    def serialize(self) -> bytes:
        """Return headers and body as they go over the wire."""
        return self.serialize_headers() + b"\r\n\r\n" + self.content

    __bytes__ = serialize

    @property
    def content(self) -> bytes:
        """The body. It may be set to bytes, text, or an iterable of both, which is read at once."""
        return b"".join(self._container)

    @content.setter
    def content(self, value: Any) -> None:
        if isinstance(value, WHOLE) or not hasattr(value, "__iter__"):
            self._container = [self.make_bytes(value)]
        else:
            self._container = [b"".join(map(self.make_bytes, value))]
            with suppress(Exception):  # what it had to give has been read
                value.close()
        self.__dict__.pop("text", None)

    @cached_property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode(self.charset or "utf-8")

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._container)

    def write(self, content: Any) -> None:
        """Add to the body."""
        self._container.append(self.make_bytes(content))

    def writelines(self, lines: Iterable[Any]) -> None:
        """Add several parts to the body."""
        for line in lines:
            self.write(line)

    def tell(self) -> int:
        """Return the length of the body so far, in bytes."""
        return len(self.content)

    def getvalue(self) -> bytes:
        """Return the body."""
        return self.content

    def writable(self) -> bool:
        """Whether it can be written to: yes."""
        return True


class HttpResponseRedirectBase(HttpResponse):
    """A redirect; raises DisallowedRedirect for a scheme that is not in ``allowed_schemes``."""

    allowed_schemes = ("http", "https", "ftp")
    status_code_preserve_request: int

    def __init__(
        self, redirect_to: Any, preserve_request: bool = False, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self["Location"] = iri_to_uri(redirect_to)
        if len(str(redirect_to)) > MAX_URL_REDIRECT_LENGTH:
            raise DisallowedRedirect(
                f"Unsafe redirect exceeding {MAX_URL_REDIRECT_LENGTH} characters"
            )
        scheme = urlsplit(str(redirect_to)).scheme
        if preserve_request:
            self.status_code = self.status_code_preserve_request
        if scheme and scheme not in self.allowed_schemes:
            raise DisallowedRedirect(f"Unsafe redirect to URL with protocol '{scheme}'")

    @property
    def url(self) -> Any:
        """Where to."""
        return self["Location"]

    def __repr__(self) -> str:
        return f'{super().__repr__()[:-1]}, url="{self.url}">'


class HttpResponseRedirect(HttpResponseRedirectBase):
    """302 or, when method and body must be kept, 307."""

    status_code, status_code_preserve_request = 302, 307


class HttpResponsePermanentRedirect(HttpResponseRedirectBase):
    """301 or, when method and body must be kept, 308."""

    status_code, status_code_preserve_request = 301, 308


class HttpResponseNotModified(HttpResponse):
    """304: what the client has is still right. There is no body."""

    status_code = 304

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self["content-type"]

    @HttpResponse.content.setter  # type: ignore[attr-defined, untyped-decorator]
    def content(self, value: Any) -> None:
        """Refuse: there is nothing to send."""
        if value:
            raise AttributeError("You cannot set content to a 304 (Not Modified) response")
        self._container = []


class HttpResponseBadRequest(HttpResponse):
    """400."""

    status_code = 400


class HttpResponseForbidden(HttpResponse):
    """403."""

    status_code = 403


class HttpResponseNotFound(HttpResponse):
    """404, returned: unlike a raised Http404 it does not ask ``handler404``."""

    status_code = 404


class HttpResponseNotAllowed(HttpResponse):
    """405, with the methods that would be allowed."""

    status_code = 405

    def __init__(self, permitted_methods: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["Allow"] = ", ".join(permitted_methods)

    def __repr__(self) -> str:
        name = type(self).__name__
        return super().__repr__().replace(name, f"{name} [{self['Allow']}]", 1)


class HttpResponseGone(HttpResponse):
    """410."""

    status_code = 410


class HttpResponseServerError(HttpResponse):
    """500."""

    status_code = 500


class JsonResponse(HttpResponse):
    """``data`` as JSON; raises TypeError for what is not a dict, unless ``safe`` is False."""

    def __init__(
        self,
        data: Any,
        encoder: type[json.JSONEncoder] = DjangoJSONEncoder,
        safe: bool = True,
        json_dumps_params: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        if safe and not isinstance(data, dict):
            raise TypeError(
                "In order to allow non-dict objects to be serialized set the safe parameter to "
                "False."
            )
        kwargs.setdefault("content_type", "application/json")
        text = json.dumps(data, cls=encoder, **(json_dumps_params or {}))
        super().__init__(content=text, **kwargs)
