"""The settings under which Django runs its own tests (its ``runtests.py``), for minidjango."""

import copy
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from minidjango.utils.log import DEFAULT_LOGGING

SECRET_KEY = "django_tests_secret_key"
PASSWORD_HASHERS = ["minidjango.contrib.auth.hashers.MD5PasswordHasher"]
DEFAULT_AUTO_FIELD = "minidjango.db.models.AutoField"
USE_TZ = False
ROOT_URLCONF = "urls"
DATABASES = {"default": {"ENGINE": "minidjango.db.backends.sqlite3", "NAME": ":memory:"}}
STATIC_URL = "static/"
LANGUAGE_CODE = "en"
SITE_ID = 1


def _has(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _there(paths: list[str]) -> list[str]:
    """Return those of some dotted paths whose modules minidjango has."""
    return [path for path in paths if _has(path.rpartition(".")[0])]


INSTALLED_APPS = [
    name
    for name in (
        "minidjango.contrib.contenttypes",
        "minidjango.contrib.auth",
        "minidjango.contrib.sites",
        "minidjango.contrib.sessions",
        "minidjango.contrib.messages",
        "minidjango.contrib.staticfiles",
    )
    if _has(name)
]
MIDDLEWARE = _there(
    [
        "minidjango.contrib.sessions.middleware.SessionMiddleware",
        "minidjango.middleware.common.CommonMiddleware",
        "minidjango.middleware.csrf.CsrfViewMiddleware",
        "minidjango.contrib.auth.middleware.AuthenticationMiddleware",
        "minidjango.contrib.messages.middleware.MessageMiddleware",
    ]
)
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "tests.minidjango.upstream.engines.minidjango.DjangoTemplates",
        "DIRS": [str(Path(os.environ.get("RUNTESTS_DIR", ".")) / "templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": _there(
                [
                    "minidjango.template.context_processors.request",
                    "minidjango.contrib.auth.context_processors.auth",
                    "minidjango.contrib.messages.context_processors.messages",
                ]
            )
        },
    }
]
LOGGING = copy.deepcopy(DEFAULT_LOGGING)
LOGGING["loggers"]["minidjango"]["level"] = "ERROR"  # type: ignore[index]
