"""Where a request went: scheme, host, port, full path, absolute URI (``django.http.request``)."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from minidjango.conf import settings
from minidjango.core.exceptions import DisallowedHost, ImproperlyConfigured
from minidjango.utils.encoding import escape_uri_path, iri_to_uri
from minidjango.utils.functional import cached_property
from minidjango.utils.http import is_same_domain

host_validation_re = re.compile(r"^([a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::([0-9]+))?$")
LOCAL_HOSTS = (".localhost", "127.0.0.1", "[::1]")


class Location:
    """The part of a request that knows addresses."""

    META: dict[str, Any]
    path: str
    path_info: str

    def _get_raw_host(self) -> str:
        """Return the host that the client says it asked, not yet checked."""
        host: str
        if settings.USE_X_FORWARDED_HOST and "HTTP_X_FORWARDED_HOST" in self.META:
            host = self.META["HTTP_X_FORWARDED_HOST"]
        elif "HTTP_HOST" in self.META:
            host = self.META["HTTP_HOST"]
        else:
            host, port = self.META["SERVER_NAME"], self.get_port()
            if port != ("443" if self.is_secure() else "80"):
                host = f"{host}:{port}"
        return host

    def get_host(self) -> str:
        """Return the host, with its port if it has one.

        Raises DisallowedHost when ``settings.ALLOWED_HOSTS`` does not have it: a made-up host
        must not get into links. While ``DEBUG`` is on and the list is empty, local names pass.
        """
        host = self._get_raw_host()
        allowed = settings.ALLOWED_HOSTS
        if settings.DEBUG and not allowed:
            allowed = LOCAL_HOSTS
        domain, _ = split_domain_port(host)
        if domain and validate_host(domain, allowed):
            return host
        complaint = f"Invalid HTTP_HOST header: {host!r}."
        if domain:
            raise DisallowedHost(f"{complaint} You may need to add {domain!r} to ALLOWED_HOSTS.")
        raise DisallowedHost(
            f"{complaint} The domain name provided is not valid according to RFC 1034/1035."
        )

    def get_port(self) -> str:
        """Return the port."""
        if settings.USE_X_FORWARDED_PORT and "HTTP_X_FORWARDED_PORT" in self.META:
            return str(self.META["HTTP_X_FORWARDED_PORT"])
        return str(self.META["SERVER_PORT"])

    def get_full_path(self, force_append_slash: bool = False) -> str:
        """Return ``path`` and query string, safe to use in a link."""
        return self._get_full_path(self.path, force_append_slash)

    def get_full_path_info(self, force_append_slash: bool = False) -> str:
        """Return ``path_info`` and query string, safe to use in a link."""
        return self._get_full_path(self.path_info, force_append_slash)

    def _get_full_path(self, path: str, force_append_slash: bool) -> str:
        slash = "/" if force_append_slash and not path.endswith("/") else ""
        query = self.META.get("QUERY_STRING", "")
        return escape_uri_path(path) + slash + ("?" + iri_to_uri(query) if query else "")

    def build_absolute_uri(self, location: Any = None) -> str:
        """Return ``location``, by default this request's own, as a whole URI."""
        # "//" keeps a path that itself starts with two slashes from being read as a host.
        location = "//" + self.get_full_path() if location is None else str(location)
        parts = urlsplit(location)
        if not (parts.scheme and parts.netloc):
            dotted = "/./" in parts.path or "/../" in parts.path
            if parts.path.startswith("/") and not (parts.scheme or parts.netloc or dotted):
                location = self._current_scheme_host + location.removeprefix("//")
            else:
                location = urljoin(self._current_scheme_host + self.path, location)
        uri: str = iri_to_uri(location)
        return uri

    @cached_property
    def _current_scheme_host(self) -> str:
        return f"{self.scheme}://{self.get_host()}"

    def _get_scheme(self) -> str:
        return "http"

    @property
    def scheme(self) -> str:
        """``http`` or ``https``, as the server says or, if it is trusted, the proxy before it."""
        if trusted := settings.SECURE_PROXY_SSL_HEADER:
            try:
                header, secure_value = trusted
            except ValueError:
                raise ImproperlyConfigured(
                    "The SECURE_PROXY_SSL_HEADER setting must be a tuple containing two values."
                ) from None
            value = self.META.get(header)
            if value is not None:
                return "https" if value.split(",", 1)[0].strip() == secure_value else "http"
        return self._get_scheme()

    def is_secure(self) -> bool:
        """Whether the request came over HTTPS."""
        return self.scheme == "https"


def split_domain_port(host: str) -> tuple[str, str]:
    """Return domain, in lower case, and port; two empty strings for what is no host."""
    if match := host_validation_re.fullmatch(host.lower()):
        domain, port = match.groups(default="")
        return domain.removesuffix("."), port
    return "", ""


def validate_host(host: str, allowed_hosts: Any) -> bool:
    """Whether a host, lower-case and without port, is one of ``allowed_hosts``."""
    return any(pattern == "*" or is_same_domain(host, pattern) for pattern in allowed_hosts)
