"""A form that changes something must come from this site (``django.middleware.csrf``).

The browser keeps a secret, in a cookie or the session, and sends it with every request, whoever's
page makes it do so. Forms carry a token made from the same secret, which only pages of this site
know. A request that is to change something must bring both.
"""

import logging
import re
import string
from contextlib import suppress
from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.http import HttpHeaders, UnreadablePostError
from minidjango.middleware.csrf_origins import (  # noqa: F401 - Django has them here
    REASON_BAD_ORIGIN,
    REASON_BAD_REFERER,
    REASON_INSECURE_REFERER,
    REASON_MALFORMED_REFERER,
    REASON_NO_REFERER,
    OriginChecks,
    RejectRequest,
)
from minidjango.urls import get_callable
from minidjango.utils.cache import patch_vary_headers
from minidjango.utils.crypto import constant_time_compare, get_random_string
from minidjango.utils.deprecation import MiddlewareMixin
from minidjango.utils.log import log_response

logger = logging.getLogger("minidjango.security.csrf")

REASON_NO_CSRF_COOKIE = "CSRF cookie not set."
REASON_CSRF_TOKEN_MISSING = "CSRF token missing."
REASON_INCORRECT_LENGTH = "has incorrect length"
REASON_INVALID_CHARACTERS = "has invalid characters"

CSRF_SECRET_LENGTH = 32
CSRF_TOKEN_LENGTH = 2 * CSRF_SECRET_LENGTH
CSRF_ALLOWED_CHARS = string.ascii_letters + string.digits
CSRF_SESSION_KEY = "_csrftoken"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")


