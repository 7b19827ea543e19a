"""What a view does most often (``django.shortcuts``)."""

from typing import Any

from minidjango.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from minidjango.template import loader
from minidjango.urls import NoReverseMatch, reverse

__all__ = ["redirect", "render", "resolve_url"]


def render(
    request: HttpRequest,
    template_name: Any,
    context: dict[str, Any] | None = None,
    content_type: str | None = None,
    status: int | None = None,
    using: str | None = None,
) -> HttpResponse:
    """Return a response with a rendered template; see ``TemplateResponse`` for a late one."""
    content = loader.render_to_string(template_name, context, request, using=using)
    return HttpResponse(content, content_type, status)


def redirect(
    to: Any, *args: Any, permanent: bool = False, preserve_request: bool = False, **kwargs: Any
) -> HttpResponseRedirect | HttpResponsePermanentRedirect:
    """Redirect to a view, a name with its arguments, a URL, or what has ``get_absolute_url``."""
    response = HttpResponsePermanentRedirect if permanent else HttpResponseRedirect
    return response(resolve_url(to, *args, **kwargs), preserve_request=preserve_request)


def resolve_url(to: Any, *args: Any, **kwargs: Any) -> Any:
    """Return the URL that `redirect` would send a client to."""
    if hasattr(to, "get_absolute_url"):
        return to.get_absolute_url()
    if isinstance(to, str) and to.startswith(("./", "../")):
        return to
    try:
        return reverse(to, args=args, kwargs=kwargs)
    except NoReverseMatch:
        if callable(to) or ("/" not in to and "." not in to):
            raise
    return to
