"""A request (``django.http.request``).

It is put together from three parts: `location` knows addresses, `negotiation` what the client
accepts, `body` what came with it. Layers are free to set attributes of their own on it.
"""

import codecs
from typing import TYPE_CHECKING, Any

from minidjango.http.body import Body, RawPostDataException, UnreadablePostError
from minidjango.http.headers import HttpHeaders
from minidjango.http.location import Location, split_domain_port, validate_host
from minidjango.http.negotiation import MediaType, Negotiation
from minidjango.http.querydict import QueryDict
from minidjango.utils.datastructures import MultiValueDict
from minidjango.utils.functional import cached_property
from minidjango.utils.http import parse_header_parameters

if TYPE_CHECKING:
    from minidjango.urls import ResolverMatch

__all__ = [
    "HttpHeaders",
    "HttpRequest",
    "MediaType",
    "QueryDict",
    "RawPostDataException",
    "UnreadablePostError",
    "split_domain_port",
    "validate_host",
]


class HttpRequest(Location, Negotiation, Body):
    """An empty request; `WSGIRequest` fills one from ``environ``."""

    urlconf: Any
    """Set by a layer that wants another URLconf than ``settings.ROOT_URLCONF``."""

    _encoding: str | None = None

    def __init__(self) -> None:
        self.GET: QueryDict = QueryDict(mutable=True)
        self.POST: QueryDict = QueryDict(mutable=True)
        self.COOKIES: dict[str, str] = {}
        self.META: dict[str, Any] = {}
        self.FILES: MultiValueDict = MultiValueDict()
        self.path = ""
        self.path_info = ""
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

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        parsed = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        self.content_type, self.content_params = parsed
        charset = self.content_params.get("charset")
        if charset is not None and _is_known(charset):
            self.encoding = charset

    @property
    def encoding(self) -> str | None:
        """The charset of GET and POST; None is ``settings.DEFAULT_CHARSET``."""
        return self._encoding

    @encoding.setter
    def encoding(self, val: str | None) -> None:
        """Set the charset; what was decoded with another one is decoded again when asked for."""
        self._encoding = val
        for name in ("GET", "_post"):
            self.__dict__.pop(name, None)


def _is_known(charset: str) -> bool:
    try:
        codecs.lookup(charset)
    except LookupError:
        return False
    return True
