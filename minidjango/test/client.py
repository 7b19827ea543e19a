"""A browser without a network (``django.test.client``)."""
# mypy: disable-error-code=override
# Django's client takes ``follow`` where the factory takes ``secure``.

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from minidjango.core.handlers.base import BaseHandler
from minidjango.core.handlers.wsgi import WSGIRequest
from minidjango.core.signals import got_request_exception, request_started
from minidjango.http import HttpRequest, HttpResponseBase
from minidjango.test.factory import CONTENT_TYPE_RE, JSON_CONTENT_TYPE_RE, RAW, RequestFactory
from minidjango.test.login import LoginMixin
from minidjango.test.multipart import BOUNDARY, MULTIPART_CONTENT, encode_file, encode_multipart
from minidjango.test.payload import FakePayload
from minidjango.test.redirects import RedirectCycleError, follow_redirects
from minidjango.urls import resolve
from minidjango.utils.functional import SimpleLazyObject

__all__ = ["BOUNDARY", "CONTENT_TYPE_RE", "MULTIPART_CONTENT", "Client", "FakePayload"]
__all__ += ["RedirectCycleError", "RequestFactory", "encode_file", "encode_multipart"]


class ClientHandler(BaseHandler):
    """What stands between the client and the onion, in place of a server."""

    def __init__(self, enforce_csrf_checks: bool = True, *args: Any, **kwargs: Any) -> None:
        self.enforce_csrf_checks = enforce_csrf_checks
        super().__init__(*args, **kwargs)

    def __call__(self, environ: dict[str, Any]) -> Any:
        """Answer one request, and close the response: a streamed one when it has been read."""
        if not hasattr(self, "_middleware_chain"):  # not before: the settings were not there yet
            self.load_middleware()
        request_started.send(sender=self.__class__, environ=environ)
        request: Any = WSGIRequest(environ)
        request._dont_enforce_csrf_checks = not self.enforce_csrf_checks
        response: Any = self.get_response(request)
        conditional_content_removal(request, response)
        response.wsgi_request = request
        if response.streaming:
            stream = closing_iterator_wrapper(response.streaming_content, response.close)
            response.streaming_content = stream
        else:
            response.close()
        return response


def closing_iterator_wrapper(iterable: Any, close: Callable[[], None]) -> Iterator[bytes]:
    """Yield what a body consists of, then close it."""
    try:
        yield from iterable
    finally:
        close()


def conditional_content_removal(request: HttpRequest, response: Any) -> HttpResponseBase:
    """Take away a body that a server would not send: for HEAD, 1xx, 204 and 304."""
    status = response.status_code
    if 100 <= status < 200 or status in (204, 304) or request.method == "HEAD":
        if response.streaming:
            response.streaming_content = []
        else:
            response.content = b""
    kept: HttpResponseBase = response
    return kept


def _asking(method: str) -> Callable[..., Any]:
    """Return the method of the client for an HTTP method with a body."""

    def ask(
        self: "Client",
        path: str,
        data: Any = "",
        content_type: str = RAW,
        follow: bool = False,
        secure: bool = False,
        **extra: Any,
    ) -> Any:
        return self._ask(method, path, follow, secure, extra, data=data, content_type=content_type)

    ask.__doc__ = f"Ask with {method.upper()}; ``data`` is its body, as ``content_type`` says."
    return ask


