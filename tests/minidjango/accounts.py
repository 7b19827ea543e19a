"""A place for users on either framework: Django's needs its application registry and a table."""

import contextlib
from collections.abc import Iterator
from typing import Any

from tests.minidjango.twoframeworks import Framework

APPS = ["django.contrib.auth", "django.contrib.contenttypes"]


@contextlib.contextmanager
def django_apps() -> Iterator[None]:
    """Let Django's models be imported and used; afterwards, as if there were no applications."""
    from django.apps import apps

    _forget_apps()  # another test may have set Django up with none
    _forget_connections()
    apps.populate(APPS)
    try:
        yield
    finally:
        _forget_apps()
        _forget_connections()


def _forget_apps() -> None:
    """Leave Django's registry as it was at start."""
    from django.apps import apps

    for name in ("apps_ready", "models_ready", "ready", "loading"):
        setattr(apps, name, False)
    apps.app_configs.clear()
    apps.clear_cache()


def _forget_connections() -> None:
    """Have Django read DATABASES again."""
    from django.db import connections

    vars(connections).pop("settings", None)
    connections._settings = None
    if hasattr(connections._connections, "default"):
        del connections["default"]


@contextlib.contextmanager
def accounts(fw: Framework, name: Any = ":memory:", **more: Any) -> Iterator[Any]:
    """Give a framework an empty table for users, sessions in a cache, and a fast hasher.

    Yields what finds a name of ``contrib.auth``.
    """
    root, settings = fw.root, fw("conf.settings")
    engine = f"{root}.db.backends.sqlite3"
    options = {
        "AUTHENTICATION_BACKENDS": [f"{root}.contrib.auth.backends.ModelBackend"],
        "DATABASES": {"default": {"ENGINE": engine, "NAME": name}},
        "PASSWORD_HASHERS": [f"{root}.contrib.auth.hashers.MD5PasswordHasher"],
        "SESSION_ENGINE": f"{root}.contrib.sessions.backends.cache",
        "CACHES": {"default": {"BACKEND": f"{root}.core.cache.backends.locmem.LocMemCache"}},
        **more,
    }
    for key, value in options.items():
        setattr(settings, key, value)
    reset_hashers = fw("contrib.auth.hashers.reset_hashers")
    with contextlib.ExitStack() as stack:
        if root == "django":
            stack.enter_context(django_apps())
            stack.enter_context(_table())
        reset_hashers(setting="PASSWORD_HASHERS")
        stack.callback(reset_hashers, setting="PASSWORD_HASHERS")
        yield lambda path: fw(f"contrib.auth.{path}")


@contextlib.contextmanager
def _table() -> Iterator[None]:
    from django.contrib.auth.models import User
    from django.db import connection

    if User._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(User)
    try:
        yield
    finally:
        if connection.connection:
            connection.connection.close()


def visitor(fw: Framework, **headers: Any) -> Any:
    """Return a request with an empty session."""
    request = fw("test.RequestFactory")().get("/here/?a=b", **headers)
    request.session = fw("contrib.sessions.backends.cache.SessionStore")()
    return request


def two_users(auth: Any) -> Any:
    """Make ann and bob."""
    create = auth("models.User").objects.create_user
    return create("ann", password="secret"), create("bob", password="secret")
