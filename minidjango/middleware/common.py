"""The addresses of a site, and Content-Length (``django.middleware.common``)."""

from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import PermissionDenied
from minidjango.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from minidjango.urls import is_valid_path
from minidjango.utils.deprecation import MiddlewareMixin
from minidjango.utils.http import escape_leading_slashes


class CommonMiddleware(MiddlewareMixin):
    """One address for each page.

    With ``settings.APPEND_SLASH`` an address that leads nowhere is redirected to the same with a
    slash, if that leads somewhere; with ``PREPEND_WWW`` every host gets its ``www.``. A client
    whose User-Agent matches one of ``DISALLOWED_USER_AGENTS`` is turned away.
    """

    response_redirect_class: type[HttpResponse] = HttpResponsePermanentRedirect

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Redirect to ``www.``, with a slash where one is missing: one redirect, not two.

        Raises PermissionDenied for an unwanted client, DisallowedHost for a host not our own.
        """
        agent, unwanted = request.META.get("HTTP_USER_AGENT"), settings.DISALLOWED_USER_AGENTS
        if agent is not None and any(regex.search(agent) for regex in unwanted):
            raise PermissionDenied("Forbidden user agent")
        host = request.get_host()
        if not settings.PREPEND_WWW or host.startswith("www."):
            return None
        if self.should_redirect_with_slash(request):
            path = self.get_full_path_with_slash(request)
        else:
            path = request.get_full_path()
        return self.response_redirect_class(f"{request.scheme}://www.{host}{path}")

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Redirect a 404 that only lacks a slash; say how long any other body is."""
        if response.status_code == 404 and self.should_redirect_with_slash(request):
            return self.response_redirect_class(self.get_full_path_with_slash(request))
        if not response.streaming and "Content-Length" not in response:
            response.headers["Content-Length"] = str(len(response.content))
        return response

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        """Whether the path leads nowhere, but would with a slash."""
        path = request.path_info
        if not settings.APPEND_SLASH or path.endswith("/"):
            return False
        urlconf = getattr(request, "urlconf", None)
        if is_valid_path(path, urlconf):
            return False
        match: Any = is_valid_path(f"{path}/", urlconf)
        return bool(match) and getattr(match.func, "should_append_slash", True)

    def get_full_path_with_slash(self, request: HttpRequest) -> str:
        """Return path and query with the slash.

        Raises RuntimeError while ``DEBUG`` is on and the request has a body, which a redirect
        would lose.
        """
        # Without the escape, //evil.example would be a redirect to another host.
        path = escape_leading_slashes(request.get_full_path(force_append_slash=True))
        if settings.DEBUG and request.method in ("DELETE", "POST", "PUT", "PATCH"):
            raise RuntimeError(
                f"You called this URL via {request.method}, but the URL doesn't end in a slash "
                "and you have APPEND_SLASH set. Django can't redirect to the slash URL while "
                f"maintaining {request.method} data. Change your form to point to "
                f"{request.get_host()}{path} (note the trailing slash), or set "
                "APPEND_SLASH=False in your Django settings."
            )
        return path