class Client(LoginMixin, RequestFactory):
    """Makes requests and gives them to the whole onion; it keeps cookies, as a browser does.

    A response has some more attributes: ``client``, ``request`` (what the client asked),
    ``wsgi_request``, ``resolver_match``, ``exc_info``, ``json()``; after ``follow=True`` also
    ``redirect_chain``, the pairs of URL and status on the way. ``templates`` and ``context`` are
    empty, as on Django for engines other than its own.

    Args:
        enforce_csrf_checks: let the CSRF layer refuse what has no token.
        raise_request_exception: raise what became a 500, so that a test sees it.
        headers, query_params, **defaults: see `RequestFactory`.
    """

    def __init__(
        self,
        enforce_csrf_checks: bool = False,
        raise_request_exception: bool = True,
        *,
        headers: Any = None,
        query_params: Any = None,
        **defaults: Any,
    ) -> None:
        super().__init__(headers=headers, query_params=query_params, **defaults)
        self.handler = ClientHandler(enforce_csrf_checks)
        self.raise_request_exception = raise_request_exception
        self.exc_info: Any = None
        self.extra: dict[str, Any] | None = None
        self.headers: Any = None

    def request(self, **request: Any) -> Any:
        """Ask for what an ``environ`` with these parts says; return the response.

        Raises the exception that became a 500, unless the client was told not to.
        """
        uid = f"request-exception-{id(request)}"
        got_request_exception.connect(self.store_exc_info, dispatch_uid=uid)
        try:
            response = self.handler(self._base_environ(**request))
        finally:
            got_request_exception.disconnect(dispatch_uid=uid)
        self.check_exception(response)
        urlconf = getattr(response.wsgi_request, "urlconf", None)
        response.client, response.request = self, request
        response.templates, response.context = [], None
        response.json = partial(self._parse_json, response)
        response.resolver_match = SimpleLazyObject(
            lambda: resolve(request["PATH_INFO"], urlconf=urlconf)
        )
        self.cookies.update(response.cookies)
        return response

    def store_exc_info(self, **kwargs: Any) -> None:
        """Keep the exception that is being handled."""
        self.exc_info = sys.exc_info()

    def check_exception(self, response: Any) -> None:
        """Raise the exception that was kept, if any."""
        response.exc_info, self.exc_info = self.exc_info, None
        if response.exc_info and self.raise_request_exception:
            raise response.exc_info[1]

    def _parse_json(self, response: Any, **extra: Any) -> Any:
        if not hasattr(response, "_json"):
            content_type = response.get("Content-Type")
            if not JSON_CONTENT_TYPE_RE.match(content_type):
                message = f'Content-Type header is "{content_type}", not "application/json"'
                raise ValueError(message)
            response._json = json.loads(response.text, **extra)
        return response._json

    def get(
        self, path: str, data: Any = None, follow: bool = False, secure: bool = False, **extra: Any
    ) -> Any:
        """Ask with GET; ``data`` is the query."""
        return self._ask("get", path, follow, secure, extra, data=data)

    def head(
        self, path: str, data: Any = None, follow: bool = False, secure: bool = False, **extra: Any
    ) -> Any:
        """Ask with HEAD; ``data`` is the query."""
        return self._ask("head", path, follow, secure, extra, data=data)

    def trace(
        self, path: str, data: Any = "", follow: bool = False, secure: bool = False, **extra: Any
    ) -> Any:
        """Ask with TRACE."""
        return self._ask("trace", path, follow, secure, extra, data=data)

    def post(
        self,
        path: str,
        data: Any = None,
        content_type: str = MULTIPART_CONTENT,
        follow: bool = False,
        secure: bool = False,
        **extra: Any,
    ) -> Any:
        """Ask with POST; ``data`` is a form, or whatever ``content_type`` says."""
        return self._ask("post", path, follow, secure, extra, data=data, content_type=content_type)

    options, put, patch, delete = map(_asking, ("options", "put", "patch", "delete"))

    def _ask(
        self, method: str, path: str, follow: bool, secure: bool, extra: Any, **body: Any
    ) -> Any:
        """Let the factory make the request, which comes back as a response, and follow it."""
        self.headers = extra.get("headers")
        self.extra = {k: v for k, v in extra.items() if k not in ("headers", "query_params")}
        response = getattr(super(), method)(path, secure=secure, **body, **extra)
        return follow_redirects(self, response, **body, **extra) if follow else response
