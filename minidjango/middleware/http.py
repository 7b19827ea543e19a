"""Answering "what you have is still right" (``django.middleware.http``)."""

from typing import Any

from minidjango.http import HttpRequest
from minidjango.utils.cache import cc_delim_re, get_conditional_response, set_response_etag
from minidjango.utils.deprecation import MiddlewareMixin
from minidjango.utils.http import parse_http_date_safe


class ConditionalGetMiddleware(MiddlewareMixin):
    """Gives every page an ETag, and 304 without a body to a client that has the page already.

    That saves sending the page, not making it: see ``minidjango.views.decorators.http.condition``.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Answer a conditional GET. For other methods it is too late, or there is no body."""
        if request.method != "GET":
            return response
        if self.needs_etag(response) and "ETag" not in response:
            set_response_etag(response)

        etag, modified = response.get("ETag"), response.get("Last-Modified")
        last_modified = parse_http_date_safe(modified) if modified else None
        if etag or last_modified:
            return get_conditional_response(
                request, etag=etag, last_modified=last_modified, response=response
            )
        return response

    def needs_etag(self, response: Any) -> bool:
        """Whether anybody may keep the response: ``no-store`` says that nobody may."""
        directives = cc_delim_re.split(response.get("Cache-Control", ""))
        return "no-store" not in (directive.lower() for directive in directives)
