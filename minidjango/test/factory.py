"""Requests without a server (``django.test.client``)."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from minidjango.conf import settings
from minidjango.core.handlers.wsgi import WSGIRequest
from minidjango.core.serializers.json import DjangoJSONEncoder
from minidjango.http import HttpHeaders, SimpleCookie
from minidjango.test.multipart import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from minidjango.test.payload import FakePayload
from minidjango.utils.encoding import force_bytes
from minidjango.utils.http import urlencode

CONTENT_TYPE_RE = re.compile(r".*; charset=([\w-]+);?")
JSON_CONTENT_TYPE_RE = re.compile(r"^application\/(.+\+)?json")
RAW = "application/octet-stream"


def _sending(method: str) -> Callable[..., Any]:
    """Return the method of the factory for an HTTP method with a body."""

    def send(
        self: "RequestFactory",
        path: str,
        data: Any = "",
        content_type: str = RAW,
        secure: bool = False,
        **extra: Any,
    ) -> Any:
        data = self._encode_json(data, content_type)
        return self.generic(method, path, data, content_type, secure, **extra)

    send.__doc__ = f"Make a {method}; ``data`` is its body, as ``content_type`` says."
    return send


class RequestFactory:
    """Makes requests as a server would, for calling a view or a layer directly.

    Args:
        json_encoder: writes bodies that are dicts, lists or tuples, when sent as JSON.
        headers, query_params: sent with every request.
        **defaults: go into every request's ``environ``.

    Every method takes ``headers`` and ``query_params`` too, by these names (see `generic`), and
    what else is to go into ``environ``.
    """

    def __init__(
        self,
        *,
        json_encoder: type[json.JSONEncoder] = DjangoJSONEncoder,
        headers: Any = None,
        query_params: Any = None,
        **defaults: Any,
    ) -> None:
        self.json_encoder = json_encoder
        self.defaults = {**defaults, **HttpHeaders.to_wsgi_names(headers or {})}
        self.cookies: SimpleCookie = SimpleCookie()
        self.errors = BytesIO()
        if query_params:
            self.defaults["QUERY_STRING"] = urlencode(query_params, doseq=True)

    def _base_environ(self, **request: Any) -> dict[str, Any]:
        cookies = sorted(f"{each.key}={each.coded_value}" for each in self.cookies.values())
        return {
            "HTTP_COOKIE": "; ".join(cookies),
            "PATH_INFO": "/",
            "REMOTE_ADDR": "127.0.0.1",
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": FakePayload(b""),
            "wsgi.errors": self.errors,
            "wsgi.multiprocess": True,
            "wsgi.multithread": False,
            "wsgi.run_once": False,
            **self.defaults,
            **request,
        }

    def request(self, **request: Any) -> Any:
        """Make a WSGIRequest from parts of an ``environ``."""
        return WSGIRequest(self._base_environ(**request))

    def _encode_data(self, data: Any, content_type: str) -> bytes:
        if content_type is MULTIPART_CONTENT:
            return encode_multipart(BOUNDARY, data)
        match = CONTENT_TYPE_RE.match(content_type)
        encoding = match[1] if match else settings.DEFAULT_CHARSET
        return bytes(force_bytes(data, encoding=encoding))

    def _encode_json(self, data: Any, content_type: str) -> Any:
        if JSON_CONTENT_TYPE_RE.match(content_type) and isinstance(data, dict | list | tuple):
            return json.dumps(data, cls=self.json_encoder)
        return data

    def get(self, path: str, data: Any = None, secure: bool = False, **extra: Any) -> Any:
        """Make a GET; ``data`` is its query."""
        return self.generic("GET", path, secure=secure, **_with_query(data, **extra))

    def head(self, path: str, data: Any = None, secure: bool = False, **extra: Any) -> Any:
        """Make a HEAD; ``data`` is its query."""
        return self.generic("HEAD", path, secure=secure, **_with_query(data, **extra))

    def trace(self, path: str, secure: bool = False, **extra: Any) -> Any:
        """Make a TRACE."""
        return self.generic("TRACE", path, secure=secure, **extra)

    def post(
        self,
        path: str,
        data: Any = None,
        content_type: str = MULTIPART_CONTENT,
        secure: bool = False,
        **extra: Any,
    ) -> Any:
        """Make a POST; ``data`` is a form, or whatever ``content_type`` says."""
        data = self._encode_json({} if data is None else data, content_type)
        data = self._encode_data(data, content_type)
        return self.generic("POST", path, data, content_type, secure, **extra)

    def options(
        self, path: str, data: Any = "", content_type: str = RAW, secure: bool = False, **extra: Any
    ) -> Any:
        """Make an OPTIONS."""
        return self.generic("OPTIONS", path, data, content_type, secure, **extra)

    put, patch, delete = _sending("PUT"), _sending("PATCH"), _sending("DELETE")

    def generic(
        self,
        method: str,
        path: str,
        data: Any = "",
        content_type: str = RAW,
        secure: bool = False,
        *,
        headers: Any = None,
        query_params: Any = None,
        **extra: Any,
    ) -> Any:
        """Make any request. ``extra`` goes into ``environ``; ``headers`` have their own names."""
        parsed = urlsplit(str(path))
        data = force_bytes(data, settings.DEFAULT_CHARSET)
        body = {"CONTENT_LENGTH": str(len(data)), "CONTENT_TYPE": content_type}
        environ = {
            "PATH_INFO": unquote_to_bytes(parsed.path).decode("iso-8859-1"),
            "REQUEST_METHOD": method,
            "SERVER_PORT": "443" if secure else "80",
            "wsgi.url_scheme": "https" if secure else "http",
            **({**body, "wsgi.input": FakePayload(data)} if data else {}),
            **extra,
            **HttpHeaders.to_wsgi_names(headers or {}),
        }
        if query_params:
            environ["QUERY_STRING"] = urlencode(query_params, doseq=True)
        if not environ.get("QUERY_STRING"):
            environ["QUERY_STRING"] = parsed.query.encode().decode("iso-8859-1")
        return self.request(**environ)


def _with_query(data: Any, query_params: Any = None, **extra: Any) -> dict[str, Any]:
    """Let ``data`` be the query; ValueError if there is another one."""
    if data and query_params:
        raise ValueError("query_params and data arguments are mutually exclusive.")
    return {**extra, "query_params": data or query_params}
