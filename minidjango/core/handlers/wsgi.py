"""The two ends of the way: ``environ`` in, ``start_response`` out (``django.core.handlers.wsgi``).

``environ`` holds bytes that pretend to be Latin-1 text (PEP 3333); the helpers at the end of this
file turn them back into what they were.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from minidjango.conf import settings
from minidjango.core import signals
from minidjango.core.handlers import base
from minidjango.http import HttpRequest, HttpResponseBase, QueryDict, parse_cookie
from minidjango.urls import set_script_prefix
from minidjango.utils.datastructures import MultiValueDict
from minidjango.utils.encoding import repercent_broken_unicode
from minidjango.utils.functional import cached_property

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


class LimitedStream:
    """A stream that ends after ``limit`` bytes: a server's own may wait for more for ever."""

    def __init__(self, stream: Any, limit: int) -> None:
        self._stream, self._left = stream, limit

    def read(self, size: int | None = -1, /) -> bytes:
        """Read up to ``size`` bytes, by default the rest."""
        return self._take(self._stream.read, size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read a line, or up to ``size`` bytes of it."""
        return self._take(self._stream.readline, size)

    def _take(self, read: Callable[[int], bytes], size: int | None) -> bytes:
        if self._left <= 0:
            return b""
        data = read(self._left if size is None or size < 0 else min(size, self._left))
        self._left -= len(data)
        return data


class WSGIRequest(HttpRequest):
    """A request whose parts are read from ``environ`` when somebody asks for them."""

    def __init__(self, environ: "WSGIEnvironment") -> None:
        script_name = get_script_name(environ)
        path_info = get_path_info(environ) or "/"
        self.environ = environ
        self.path_info = path_info
        # Only the first slash is the one between the two: http://test//x is not http://test/x.
        self.path = f"{script_name.rstrip('/')}/{path_info.replace('/', '', 1)}"
        self.META = environ
        self.META["PATH_INFO"] = path_info
        self.META["SCRIPT_NAME"] = script_name
        self.method = environ["REQUEST_METHOD"].upper()
        self._set_content_type_params(environ)
        self._input = environ["wsgi.input"]
        self._read_started = False
        self.resolver_match = None

    @cached_property
    def _stream(self) -> LimitedStream:
        try:
            content_length = int(self.environ.get("CONTENT_LENGTH") or 0)
        except (ValueError, TypeError):
            content_length = 0
        return LimitedStream(self._input, content_length)

    def _get_scheme(self) -> Any:
        return self.environ.get("wsgi.url_scheme")

    @cached_property
    def GET(self) -> QueryDict:
        """The query string."""
        raw = get_bytes_from_wsgi(self.environ, "QUERY_STRING", "")
        return QueryDict(raw, encoding=self._encoding)

    @cached_property
    def COOKIES(self) -> dict[str, str]:
        """The cookies that the client sent back."""
        return parse_cookie(get_str_from_wsgi(self.environ, "HTTP_COOKIE", ""))

    @property
    def POST(self) -> QueryDict:
        """The fields of a form; the body is read and parsed at the first access."""
        if not hasattr(self, "_post"):
            self._load_post_and_files()
        return self._post

    @POST.setter
    def POST(self, post: QueryDict) -> None:
        self._post = post

    @property
    def FILES(self) -> MultiValueDict:  # type: ignore[override]
        """The files of a multipart form."""
        if not hasattr(self, "_files"):
            self._load_post_and_files()
        return self._files


class WSGIHandler(base.BaseHandler):
    """The WSGI application. Building it builds the onion, once, for all requests."""

    request_class = WSGIRequest

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.load_middleware()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> HttpResponseBase:
        """Answer one request (PEP 3333).

        The response is itself the iterable that the server sends, and then closes.
        """
        set_script_prefix(get_script_name(environ))
        signals.request_started.send(sender=self.__class__, environ=environ)
        response: Any = self.get_response(self.request_class(environ))
        response._handler_class = self.__class__

        status = f"{response.status_code} {response.reason_phrase}"
        headers = list(response.items())
        if "cookies" in vars(response):  # nobody has set one otherwise
            headers += [("Set-Cookie", c.output(header="")) for c in response.cookies.values()]
        start_response(status, headers)
        send_file = environ.get("wsgi.file_wrapper")
        if send_file and getattr(response, "file_to_stream", None) is not None:
            # The server will close the file: that shall be the end of the response.
            response.file_to_stream.close = response.close
            response = send_file(response.file_to_stream, response.block_size)
        sent: HttpResponseBase = response
        return sent


def get_path_info(environ: "WSGIEnvironment") -> str:
    """Return the path below the application's root; what is not UTF-8 stays percent-encoded."""
    path: str = environ.get("PATH_INFO", "/")
    if path.isascii():
        return path  # nearly always: ASCII is the same in UTF-8 and Latin-1
    return repercent_broken_unicode(get_bytes_from_wsgi(environ, "PATH_INFO", "/")).decode()


def get_script_name(environ: "WSGIEnvironment") -> str:
    """Return the path at which the application is mounted, as its clients see it.

    ``settings.FORCE_SCRIPT_NAME`` wins. A server that rewrites URLs says in SCRIPT_URL or
    REDIRECT_URL what the path was before.
    """
    if settings.FORCE_SCRIPT_NAME is not None:
        forced: str = settings.FORCE_SCRIPT_NAME
        return forced
    rewritten = environ.get("SCRIPT_URL") or environ.get("REDIRECT_URL")
    if not rewritten:
        name: str = environ.get("SCRIPT_NAME", "")
        return name if name.isascii() else name.encode("iso-8859-1").decode()
    # Such a server has made one slash of several in PATH_INFO, so do the same here.
    before: bytes = re.sub(rb"/+", b"/", rewritten.encode("iso-8859-1"))
    return before.removesuffix(get_bytes_from_wsgi(environ, "PATH_INFO", "")).decode()


def get_bytes_from_wsgi(environ: "WSGIEnvironment", key: str, default: str) -> bytes:
    """Return a value of ``environ`` as the bytes that came over the wire."""
    value: str = environ.get(key, default)
    return value.encode("iso-8859-1")


def get_str_from_wsgi(environ: "WSGIEnvironment", key: str, default: str) -> str:
    """Return a value of ``environ`` as UTF-8 text; what is not UTF-8 is replaced."""
    return get_bytes_from_wsgi(environ, key, default).decode(errors="replace")
