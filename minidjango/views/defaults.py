"""The pages of errors for a project that has no handlers of its own (``django.views.defaults``).

A template of the right name (``404.html``, ...) is used if there is one; it may hold a form, so
there is a CSRF token for it.
"""

from typing import Any
from urllib.parse import quote

from minidjango.core.handlers.layers import is_old_style
from minidjango.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseForbidden,
    HttpResponseNotFound,
    HttpResponseServerError,
)
from minidjango.template import TemplateDoesNotExist, loader
from minidjango.views.decorators.csrf import requires_csrf_token

ERROR_404_TEMPLATE_NAME = "404.html"
ERROR_403_TEMPLATE_NAME = "403.html"
ERROR_400_TEMPLATE_NAME = "400.html"
ERROR_500_TEMPLATE_NAME = "500.html"
ERROR_PAGE_TEMPLATE = """<!doctype html>
<html lang="en">
<head><title>{title}</title></head>
<body><h1>{title}</h1><p>{details}</p></body>
</html>
"""


@requires_csrf_token
def page_not_found(
    request: HttpRequest, exception: Exception, template_name: str = ERROR_404_TEMPLATE_NAME
) -> HttpResponse:
    """Answer 404. The template gets ``request_path``, quoted, and the ``exception``'s words."""
    words = exception.args[0] if exception.args else None
    context = {
        "request_path": quote(request.path),
        "exception": words if isinstance(words, str) else type(exception).__name__,
    }
    body = _rendered(template_name, ERROR_404_TEMPLATE_NAME, context, request)
    details = "There is nothing at this address on this server."
    return _answer(HttpResponseNotFound, body, "Not Found", details)


@requires_csrf_token
def server_error(
    request: HttpRequest, template_name: str = ERROR_500_TEMPLATE_NAME
) -> HttpResponse:
    """Answer 500. The template gets nothing: whatever it would need may be what failed."""
    body = _rendered(template_name, ERROR_500_TEMPLATE_NAME)
    return _answer(HttpResponseServerError, body, "Server Error (500)")


@requires_csrf_token
def bad_request(
    request: HttpRequest, exception: Exception, template_name: str = ERROR_400_TEMPLATE_NAME
) -> HttpResponse:
    """Answer 400. The exception is not shown: it may say how the site is guarded."""
    body = _rendered(template_name, ERROR_400_TEMPLATE_NAME, None, request)
    return _answer(HttpResponseBadRequest, body, "Bad Request (400)")


@requires_csrf_token
def permission_denied(
    request: HttpRequest, exception: Exception, template_name: str = ERROR_403_TEMPLATE_NAME
) -> HttpResponse:
    """Answer 403. The template gets the ``exception``'s words."""
    context = {"exception": str(exception)}
    body = _rendered(template_name, ERROR_403_TEMPLATE_NAME, context, request)
    return _answer(HttpResponseForbidden, body, "403 Forbidden")


def _rendered(
    template_name: str,
    default_name: str,
    context: dict[str, Any] | None = None,
    request: HttpRequest | None = None,
) -> str | None:
    """Render a template; None if there is none, unless it was asked for by name."""
    try:
        text: str = loader.get_template(template_name).render(context, request)
        return text
    except TemplateDoesNotExist:
        if template_name != default_name:
            raise
        return None


def _answer(
    kind: type[HttpResponse], body: str | None, title: str, details: str = ""
) -> HttpResponse:
    """Make the response of the rendered template, or of the framework's own page without one."""
    if body is not None:
        return kind(body)
    page = ERROR_PAGE_TEMPLATE.format(title=title, details=details)
    # Before 1.10 these pages named no charset.
    return kind(page, content_type="text/html" if is_old_style() else None)
