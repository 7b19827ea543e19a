"""Whose page has sent this request? The half of `minidjango.middleware.csrf` that asks the headers.

A browser says so in Origin. One that does not must, over HTTPS, say it in Referer: without that,
somebody on the line could answer for the site's plain HTTP and hand out a secret of their own.
"""

from collections import defaultdict
from typing import Any
from urllib.parse import urlsplit

from minidjango.conf import settings
from minidjango.core.exceptions import DisallowedHost
from minidjango.utils.functional import cached_property
from minidjango.utils.http import is_same_domain

REASON_BAD_ORIGIN = "Origin checking failed - %s does not match any trusted origins."
REASON_NO_REFERER = "Referer checking failed - no Referer."
REASON_BAD_REFERER = "Referer checking failed - %s does not match any trusted origins."
REASON_MALFORMED_REFERER = "Referer checking failed - Referer is malformed."
REASON_INSECURE_REFERER = "Referer checking failed - Referer is insecure while host is secure."


class RejectRequest(Exception):
    """The request is refused; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class OriginChecks:
    """The part of a layer that knows which sites are trusted."""

    @cached_property
    def csrf_trusted_origins_hosts(self) -> list[str]:
        """The hosts of ``CSRF_TRUSTED_ORIGINS``; with ``*``, a dot and a domain."""
        return [urlsplit(origin).netloc.lstrip("*") for origin in settings.CSRF_TRUSTED_ORIGINS]

    @cached_property
    def allowed_origins_exact(self) -> set[str]:
        """The trusted origins without a ``*``."""
        return {origin for origin in settings.CSRF_TRUSTED_ORIGINS if "*" not in origin}

    @cached_property
    def allowed_origin_subdomains(self) -> dict[str, list[str]]:
        """For each scheme, the domains whose subdomains are trusted."""
        found = defaultdict(list)
        for parts in (urlsplit(each) for each in settings.CSRF_TRUSTED_ORIGINS if "*" in each):
            found[parts.scheme].append(parts.netloc.lstrip("*"))
        return found

    def _check_source(self, request: Any) -> None:
        """Raise RejectRequest for a request that was sent by a page of a site not trusted."""
        if "HTTP_ORIGIN" in request.META:
            if not self._origin_verified(request):
                raise RejectRequest(REASON_BAD_ORIGIN % request.META["HTTP_ORIGIN"])
        elif request.is_secure():
            self._check_referer(request)

    def _origin_verified(self, request: Any) -> bool:
        """Whether the Origin header names this site, or a trusted one."""
        origin = request.META["HTTP_ORIGIN"]
        try:
            scheme = "https" if request.is_secure() else "http"
            this_site = {f"{scheme}://{request.get_host()}"}
        except DisallowedHost:
            this_site = set()
        if origin in this_site | self.allowed_origins_exact:
            return True
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        domains = self.allowed_origin_subdomains.get(parts.scheme, ())
        return any(is_same_domain(parts.netloc, domain) for domain in domains)

    def _check_referer(self, request: Any) -> None:
        """Raise RejectRequest unless the Referer is a page of this site's, or of a trusted one."""
        if "HTTP_REFERER" not in request.META:
            raise RejectRequest(REASON_NO_REFERER)
        try:
            referer = urlsplit(request.META["HTTP_REFERER"])
        except ValueError:
            raise RejectRequest(REASON_MALFORMED_REFERER) from None
        if not (referer.scheme and referer.netloc):
            raise RejectRequest(REASON_MALFORMED_REFERER)
        if referer.scheme != "https":
            raise RejectRequest(REASON_INSECURE_REFERER)
        trusted = self.csrf_trusted_origins_hosts
        if any(is_same_domain(referer.netloc, host) for host in trusted):
            return
        try:
            this_site = _own_domain(request)
        except DisallowedHost:
            raise RejectRequest(REASON_BAD_REFERER % referer.geturl()) from None
        if not is_same_domain(referer.netloc, this_site):
            raise RejectRequest(REASON_BAD_REFERER % referer.geturl())


def _own_domain(request: Any) -> str:
    """Return the domain that the secret is kept for, with its port: by default the host itself."""
    by_session = settings.CSRF_USE_SESSIONS
    domain = settings.SESSION_COOKIE_DOMAIN if by_session else settings.CSRF_COOKIE_DOMAIN
    if domain is None:
        return str(request.get_host())
    port = request.get_port()
    return str(domain) if port in ("443", "80") else f"{domain}:{port}"
