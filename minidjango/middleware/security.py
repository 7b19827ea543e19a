"""HTTPS, and headers that make browsers careful (``django.middleware.security``)."""

import re
from typing import Any

from minidjango.conf import settings
from minidjango.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from minidjango.utils.deprecation import MiddlewareMixin
from minidjango.utils.functional import empty


class SecurityMiddleware(MiddlewareMixin):
    """Sends clients to HTTPS and tells browsers what not to do.

    Every ``SECURE_`` setting is read here, once; a header that a view has set is left alone.
    """

    def __init__(self, get_response: Any = empty) -> None:
        super().__init__(get_response)
        self.redirect = settings.SECURE_SSL_REDIRECT
        self.redirect_host = settings.SECURE_SSL_HOST
        self.redirect_exempt = [re.compile(regex) for regex in settings.SECURE_REDIRECT_EXEMPT]
        self.transport_security = self._transport_security()
        headers = {
            "X-Content-Type-Options": "nosniff" if settings.SECURE_CONTENT_TYPE_NOSNIFF else None,
            "Referrer-Policy": self._referrer_policy(),
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        }
        self.headers = {name: value for name, value in headers.items() if value}

    @staticmethod
    def _transport_security() -> str | None:
        """Return how long browsers shall insist on HTTPS (RFC 6797), if they shall."""
        if not settings.SECURE_HSTS_SECONDS:
            return None
        subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
        preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
        return f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}{preload}"

    @staticmethod
    def _referrer_policy() -> str | None:
        """Return one policy, or several of which a browser takes the last that it knows."""
        policy = settings.SECURE_REFERRER_POLICY
        if isinstance(policy, str):
            policy = [each.strip() for each in policy.split(",")]
        return ",".join(policy) if policy else None

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Redirect to HTTPS, unless the path is exempt."""
        if not self.redirect or request.is_secure():
            return None
        path = request.path.lstrip("/")
        if any(pattern.search(path) for pattern in self.redirect_exempt):
            return None
        host = self.redirect_host or request.get_host()
        return HttpResponsePermanentRedirect(f"https://{host}{request.get_full_path()}")

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Add the headers."""
        # Over plain HTTP anybody on the way could have written it, so browsers ignore it there.
        if self.transport_security and request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", self.transport_security)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        return response
