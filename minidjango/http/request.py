"""A request, with what came in its body (``django.http.request``).

Two parts of it have files of their own: `location` knows addresses, `negotiation` what the client
accepts. Layers are free to set attributes of their own on a request.
"""

import codecs
import os
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

from minidjango.conf import settings
from minidjango.core.exceptions import BadRequest, TooManyFilesSent
from minidjango.http.headers import HttpHeaders as HttpHeaders
from minidjango.http.limits import check_limit
from minidjango.http.location import Location
from minidjango.http.location import split_domain_port as split_domain_port
from minidjango.http.location import validate_host as validate_host
from minidjango.http.multipartparser import MultiPartParser, MultiPartParserError
from minidjango.http.negotiation import MediaType as MediaType
from minidjango.http.negotiation import Negotiation
from minidjango.http.querydict import QueryDict as QueryDict
from minidjango.utils.datastructures import MultiValueDict
from minidjango.utils.functional import cached_property
from minidjango.utils.http import parse_header_parameters

if TYPE_CHECKING:
    from minidjango.urls import ResolverMatch

RAISE_ERROR = object()


class UnreadablePostError(OSError):
    """The client went away while its body was being read."""


class RawPostDataException(Exception):
    """The body was asked for after its stream had been read."""


class HttpRequest(Location, Negotiation):
    """An empty request; `WSGIRequest` fills one from ``environ``.

    Its body can be read once, as a whole or as a stream.
    """

    urlconf: Any
    """Set by a layer that wants another URLconf than ``settings.ROOT_URLCONF``."""

    _encoding: str | None = None
    _stream: Any
    _read_started = False

    def __init__(self) -> None:
        self.GET: QueryDict = QueryDict(mutable=True)
        self.POST: QueryDict = QueryDict(mutable=True)
        self.COOKIES: dict[str, str] = {}
        self.META: dict[str, Any] = {}
        self.FILES: MultiValueDict = MultiValueDict()
        self.path = self.path_info = ""
        self.method: str | None = None
        self.resolver_match: ResolverMatch | None = None
        self.content_type: str | None = None
        self.content_params: dict[str, str] | None = None

    def __repr__(self) -> str:
        if self.method is None or not self.get_full_path():
            return f"<{type(self).__name__}>"
        return f"<{type(self).__name__}: {self.method} {self.get_full_path()!r}>"

    @cached_property
    def headers(self) -> HttpHeaders:
        """The headers, by their own names, in whatever case."""
        return HttpHeaders(self.META)

    def get_signed_cookie(
        self, key: str, default: Any = RAISE_ERROR, salt: str = "", max_age: Any = None
    ) -> Any:
        """Return what ``HttpResponse.set_signed_cookie`` put into a cookie.

        Without ``default``, raises KeyError for no cookie, BadSignature for one that was not
        signed here for this name and salt, SignatureExpired for one older than ``max_age``.
        """
        from minidjango.core import signing  # late: few requests need cryptography

        try:
            value = self.COOKIES[key]
            signer = signing.get_cookie_signer(signing._cookie_signer_salt(key, salt))
            return signer.unsign(value, max_age=max_age)
        except (KeyError, signing.BadSignature):
            if default is RAISE_ERROR:
                raise
            return default

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = "", {}
        if not meta.get("CONTENT_TYPE"):
            return
        parsed = parse_header_parameters(meta["CONTENT_TYPE"])
        self.content_type, self.content_params = parsed
        if charset := self.content_params.get("charset"):
            with suppress(LookupError):  # an unknown one is no charset
                codecs.lookup(charset)
                self.encoding = charset

    @property
    def encoding(self) -> str | None:
        """The charset of GET and POST; None is ``settings.DEFAULT_CHARSET``."""
        return self._encoding

    @encoding.setter
    def encoding(self, val: str | None) -> None:
        """Set the charset; what was decoded with another one is decoded again when asked for."""
        self._encoding = val
        if hasattr(self, "GET"):  # as in Django, to look is to read the query: it may be too long
            del self.GET
        self.__dict__.pop("_post", None)

    @property
    def body(self) -> bytes:
        """The raw bytes.

        Raises RawPostDataException after the stream was read, RequestDataTooBig above
        ``settings.DATA_UPLOAD_MAX_MEMORY_SIZE``, UnreadablePostError when the client went away.
        """
        if not hasattr(self, "_body"):
            if self._read_started:
                raise RawPostDataException(
                    "You cannot access body after reading from request's data stream"
                )
            check_limit("DATA_UPLOAD_MAX_MEMORY_SIZE", int(self.META.get("CONTENT_LENGTH") or 0))
            self._body = self._read_within_limit()
            self._stream = BytesIO(self._body)
            check_limit("DATA_UPLOAD_MAX_MEMORY_SIZE", len(self._body))
        return self._body

    def _read_within_limit(self) -> bytes:
        """Read one byte more than is allowed, at most: enough to see that it is too much."""
        if getattr(self._stream, "seekable", lambda: False)():
            check_limit("DATA_UPLOAD_MAX_MEMORY_SIZE", self._stream.seek(0, os.SEEK_END))
            self._stream.seek(0)
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return self.read() if limit is None else self.read(limit + 1)

    def _mark_post_parse_error(self) -> None:
        """Leave the form empty, so that nobody parses it (again)."""
        self._post, self._files = QueryDict(), MultiValueDict()

    def _load_post_and_files(self) -> None:
        """Parse the form, if it is one and was sent by POST."""
        post, files = QueryDict(encoding=self._encoding), MultiValueDict()
        has_body = hasattr(self, "_body")
        gone = self._read_started and not has_body
        kind = self.content_type if self.method == "POST" and not gone else None
        if kind == "multipart/form-data":
            data = BytesIO(self._body) if has_body else self
            try:
                post, files = MultiPartParser(self.META, data, self._encoding).parse()
            except (MultiPartParserError, TooManyFilesSent):
                self._mark_post_parse_error()
                raise
        elif kind == "application/x-www-form-urlencoded":
            if self._encoding is not None and self._encoding.lower() != "utf-8":
                raise BadRequest(
                    "HTTP requests with the 'application/x-www-form-urlencoded' content type must "
                    "be UTF-8 encoded."
                )
            post = QueryDict(self.body, encoding="utf-8")
        self._post, self._files = post, files

    def close(self) -> None:
        """Close the files that came with the request."""
        if hasattr(self, "_files"):
            for _, files in self._files.lists():
                for file in files:
                    file.close()

    def read(self, *args: Any, **kwargs: Any) -> bytes:
        """Read from the stream. After that, ``body`` is out of reach."""
        return self._from_stream("read", *args, **kwargs)

    def readline(self, *args: Any, **kwargs: Any) -> bytes:
        """Read a line from the stream."""
        return self._from_stream("readline", *args, **kwargs)

    def _from_stream(self, how: str, *args: Any, **kwargs: Any) -> bytes:
        self._read_started = True
        try:
            data: bytes = getattr(self._stream, how)(*args, **kwargs)
        except OSError as error:
            raise UnreadablePostError(*error.args) from error
        return data

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    def readlines(self) -> list[bytes]:
        """Read the remaining lines."""
        return list(self)
