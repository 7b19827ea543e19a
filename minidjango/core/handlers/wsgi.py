"""The two ends of the way: ``environ`` in, ``start_response`` out (``django.core.handlers.wsgi``).

``environ`` holds bytes that pretend to be Latin-1 text (PEP 3333); the helpers at the end of this
file turn them back into what they were.
"""

import re
from typing import TYPE_CHECKING, Any

from minidjango.conf import settings
from minidjango.core import signals
from minidjango.core.handlers import base
from minidjango.http import HttpRequest, HttpResponseBase, QueryDict, parse_cookie
from minidjango.http.body import LimitedStream
from minidjango.urls import set_script_prefix
from minidjango.utils.datastructures import MultiValueDict
from minidjango.utils.encoding import repercent_broken_unicode
from minidjango.utils.functional import cached_property

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


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
        try:
            content_length = int(environ.get("CONTENT_LENGTH"))  # type: ignore[arg-type]
        except (ValueError, TypeError):
            content_length = 0
        self._stream = LimitedStream(environ["wsgi.input"], content_length)
        self._read_started = False
        self.resolver_match = None

    def _get_scheme(self) -> str:
        scheme: str = self.environ.get("wsgi.url_scheme", "http")
        return scheme

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
        response = self.get_response(self.request_class(environ))
        response._handler_class = self.__class__

        status = f"{response.status_code} {response.reason_phrase}"
        headers = list(response.items())
        headers += [("Set-Cookie", c.output(header="")) for c in response.cookies.values()]
        start_response(status, headers)
        return response


def get_path_info(environ: "WSGIEnvironment") -> str:
    """Return the path below the application's root; what is not UTF-8 stays percent-encoded."""
    return repercent_broken_unicode(get_bytes_from_wsgi(environ, "PATH_INFO", "/")).decode()


def get_script_name(environ: "WSGIEnvironment") -> str:
    """Return the path at which the application is mounted, as its clients see it.

    ``settings.FORCE_SCRIPT_NAME`` wins. A server that rewrites URLs says in SCRIPT_URL or
    REDIRECT_URL what the path was before.
    """
    if settings.FORCE_SCRIPT_NAME is not None:
        forced: str = settings.FORCE_SCRIPT_NAME
        return forced
    before = get_bytes_from_wsgi(environ, "SCRIPT_URL", "")
    before = before or get_bytes_from_wsgi(environ, "REDIRECT_URL", "")
    if not before:
        return get_bytes_from_wsgi(environ, "SCRIPT_NAME", "").decode()
    # Such a server has made one slash of several in PATH_INFO, so do the same here.
    before = re.sub(rb"/+", b"/", before)
    return before.removesuffix(get_bytes_from_wsgi(environ, "PATH_INFO", "")).decode()


def get_bytes_from_wsgi(environ: "WSGIEnvironment", key: str, default: str) -> bytes:
    """Return a value of ``environ`` as the bytes that came over the wire."""
    value: str = environ.get(key, default)
    return value.encode("iso-8859-1")


def get_str_from_wsgi(environ: "WSGIEnvironment", key: str, default: str) -> str:
    """Return a value of ``environ`` as UTF-8 text; what is not UTF-8 is replaced."""
    return get_bytes_from_wsgi(environ, key, default).decode(errors="replace")
