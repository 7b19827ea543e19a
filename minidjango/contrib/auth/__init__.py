"""Who sends a request? (``django.contrib.auth``).

A backend says whether credentials are right (`authenticate`). After `login` the session keeps three
things: the user's id, the path of the backend that vouched for them, and a hash that holds only as
long as their password. `get_user` goes back from those to the user, request by request.
"""

import re
from inspect import signature
from typing import Any

from minidjango.conf import settings
from minidjango.contrib.auth.models import AnonymousUser, User
from minidjango.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from minidjango.core.exceptions import ImproperlyConfigured, PermissionDenied
from minidjango.middleware.csrf import rotate_token
from minidjango.utils.crypto import constant_time_compare
from minidjango.utils.module_loading import import_string

SESSION_KEY = "_auth_user_id"
BACKEND_SESSION_KEY = "_auth_user_backend"
HASH_SESSION_KEY = "_auth_user_hash"
REDIRECT_FIELD_NAME = "next"


def load_backend(path: str) -> Any:
    """Return a new backend of the class that a dotted path names."""
    return import_string(path)()


def get_backends() -> list[Any]:
    """Return the backends; ImproperlyConfigured if ``AUTHENTICATION_BACKENDS`` has none."""
    return [backend for backend, _ in _get_backends()]


def _get_backends() -> list[tuple[Any, str]]:
    backends = [(load_backend(path), path) for path in settings.AUTHENTICATION_BACKENDS]
    if not backends:
        raise ImproperlyConfigured(
            "No authentication backends have been defined. Does AUTHENTICATION_BACKENDS contain "
            "anything?"
        )
    return backends


def authenticate(request: Any = None, **credentials: Any) -> Any:
    """Return the user whom these credentials belong to, or None.

    The backends that take such credentials are asked in turn. The first that knows the user is
    kept in ``user.backend``; one that raises PermissionDenied has the last word.
    """
    for backend, path in _get_backends():
        if not _takes(backend, request, credentials):
            continue
        try:
            user = backend.authenticate(request, **credentials)
        except PermissionDenied:
            break
        if user is not None:
            user.backend = path
            return user
    cleaned = _clean_credentials(credentials)
    user_login_failed.send(sender=__name__, credentials=cleaned, request=request)
    return None


def _takes(backend: Any, request: Any, credentials: dict[str, Any]) -> bool:
    try:
        signature(backend.authenticate).bind(request, **credentials)
    except TypeError:
        return False
    return True


def _clean_credentials(credentials: dict[str, Any]) -> dict[str, Any]:
    """Return them without what receivers of a signal should not see."""
    secret = re.compile("api|token|key|secret|password|signature", re.IGNORECASE)
    return {name: "*" * 20 if secret.search(name) else credentials[name] for name in credentials}


def login(request: Any, user: Any, backend: Any = None) -> None:
    """Let this and the visitor's next requests be a user's.

    The session gets a new key, so that a key foisted on the visitor before is worth nothing. What
    it holds is kept, unless it was another user's; so is nothing of an older password.

    Raises ValueError when there are several backends and neither ``backend`` nor
    ``user.backend`` says which, TypeError for one that is not a dotted path.
    """
    session_hash = user.get_session_auth_hash() if hasattr(user, "get_session_auth_hash") else ""
    session = request.session
    if SESSION_KEY not in session:
        session.cycle_key()
    elif _get_user_session_key(request) != user.pk or (
        session_hash and not constant_time_compare(session.get(HASH_SESSION_KEY, ""), session_hash)
    ):
        session.flush()
    path = _get_backend_from_user(user, backend)
    session[SESSION_KEY] = user._meta.pk.value_to_string(user)
    session[BACKEND_SESSION_KEY] = path
    session[HASH_SESSION_KEY] = session_hash
    if hasattr(request, "user"):
        request.user = user
    rotate_token(request)
    user_logged_in.send(sender=user.__class__, request=request, user=user)


def _get_user_session_key(request: Any) -> Any:
    """Return the id in the session, where it is text; KeyError if nobody is logged in."""
    return get_user_model()._meta.pk.to_python(request.session[SESSION_KEY])


def _get_backend_from_user(user: Any, backend: Any = None) -> str:
    path = backend or getattr(user, "backend", None)
    if path is None:
        (_, path), *others = _get_backends()
        if others:
            raise ValueError(
                "You have multiple authentication backends configured and therefore must provide "
                "the `backend` argument or set the `backend` attribute on the user."
            )
    if not isinstance(path, str):
        raise TypeError(f"backend must be a dotted import path string (got {path!r}).")
    return path


def logout(request: Any) -> None:
    """Forget the user, and the whole session with them."""
    user = getattr(request, "user", None)
    if not getattr(user, "is_authenticated", True):
        user = None
    user_logged_out.send(sender=user.__class__, request=request, user=user)
    request.session.flush()
    if hasattr(request, "user"):
        request.user = AnonymousUser()


def get_user_model() -> Any:
    """Return the class of users; there is one."""
    return User


def get_user(request: Any) -> Any:
    """Return the user of the request's session, or an AnonymousUser."""
    try:
        user_id = _get_user_session_key(request)
        path = request.session[BACKEND_SESSION_KEY]
    except KeyError:
        return AnonymousUser()
    user = None
    if path in settings.AUTHENTICATION_BACKENDS:
        user = load_backend(path).get_user(user_id)
        if hasattr(user, "get_session_auth_hash") and not _is_verified(request.session, user):
            request.session.flush()
            user = None
    return user or AnonymousUser()


def _is_verified(session: Any, user: Any) -> bool:
    """Whether the password is still that of the login; renew a hash made with an older key."""
    kept = session.get(HASH_SESSION_KEY)
    if not kept:
        return False
    current = user.get_session_auth_hash()
    if constant_time_compare(kept, current):
        return True
    if not any(constant_time_compare(kept, old) for old in user.get_session_auth_fallback_hash()):
        return False
    session.cycle_key()
    session[HASH_SESSION_KEY] = current
    return True


def update_session_auth_hash(request: Any, user: Any) -> None:
    """Keep this session when its user takes a new password; all others of theirs end."""
    request.session.cycle_key()
    if hasattr(user, "get_session_auth_hash") and request.user == user:
        request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