class InvalidTokenFormat(Exception):
    """A text that cannot be a token; ``reason`` says why, without a subject."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def get_token(request: Any) -> str:
    """Return a token for a form; the response will then set, or renew, the cookie.

    Every call gives another one. All of them stand for the same secret: it is masked, since what
    looks the same in many compressed pages can be guessed from their lengths.
    """
    if "CSRF_COOKIE" not in request.META:
        rotate_token(request)
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    return _mask_cipher_secret(request.META["CSRF_COOKIE"])


def rotate_token(request: Any) -> None:
    """Take a new secret, as when a user logs in; tokens made so far are worth nothing."""
    request.META["CSRF_COOKIE"] = get_random_string(CSRF_SECRET_LENGTH, CSRF_ALLOWED_CHARS)
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True


def _mask_cipher_secret(secret: str) -> str:
    """Return a random mask, and the secret moved along the alphabet by it."""
    mask = get_random_string(CSRF_SECRET_LENGTH, CSRF_ALLOWED_CHARS)
    return mask + _moved(secret, mask, 1)


def _unmask_cipher_token(token: str) -> str:
    """Return the secret in a token."""
    return _moved(token[CSRF_SECRET_LENGTH:], token[:CSRF_SECRET_LENGTH], -1)


def _moved(text: str, mask: str, direction: int) -> str:
    places = CSRF_ALLOWED_CHARS.index
    moved = (places(char) + direction * places(by) for char, by in zip(text, mask, strict=False))
    return "".join(CSRF_ALLOWED_CHARS[place % len(CSRF_ALLOWED_CHARS)] for place in moved)


def _check_token_format(token: str) -> None:
    """Raise InvalidTokenFormat for what is neither a secret nor a token."""
    if len(token) not in (CSRF_TOKEN_LENGTH, CSRF_SECRET_LENGTH):
        raise InvalidTokenFormat(REASON_INCORRECT_LENGTH)
    if re.search("[^a-zA-Z0-9]", token):
        raise InvalidTokenFormat(REASON_INVALID_CHARACTERS)


def _does_token_match(request_csrf_token: str, csrf_secret: str) -> bool:
    """Whether a token, or the secret itself as a script would send it, stands for a secret."""
    if len(request_csrf_token) == CSRF_TOKEN_LENGTH:
        request_csrf_token = _unmask_cipher_token(request_csrf_token)
    assert len(request_csrf_token) == CSRF_SECRET_LENGTH
    return constant_time_compare(request_csrf_token, csrf_secret)


class CsrfViewMiddleware(OriginChecks, MiddlewareMixin):
    """Refuses what could have been sent by another site's page, before the view is called."""

    def process_request(self, request: Any) -> None:
        """Remember the client's secret; `get_token` works with it."""
        try:
            secret = self._get_secret(request)
        except InvalidTokenFormat:
            rotate_token(request)
        else:
            if secret is not None:
                request.META["CSRF_COOKIE"] = secret

    def process_view(
        self, request: Any, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> Any:
        """Return the page of CSRF_FAILURE_VIEW for a request that is refused.

        Let through: the methods that change nothing, views with `csrf_exempt`, and what another
        such layer, or the decorator, has found good already.
        """
        done = getattr(request, "csrf_processing_done", False)
        if done or getattr(callback, "csrf_exempt", False):
            return None
        unchecked = getattr(request, "_dont_enforce_csrf_checks", False)  # by the test client
        if request.method not in SAFE_METHODS and not unchecked:
            try:
                self._check_source(request)
                self._check_token(request)
            except RejectRequest as refusal:
                return self._reject(request, refusal.reason)
        request.csrf_processing_done = True
        return None

    def process_response(self, request: Any, response: Any) -> Any:
        """Hand out the secret if a token was asked for."""
        if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            self._set_csrf_cookie(request, response)
            # Done, unless somebody asks again before the next such layer further out.
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
        return response

    def _reject(self, request: Any, reason: str) -> Any:
        """Make the response for a refused request; `requires_csrf_token` lets it through."""
        response = get_callable(settings.CSRF_FAILURE_VIEW)(request, reason=reason)
        about = {"response": response, "request": request, "logger": logger}
        log_response("Forbidden (%s): %s", reason, request.path, **about)
        return response

    def _get_secret(self, request: Any) -> str | None:
        """Return the client's secret or None; InvalidTokenFormat for a cookie that is no secret."""
        secret: str | None
        if settings.CSRF_USE_SESSIONS:
            try:
                secret = request.session.get(CSRF_SESSION_KEY)
            except AttributeError:
                raise ImproperlyConfigured(
                    "CSRF_USE_SESSIONS is enabled, but request.session is not set. "
                    "SessionMiddleware must appear before CsrfViewMiddleware in MIDDLEWARE."
                ) from None
        else:
            secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
            if secret is not None:
                _check_token_format(secret)
        # Before 4.0 what was kept was masked.
        if secret and len(secret) == CSRF_TOKEN_LENGTH:
            return _unmask_cipher_token(secret)
        return secret

    def _check_token(self, request: Any) -> None:
        """Raise RejectRequest unless the request brings a token for the client's secret."""
        try:
            secret = self._get_secret(request)  # anew: it may have been rotated since
        except InvalidTokenFormat as error:
            raise RejectRequest(f"CSRF cookie {error.reason}.") from None
        if secret is None:
            raise RejectRequest(REASON_NO_CSRF_COOKIE)
        token, source = _token_sent(request)
        try:
            _check_token_format(token)
        except InvalidTokenFormat as error:
            raise RejectRequest(f"CSRF token from {source} {error.reason}.") from None
        if not _does_token_match(token, secret):
            raise RejectRequest(f"CSRF token from {source} incorrect.")

    def _set_csrf_cookie(self, request: Any, response: Any) -> None:
        secret = request.META["CSRF_COOKIE"]
        if settings.CSRF_USE_SESSIONS:
            if request.session.get(CSRF_SESSION_KEY) != secret:
                request.session[CSRF_SESSION_KEY] = secret
            return
        response.set_cookie(
            settings.CSRF_COOKIE_NAME,
            secret,
            max_age=settings.CSRF_COOKIE_AGE,
            domain=settings.CSRF_COOKIE_DOMAIN,
            path=settings.CSRF_COOKIE_PATH,
            secure=settings.CSRF_COOKIE_SECURE,
            httponly=settings.CSRF_COOKIE_HTTPONLY,
            samesite=settings.CSRF_COOKIE_SAMESITE,
        )
        patch_vary_headers(response, ("Cookie",))


def _token_sent(request: Any) -> tuple[str, str]:
    """Return the token, and where it was: in the form or, as scripts send it, in a header."""
    token = ""
    if request.method == "POST":
        with suppress(UnreadablePostError):  # the client went away: nobody will read the answer
            token = request.POST.get("csrfmiddlewaretoken", "")
    if token:
        return token, "POST"
    name = settings.CSRF_HEADER_NAME
    if name not in request.META:
        raise RejectRequest(REASON_CSRF_TOKEN_MISSING)
    return request.META[name], f"the {HttpHeaders.parse_header_name(name)!r} HTTP header"
