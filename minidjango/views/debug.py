"""What went wrong, for the developer: only while ``DEBUG`` is on (``django.views.debug``).

Django's page also shows local variables, settings and the request; this one what is needed first.
"""

import traceback
from types import TracebackType
from typing import Any

from minidjango.http import HttpRequest, HttpResponse, HttpResponseNotFound
from minidjango.utils.html import escape

_PAGE = """<!doctype html>
<html lang="en">
<head><title>{title}</title></head>
<body><h1>{title}</h1><p>{message}</p>{rest}
<p>You see this page because DEBUG is True in the settings.</p></body>
</html>
"""


def technical_404_response(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return a page that lists the patterns which were tried, in order."""
    details: Any = exception.args[0] if exception.args else ""
    tried = details.get("tried", []) if isinstance(details, dict) else []
    routes = ["".join(str(step.pattern) for step in steps) for steps in tried]
    items = "".join(f"<li><code>{escape(route)}</code></li>" for route in routes)
    message = f"{request.method} {request.path}"
    if details and not isinstance(details, dict):
        message += f": {details}"
    rest = f"<p>Tried, in this order:</p><ol>{items}</ol>" if items else ""
    return HttpResponseNotFound(_page(f"{type(exception).__name__} (404)", message, rest))


def technical_500_response(
    request: HttpRequest,
    exc_type: type[BaseException] | None,
    exc_value: BaseException | None,
    tb: TracebackType | None,
    status_code: int = 500,
) -> HttpResponse:
    """Return the traceback, as a page or, for a client that takes no HTML, as plain text."""
    text = "".join(traceback.format_exception(exc_type, exc_value, tb))
    if not request.accepts("text/html"):
        plain = "text/plain; charset=utf-8"
        return HttpResponse(text, status=status_code, content_type=plain)
    name = exc_type.__name__ if exc_type else "Error"
    page = _page(f"{name} at {request.path}", str(exc_value), f"<pre>{escape(text)}</pre>")
    return HttpResponse(page, status=status_code)


def _page(title: str, message: str, rest: str) -> str:
    return _PAGE.format(title=escape(title), message=escape(message), rest=rest)
