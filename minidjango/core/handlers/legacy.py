"""The stack before it was an onion: lists of methods (``django.core.handlers.base``, Django 1.9).

There is no ``get_response`` to call. The handler walks one list after another, and a layer never
knows what runs inside it: whatever happened before, **every** ``process_response`` has its turn,
those of layers that were never entered included.
"""

import logging
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from minidjango.conf import settings
from minidjango.core import signals
from minidjango.core.exceptions import PermissionDenied, SuspiciousOperation
from minidjango.core.handlers.exception import (
    handle_uncaught_exception,
    technical_404_response,
    technical_500_response,
)
from minidjango.core.handlers.layers import NOT_USED, instantiate, view_name
from minidjango.http import Http404, HttpRequest
from minidjango.http.multipartparser import MultiPartParserError
from minidjango.urls import get_resolver, get_urlconf, set_urlconf
from minidjango.utils.log import request_logger

Methods = list[Callable[..., Any]]


class MethodLists:
    """What ``settings.MIDDLEWARE_CLASSES`` becomes: five lists, and the steps that walk them.

    Request and view methods run in the order of the setting, the other three in reverse.
    """

    def __init__(self) -> None:
        layers = [instantiate(path) for path in settings.MIDDLEWARE_CLASSES]
        layers = [layer for layer in layers if layer is not NOT_USED]

        def methods(name: str, layers: list[Any]) -> Methods:
            return [getattr(layer, name) for layer in layers if hasattr(layer, name)]

        self._request_middleware = methods("process_request", layers)
        self._view_middleware = methods("process_view", layers)
        self._template_response_middleware = methods("process_template_response", layers[::-1])
        self._response_middleware = methods("process_response", layers[::-1])
        self._exception_middleware = methods("process_exception", layers[::-1])

    def __call__(self, request: HttpRequest) -> Any:
        """Take a request through the lists, and return a response whatever happens.

        As in 1.9 everything but SystemExit is caught, even a KeyboardInterrupt.
        """
        rendered = False
        try:
            response, rendered = self._way_in(request)
        except SystemExit:
            raise
        except BaseException as exc:  # noqa: BLE001 - as 1.9 has it
            if settings.DEBUG and isinstance(exc, SuspiciousOperation):
                return _logged(_suspicious(request, exc))  # 1.9 forgot the way out here
            response = _response_for(request, exc)

        try:
            response = self._way_out(request, response)
        except BaseException:  # noqa: BLE001 - no kinds here: even an Http404 is a 500
            response = _server_error(request)

        if not rendered and _is_renderable(response):
            response = response.render()
        return _logged(response)

    def _way_in(self, request: HttpRequest) -> tuple[Any, bool]:
        """Ask the request methods, the view methods, the view; say whether it was rendered."""
        callback = None
        response = _ask(self._request_middleware, request)
        if response is None:
            if hasattr(request, "urlconf"):
                set_urlconf(request.urlconf)
            match = get_resolver(get_urlconf()).resolve(request.path_info)
            request.resolver_match = match
            callback, args, kwargs = match
            response = _ask(self._view_middleware, request, callback, args, kwargs)
        if response is None:
            try:
                response = callback(request, *args, **kwargs)  # type: ignore[misc]
            except Exception as exc:  # noqa: BLE001 - raised again when nobody answers it
                response = self._answer_to(exc, request)
        if response is None:
            _complain(f"The view {view_name(callback)}")
        if not _is_renderable(response):
            return response, False
        return self._render(request, response), True

    def _render(self, request: HttpRequest, response: Any) -> Any:
        """Let the template response methods change the response, then render it."""
        for method in self._template_response_middleware:
            response = method(request, response)
            _check(response, method)
        try:
            return response.render()
        except Exception as exc:  # noqa: BLE001 - raised again when nobody answers it
            return self._answer_to(exc, request)

    def _answer_to(self, exc: Exception, request: HttpRequest) -> Any:
        """Return the first response of an exception method; without one the exception goes on."""
        response = _ask(self._exception_middleware, request, exc)
        if not response:
            raise exc
        return response

    def _way_out(self, request: HttpRequest, response: Any) -> Any:
        """Walk all the response methods, then take away a content that HTTP does not allow."""
        for method in self._response_middleware:
            response = method(request, response)
            _check(response, method)
        return conditional_content_removal(request, response)


