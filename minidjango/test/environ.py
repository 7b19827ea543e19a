"""From a method and a path to an ``environ``, and a request (``django.test.client``)."""

import json
import re
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
OCTETS = "application/octet-stream"


class EnvironFactory:
    """Makes a request of any method; `RequestFactory` has a short way for each."""

    def __init__(
        self,
        *,
        json_encoder: type[json.JSONEncoder] = DjangoJSONEncoder,
        headers: Any = None,
        query_params: Any = None,
        **defaults: Any,
    ) -> None:
        self.json_encoder = json_encoder
        self.defaults = defaults
        self.cookies: SimpleCookie = SimpleCookie()
        self.errors = BytesIO()
        if headers:
            self.defaults.update(HttpHeaders.to_wsgi_names(headers))
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

    def request(self, **request: Any) -> WSGIRequest:
        """Make a request from parts of an ``environ``."""
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

    def generic(
        self,
        method: str,
        path: str,
        data: Any = "",
        content_type: str = OCTETS,
        secure: bool = False,
        *,
        headers: Any = None,
        query_params: Any = None,
        **extra: Any,
    ) -> WSGIRequest:
        """Make any request. ``extra`` goes into ``environ``; ``headers`` have their own names."""
        parsed = urlsplit(str(path))
        body = force_bytes(data, settings.DEFAULT_CHARSET)
        environ = {
            "PATH_INFO": unquote_to_bytes(parsed.path).decode("iso-8859-1"),
            "REQUEST_METHOD": method,
            "SERVER_PORT": "443" if secure else "80",
            "wsgi.url_scheme": "https" if secure else "http",
        }
        if body:
            environ["CONTENT_LENGTH"] = str(len(body))
            environ["CONTENT_TYPE"] = content_type
            extra = {"wsgi.input": FakePayload(body), **extra}
        extra.update(HttpHeaders.to_wsgi_names(headers or {}))
        if query_params:
            extra["QUERY_STRING"] = urlencode(query_params, doseq=True)
        environ.update(extra)
        if not environ.get("QUERY_STRING"):
            environ["QUERY_STRING"] = parsed.query.encode().decode("iso-8859-1")
        return self.request(**environ)
