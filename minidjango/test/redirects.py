"""Following redirects, as a browser does (``django.test.client``)."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from minidjango.http import QueryDict

REDIRECT_STATUS_CODES = frozenset([301, 302, 303, 307, 308])


class RedirectCycleError(Exception):
    """Redirects lead back to where they came from, or never end."""

    def __init__(self, message: str, last_response: Any) -> None:
        super().__init__(message)
        self.last_response = last_response
        self.redirect_chain = last_response.redirect_chain


def follow_redirects(client: Any, response: Any, **options: Any) -> Any:
    """Return the response at the end; its ``redirect_chain`` has each URL and status on the way.

    ``options`` are those of the first request. Raises RedirectCycleError.
    """
    chain = response.redirect_chain = []
    while response.status_code in REDIRECT_STATUS_CODES:
        chain.append((response.url, response.status_code))
        response = _next(client, response, **options)
        response.redirect_chain = chain
        if chain[-1] in chain[:-1]:
            raise RedirectCycleError("Redirect loop detected.", last_response=response)
        if len(chain) > 20:
            raise RedirectCycleError("Too many redirects.", last_response=response)
    return response


def _next(client: Any, response: Any, data: Any, content_type: str = "", **extra: Any) -> Any:
    """Ask for where a response points to: with GET, or for 307 and 308 the same again."""
    url = urlsplit(response.url)
    if url.scheme:
        extra["wsgi.url_scheme"] = url.scheme
    if url.hostname:
        extra["SERVER_NAME"] = extra["HTTP_HOST"] = url.hostname
    if url.port:
        extra["SERVER_PORT"] = str(url.port)
    path = url.path or ("/" if url.netloc else "")
    if not path.startswith("/"):
        path = urljoin(response.request["PATH_INFO"], path)
    if response.status_code not in (307, 308):
        return client.get(path, QueryDict(url.query), **extra)
    method = response.request["REQUEST_METHOD"].lower()
    if method not in ("get", "head"):
        extra["QUERY_STRING"] = url.query
    return getattr(client, method)(path, data, content_type=content_type, **extra)
