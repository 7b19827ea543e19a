"""An exception of one layer becomes a response for the next (``django.core.handlers.exception``).

That is why a ``try``/``except`` around ``get_response`` never fires: what stands inside it has
been wrapped here already.
"""

import logging
import sys
from collections.abc import Callable
from functools import wraps
from types import TracebackType
from typing import Any

from minidjango.conf import settings
from minidjango.core import signals
from minidjango.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from minidjango.http import Http404, HttpRequest, HttpResponseBase
from minidjango.http.multipartparser import MultiPartParserError
from minidjango.urls import URLResolver, get_resolver, get_urlconf
from minidjango.utils.log import log_response

GetResponse = Callable[[HttpRequest], HttpResponseBase]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def convert_exception_to_response(get_response: GetResponse) -> GetResponse:
    """Wrap a layer, or the innermost handler: it returns, whatever happens inside it.

    SystemExit, KeyboardInterrupt and their like still pass, and so does an exception of the
    error handling itself.
    """

    @wraps(get_response)
    def inner(request: HttpRequest) -> HttpResponseBase:
        try:
            return get_response(request)
        except Exception as exc:  # noqa: BLE001 - this is the place where all of them end
            return response_for_exception(request, exc)

    return inner


def response_for_exception(request: HttpRequest, exc: Exception) -> HttpResponseBase:
    """Turn the exception being handled into a response: 404, 403, 400, or 500 for the rest."""
    for kind, answer in _ANSWERS:
        if isinstance(exc, kind):
            response = answer(request, exc)
            break
    else:
        response = _server_error(request, exc)
    render = getattr(response, "render", None)
    if not getattr(response, "is_rendered", True) and callable(render):
        rendered: HttpResponseBase = render()
        return rendered
    return response


def _not_found(request: HttpRequest, exc: Any) -> HttpResponseBase:
    """Answer an Http404. It is not logged here but by ``get_response``, as every 4xx is."""
    if settings.DEBUG:
        return technical_404_response(request, exc)
    return get_exception_response(request, get_resolver(get_urlconf()), 404, exc)


def _permission_denied(request: HttpRequest, exc: Any) -> HttpResponseBase:
    """Answer a PermissionDenied."""
    response = get_exception_response(request, get_resolver(get_urlconf()), 403, exc)
    _log(request, response, exc, "Forbidden (Permission denied): %s", request.path)
    return response


def _unreadable(request: HttpRequest, exc: Any) -> HttpResponseBase:
    """Answer a body that is not the multipart that it says it is."""
    response = get_exception_response(request, get_resolver(get_urlconf()), 400, exc)
    _log(request, response, exc, "Bad request (Unable to parse request body): %s", request.path)
    return response


def _bad_request(request: HttpRequest, exc: Any) -> HttpResponseBase:
    """Answer a BadRequest."""
    response = _bad_request_response(request, exc)
    _log(request, response, exc, "%s: %s", str(exc), request.path)
    return response


def _suspicious(request: HttpRequest, exc: Any) -> HttpResponseBase:
    """Answer a SuspiciousOperation; it has loggers of its own, one for each class."""
    if isinstance(exc, _TOO_MUCH):
        request._mark_post_parse_error()  # reading POST again would raise again
    response = _bad_request_response(request, exc)
    logger = logging.getLogger(f"minidjango.security.{type(exc).__name__}")
    _log(request, response, exc, str(exc), level="error", logger=logger)
    return response


def _server_error(request: HttpRequest, exc: Any) -> HttpResponseBase:
    """Answer everything else, after telling those who listen to ``got_request_exception``."""
    signals.got_request_exception.send(sender=None, request=request)
    response = handle_uncaught_exception(request, get_resolver(get_urlconf()), sys.exc_info())
    _log(request, response, exc, "%s: %s", response.reason_phrase, request.path)
    return response


_ANSWERS: tuple[tuple[type[Exception], Callable[[HttpRequest, Any], HttpResponseBase]], ...] = (
    (Http404, _not_found),
    (PermissionDenied, _permission_denied),
    (MultiPartParserError, _unreadable),
    (BadRequest, _bad_request),
    (SuspiciousOperation, _suspicious),
)


def _bad_request_response(request: HttpRequest, exc: Exception) -> HttpResponseBase:
    """Return the 400 of a URLconf or, while ``DEBUG`` is on, the page with the traceback."""
    if settings.DEBUG:
        return technical_500_response(request, *sys.exc_info(), 400)
    return get_exception_response(request, get_resolver(get_urlconf()), 400, exc)


def get_exception_response(
    request: HttpRequest, resolver: URLResolver, status_code: int, exception: Exception
) -> HttpResponseBase:
    """Ask the URLconf's handler for this status; if that fails in turn, it is a 500."""
    try:
        callback = resolver.resolve_error_handler(status_code)
        response: HttpResponseBase = callback(request, exception=exception)
    except Exception:  # noqa: BLE001 - handled as an uncaught one
        signals.got_request_exception.send(sender=None, request=request)
        return handle_uncaught_exception(request, resolver, sys.exc_info())
    return response


def handle_uncaught_exception(
    request: HttpRequest, resolver: URLResolver, exc_info: Any
) -> HttpResponseBase:
    """Return the 500: handler500's, or the technical page while ``DEBUG`` is on.

    With ``DEBUG_PROPAGATE_EXCEPTIONS`` the exception goes on instead. If handler500 fails, there
    is nobody left to ask, and its exception goes on too.
    """
    if settings.DEBUG_PROPAGATE_EXCEPTIONS:
        raise
    if settings.DEBUG:
        return technical_500_response(request, *exc_info)
    response: HttpResponseBase = resolver.resolve_error_handler(500)(request)
    return response


def _log(
    request: HttpRequest,
    response: HttpResponseBase,
    exc: Exception,
    message: str,
    *args: str,
    **options: Any,
) -> None:
    """Log the response that an exception became, with that exception's traceback."""
    log_response(message, *args, response=response, request=request, exception=exc, **options)


def technical_404_response(*args: Any) -> HttpResponseBase:
    """Return the page of ``views.debug``, loaded now: a site in service never needs it."""
    from minidjango.views import debug

    return debug.technical_404_response(*args)


def technical_500_response(*args: Any) -> HttpResponseBase:
    """Return the page of ``views.debug``, as `technical_404_response`."""
    from minidjango.views import debug

    return debug.technical_500_response(*args)
