"""A line for each request, as Django's own server writes it (``django.core.servers.basehttp``)."""

import logging
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger("minidjango.server")


def logged(application: "WSGIApplication") -> "WSGIApplication":
    """Wrap an application: what it has answered is logged when the server is done with it."""

    def call(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        status, sent = "", 0

        def start(line: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            nonlocal status
            status = line[:3]
            return start_response(line, headers, *exc_info)

        body = application(environ, start)
        try:
            for part in body:
                sent += len(part)
                yield part
        finally:
            if hasattr(body, "close"):
                body.close()
            log(environ, status, sent)

    return call


def log(environ: "WSGIEnvironment", status: str, sent: int) -> None:
    """Log ``"GET /path HTTP/1.1" 200 12``: an error from 500, a warning from 400."""
    code = int(status)
    level = logging.ERROR if code >= 500 else logging.WARNING if code >= 400 else logging.INFO
    asked = f"{environ['REQUEST_METHOD']} {environ['REQUEST_URI']} {environ['SERVER_PROTOCOL']}"
    # A control character in an address must not reach the terminal.
    line = asked.encode("unicode_escape").decode("ascii")
    extra = {"status_code": code, "server_time": time.strftime("%d/%b/%Y %H:%M:%S")}
    logger.log(level, '"%s" %s %s', line, status, sent, extra=extra)