def conditional_content_removal(request: HttpRequest, response: Any) -> Any:
    """Empty the answer to a HEAD, and a 1xx, 204 or 304 (``django.http.utils``, 1.9)."""
    without_content = response.status_code < 200 or response.status_code in (204, 304)
    if without_content or request.method == "HEAD":
        if response.streaming:
            response.streaming_content = []
        else:
            response.content = b""
    if without_content:
        response["Content-Length"] = "0"
    return response


def _ask(methods: Methods, *args: Any) -> Any:
    """Call methods until one has an answer, and return what the last one called returned."""
    response = None
    for method in methods:
        response = method(*args)
        if response:
            break
    return response


def _check(response: Any, method: Any) -> None:
    if response is None:
        _complain(f"{type(method.__self__).__name__}.{method.__name__}")


def _complain(who: str) -> NoReturn:
    raise ValueError(f"{who} didn't return an HttpResponse object. It returned None instead.")


def _is_renderable(response: Any) -> bool:
    return callable(getattr(response, "render", None))


def _response_for(request: HttpRequest, exc: BaseException) -> Any:
    """Turn what went wrong on the way in into a response."""
    if isinstance(exc, Http404):
        request_logger.warning("Not Found: %s", request.path, extra=_extra(request, 404))
        if settings.DEBUG:
            return technical_404_response(request, exc)
        return _error_handler(request, 404, exc)
    if isinstance(exc, PermissionDenied):
        message = "Forbidden (Permission denied): %s"
        request_logger.warning(message, request.path, extra=_extra(request, 403))
        return _error_handler(request, 403, exc)
    if isinstance(exc, MultiPartParserError):
        message = "Bad request (Unable to parse request body): %s"
        request_logger.warning(message, request.path, extra=_extra(request, 400))
        return _error_handler(request, 400, exc)
    if isinstance(exc, SuspiciousOperation):
        return _suspicious(request, exc)
    return _server_error(request)


def _suspicious(request: HttpRequest, exc: SuspiciousOperation) -> Any:
    logger = logging.getLogger(f"minidjango.security.{type(exc).__name__}")
    logger.error(str(exc), extra=_extra(request, 400))
    if settings.DEBUG:
        return technical_500_response(request, *sys.exc_info(), 400)
    return _error_handler(request, 400, exc)


def _error_handler(request: HttpRequest, status: int, exc: BaseException) -> Any:
    """Ask the URLconf's handler for this status; if that fails in any way, it is a 500."""
    try:
        return get_resolver(get_urlconf()).resolve_error_handler(status)(request, exception=exc)
    except BaseException:  # noqa: BLE001 - as 1.9 has it
        return _server_error(request)


def _server_error(request: HttpRequest) -> Any:
    """Return the 500 for the exception being handled, after telling listeners and operators."""
    signals.got_request_exception.send(sender=None, request=request)
    if not settings.DEBUG_PROPAGATE_EXCEPTIONS:
        message = "Internal Server Error: %s"
        extra = _extra(request, 500)
        request_logger.error(message, request.path, exc_info=True, extra=extra)
    resolver = get_resolver(get_urlconf())
    return handle_uncaught_exception(request, resolver, sys.exc_info())


def _extra(request: HttpRequest, status: int) -> dict[str, Any]:
    return {"status_code": status, "request": request}


def _logged(response: Any) -> Any:
    """Mark a response: 1.9 logs where something goes wrong, and not what comes out in the end."""
    response._has_been_logged = True
    return response
