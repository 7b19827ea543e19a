"""What went wrong, for the developer: only while ``DEBUG`` is on (``django.views.debug``).

Beside the traceback and the request, the pages show the onion: which layers the request was in.
"""

import traceback
from types import ModuleType, TracebackType
from typing import Any

from minidjango.conf import settings
from minidjango.http import Http404, HttpRequest, HttpResponse, HttpResponseNotFound
from minidjango.urls import resolve
from minidjango.utils.html import escape
from minidjango.views import technical
from minidjango.views.technical import SafeExceptionReporterFilter as SafeExceptionReporterFilter


def technical_500_response(
    request: HttpRequest,
    exc_type: type[BaseException] | None,
    exc_value: BaseException | None,
    tb: TracebackType | None,
    status_code: int = 500,
) -> HttpResponse:
    """Return the page or, for a client that takes no HTML, plain text."""
    heading = f"{exc_type.__name__ if exc_type else 'Report'} at {request.path_info}"
    words = str(exc_value or "") or "No exception message supplied"
    message = "\n".join([words, *getattr(exc_value, "__notes__", ())])
    view = get_caller(request)
    about = {**_about(request), "Raised during:": view}
    if not request.accepts("text/html"):
        trace = "".join(traceback.format_exception(exc_type, exc_value, tb))
        lines = [heading, message, "", *(f"{label} {text}" for label, text in about.items())]
        lines += ["", "Layers, outermost first; the request was inside those with a star:"]
        lines += [f"{'*' if inside else ' '} {path}" for path, inside in technical.layers(tb)]
        plain = "text/plain; charset=utf-8"
        return HttpResponse("\n".join([*lines, "", trace]), plain, status_code)
    summary = f'<pre class="exception_value">{escape(message)}</pre>{technical.table(about)}'
    info = (
        f"{technical.onion(tb, view, request.resolver_match is not None)}"
        f'<h2>Traceback, innermost last</h2><div class="context" id="c{id(tb)}">'
        f"{technical.frames(exc_value, tb)}</div>"
        f"<h2>Request information</h2>{_request_information(request)}"
    )
    page = technical.page(heading, escape(heading), summary, info)
    return HttpResponse(page, status=status_code)


def technical_404_response(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the patterns that were tried, in order; while there are none, a welcome."""
    details: Any = exception.args[0] if exception.args else None
    match, view = request.resolver_match, get_caller(request)
    reason = ""
    if isinstance(details, dict) and "tried" in details:
        tried, path, verdict = details["tried"], details["path"], "didn’t match any of these."
        if not tried:
            return default_urlconf(request)
    else:
        tried, path, verdict = match and match.tried, request.path_info[1:], "matched the last one."
        reason = f'<pre class="exception_value">{escape(exception)}</pre>'
    about = {**_about(request), "Request URL:": request.build_absolute_uri()}  # no bad host here
    summary = reason + technical.table(about | ({"Raised by:": view} if view else {}))
    info = technical.onion(exception.__traceback__, view, match is not None)
    if tried:
        urlconf = getattr(request, "urlconf", settings.ROOT_URLCONF)
        urlconf = urlconf.__name__ if isinstance(urlconf, ModuleType) else urlconf
        where = f"The current path, <code>{escape(path)}</code>," if path else "The empty path"
        items = "".join(f"<li>{_pattern(steps)}</li>" for steps in tried)
        info += (
            f"<p>Using the URLconf defined in <code>{escape(urlconf)}</code>, minidjango tried "
            f"these URL patterns, in this order:</p><ol>{items}</ol><p>{where} {verdict}</p>"
        )
    title, heading = "Page not found", "Page not found <small>(404)</small>"
    return HttpResponseNotFound(technical.page(title, heading, summary, info))


def default_urlconf(request: HttpRequest | None) -> HttpResponse:
    """Return what is shown while a project has no patterns."""
    heading = "The install worked successfully! Congratulations!"
    hint = "<p>There is no URL pattern yet. Write one into <code>urlpatterns</code>.</p>"
    return HttpResponse(technical.page(heading, heading, hint, ""))


def get_caller(request: HttpRequest) -> str:
    """Return the view for a request, whether or not it was reached; "" if there is none."""
    match = request.resolver_match
    if match is None:
        try:
            match = resolve(request.path)
        except Http404:
            return ""
    return match._func_path


def _about(request: HttpRequest) -> dict[str, str]:
    host, path = request._get_raw_host(), request.get_full_path()
    url = f"{request.scheme}://{host}{path}"
    return {"Request Method:": str(request.META.get("REQUEST_METHOD")), "Request URL:": url}


def _pattern(steps: list[Any]) -> str:
    """Return a pattern with those of the includes that led to it."""
    routes = [escape(step.pattern) for step in steps]
    if name := getattr(steps[-1], "name", None):
        routes[-1] += f" [name='{escape(name)}']"
    return " ".join(f"<code>{route}</code>" for route in routes)


def _request_information(request: HttpRequest) -> str:
    """Return what came with a request, and the settings."""
    parts: dict[str, Any] = {"USER": {"user": request.user}} if hasattr(request, "user") else {}
    for name in ("GET", "POST", "FILES", "COOKIES", "META"):
        try:
            parts[name] = dict(getattr(request, name).items())
        except Exception as error:  # noqa: BLE001 - it may be this very one that is being shown
            parts[name] = {name: error}
    parts["Settings"] = SafeExceptionReporterFilter().get_safe_settings()
    return "".join(technical.values(rows, name) for name, rows in parts.items())
