"""Methods that a view takes, pages that a client has (``django.views.decorators.http``)."""

import datetime
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from minidjango.http import HttpRequest, HttpResponseNotAllowed
from minidjango.middleware.http import ConditionalGetMiddleware
from minidjango.utils.cache import get_conditional_response
from minidjango.utils.decorators import Decorator, ViewFunc, decorator_from_middleware
from minidjango.utils.http import http_date, quote_etag
from minidjango.utils.log import log_response

conditional_page = decorator_from_middleware(ConditionalGetMiddleware)


def require_http_methods(request_method_list: Sequence[str]) -> Decorator:
    """Answer every method but these, in upper case, with 405."""

    def decorator(func: ViewFunc) -> ViewFunc:
        @wraps(func)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.method in request_method_list:
                return func(request, *args, **kwargs)
            response = HttpResponseNotAllowed(request_method_list)
            log_response(
                "Method Not Allowed (%s): %s",
                *(request.method, request.path),
                response=response,
                request=request,
            )
            return response

        return inner

    return decorator


require_GET = require_http_methods(["GET"])
require_POST = require_http_methods(["POST"])
require_safe = require_http_methods(["GET", "HEAD"])


def condition(
    etag_func: Callable[..., str | None] | None = None,
    last_modified_func: Callable[..., datetime.datetime | None] | None = None,
) -> Decorator:
    """Answer conditional requests, with 304 or 412, without calling the view.

    Both functions are called with the view's arguments and return None for what does not exist.
    What they say goes into the headers of a GET or a HEAD.

    Args:
        etag_func: returns the ETag; without quotes it is a strong one.
        last_modified_func: returns the time of the last change, in UTC if it is naive.
    """

    def decorator(func: ViewFunc) -> ViewFunc:
        @wraps(func)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            etag = etag_func(request, *args, **kwargs) if etag_func else None
            etag = None if etag is None else quote_etag(etag)
            changed = last_modified_func(request, *args, **kwargs) if last_modified_func else None
            last_modified = _timestamp(changed) if changed else None

            response = get_conditional_response(request, etag, last_modified)
            if response is None:
                response = func(request, *args, **kwargs)
            if request.method in ("GET", "HEAD"):
                if last_modified:
                    response.headers.setdefault("Last-Modified", http_date(last_modified))
                if etag:
                    response.headers.setdefault("ETag", etag)
            return response

        return inner

    return decorator


def _timestamp(moment: datetime.datetime) -> int:
    if moment.utcoffset() is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return int(moment.timestamp())


def etag(etag_func: Callable[..., str | None]) -> Decorator:
    """Answer conditional requests by ETag alone; see `condition`."""
    return condition(etag_func=etag_func)


def last_modified(last_modified_func: Callable[..., datetime.datetime | None]) -> Decorator:
    """Answer conditional requests by date alone; see `condition`."""
    return condition(last_modified_func=last_modified_func)
