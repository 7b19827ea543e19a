"""A client's session, and who is logged in there (``django.test.client``)."""

from importlib import import_module
from typing import Any

from minidjango.conf import settings
from minidjango.http import HttpRequest, SimpleCookie


class LoginMixin:
    """Logs in and out without a view. The batteries are imported when they are used."""

    cookies: SimpleCookie

    @property
    def session(self) -> Any:
        """The session that the client's cookie names; without one, a new one."""
        store = import_module(settings.SESSION_ENGINE).SessionStore
        cookie = self.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie:
            return store(cookie.value)
        session = store()
        session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return session

    def login(self, **credentials: Any) -> bool:
        """Log in whom a backend knows by these credentials; return whether one does."""
        from minidjango.contrib.auth import authenticate

        user = authenticate(**credentials)
        if user:
            self._login(user)
        return bool(user)

    def force_login(self, user: Any, backend: str | None = None) -> None:
        """Log in a user without asking for credentials."""
        from minidjango.contrib.auth import load_backend

        if backend is None:
            paths = settings.AUTHENTICATION_BACKENDS
            backend = next((p for p in paths if hasattr(load_backend(p), "get_user")), None)
        user.backend = backend
        self._login(user, backend)

    def logout(self) -> None:
        """Log out, and forget all cookies."""
        from minidjango.contrib.auth import get_user, logout

        request = self._request_with_session()
        request.user = get_user(request)
        logout(request)
        self.cookies = SimpleCookie()

    def _login(self, user: Any, backend: str | None = None) -> None:
        from minidjango.contrib.auth import login

        request = self._request_with_session()
        login(request, user, backend)
        request.session.save()
        name = settings.SESSION_COOKIE_NAME
        self.cookies[name] = request.session.session_key
        options = {"domain": settings.SESSION_COOKIE_DOMAIN, "path": "/", "max-age": None}
        secure = settings.SESSION_COOKIE_SECURE or None
        self.cookies[name].update({**options, "secure": secure, "expires": None})

    def _request_with_session(self) -> Any:
        request: Any = HttpRequest()
        request.session = self.session
        return request
