"""The way to the login page (``django.contrib.auth.views``); the page itself is the project's."""

from typing import Any
from urllib.parse import urlsplit

from minidjango.conf import settings
from minidjango.contrib.auth import REDIRECT_FIELD_NAME
from minidjango.http import HttpResponseRedirect, QueryDict
from minidjango.shortcuts import resolve_url


def redirect_to_login(
    next: str, login_url: Any = None, redirect_field_name: str | None = REDIRECT_FIELD_NAME
) -> HttpResponseRedirect:
    """Redirect to the login page; its query says that ``next`` is where to go from there.

    ``login_url`` is whatever `resolve_url` takes, by default ``settings.LOGIN_URL``.
    """
    parts = urlsplit(resolve_url(login_url or settings.LOGIN_URL))
    if redirect_field_name:
        query = QueryDict(parts.query, mutable=True)
        query[redirect_field_name] = next
        parts = parts._replace(query=query.urlencode(safe="/"))
    return HttpResponseRedirect(parts.geturl())


def _log_in_first(request: Any, login_url: Any, redirect_field_name: str) -> HttpResponseRedirect:
    """Redirect to the login page, and from there back here."""
    page, here = resolve_url(login_url), request.build_absolute_uri()
    theirs, ours = urlsplit(page), urlsplit(here)
    if theirs.scheme in ("", ours.scheme) and theirs.netloc in ("", ours.netloc):
        here = request.get_full_path()
    return redirect_to_login(here, page, redirect_field_name)
