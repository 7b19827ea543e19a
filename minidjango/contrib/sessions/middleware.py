"""``request.session`` and its cookie (``django.contrib.sessions.middleware``)."""

import time
from importlib import import_module
from typing import Any

from minidjango.conf import settings
from minidjango.contrib.sessions.backends.base import UpdateError
from minidjango.contrib.sessions.exceptions import SessionInterrupted
from minidjango.utils.cache import patch_vary_headers
from minidjango.utils.deprecation import MiddlewareMixin
from minidjango.utils.functional import empty
from minidjango.utils.http import http_date


class SessionMiddleware(MiddlewareMixin):
    """On the way in, finds the visitor's session; on the way out, saves it if it was changed.

    Nothing is saved for a response of 500 and above. What depends on a session depends on the
    cookie, so the response says ``Vary: Cookie`` as soon as anybody looked at it.
    """

    def __init__(self, get_response: Any = empty) -> None:
        super().__init__(get_response)
        self.SessionStore = import_module(settings.SESSION_ENGINE).SessionStore

    def process_request(self, request: Any) -> None:
        """Set ``request.session``. Nothing is loaded yet."""
        request.session = self.SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))

    def process_response(self, request: Any, response: Any) -> Any:
        """Save a changed session and set its cookie; delete the cookie of an emptied one.

        Raises SessionInterrupted, a 400, when another request has deleted the session meanwhile.
        """
        try:
            session = request.session
            varies, modified, is_empty = session.accessed, session.modified, session.is_empty()
        except AttributeError:  # a layer outside this one answered, or replaced the session
            return response
        to_save = modified or settings.SESSION_SAVE_EVERY_REQUEST
        if is_empty and settings.SESSION_COOKIE_NAME in request.COOKIES:
            self._delete_cookie(response)
            varies = True
        elif to_save and not is_empty and response.status_code < 500:
            self._save(session, response)
            varies = True
        if varies:
            patch_vary_headers(response, ("Cookie",))
        return response

    @staticmethod
    def _save(session: Any, response: Any) -> None:
        max_age = expires = None
        if not session.get_expire_at_browser_close():
            max_age = session.get_expiry_age()
            expires = http_date(time.time() + max_age)
        try:
            session.save()
        except UpdateError:
            raise SessionInterrupted(
                "The request's session was deleted before the request completed. The user may "
                "have logged out in a concurrent request, for example."
            ) from None
        response.set_cookie(
            settings.SESSION_COOKIE_NAME,
            session.session_key,
            max_age=max_age,
            expires=expires,
            domain=settings.SESSION_COOKIE_DOMAIN,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=settings.SESSION_COOKIE_HTTPONLY,
            samesite=settings.SESSION_COOKIE_SAMESITE,
        )

    @staticmethod
    def _delete_cookie(response: Any) -> None:
        response.delete_cookie(
            settings.SESSION_COOKIE_NAME,
            path=settings.SESSION_COOKIE_PATH,
            domain=settings.SESSION_COOKIE_DOMAIN,
            samesite=settings.SESSION_COOKIE_SAMESITE,
        )
