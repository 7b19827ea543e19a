"""What a setting is when nobody sets it (``django.conf.global_settings``).

Only settings that the framework reads are here. ``ROOT_URLCONF`` has no default, as in Django.
"""

from re import Pattern
from typing import Any

DEBUG = False
DEBUG_PROPAGATE_EXCEPTIONS = False
"""Let a 500 leave the application as the exception that it was."""

SECRET_KEY = ""
SECRET_KEY_FALLBACKS: list[str] = []
"""Keys of former times: what they signed is still good."""
SIGNING_BACKEND = "minidjango.core.signing.TimestampSigner"

ALLOWED_HOSTS: list[str] = []
"""Host names that this site answers to; ``"*"`` is any, ``".example.com"`` its subdomains too."""

INTERNAL_IPS: list[str] = []
INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] | None = []
"""Dotted paths of layers, outermost first."""
MIDDLEWARE_CLASSES: list[str] | None = None
"""The same for the old stack (Django before 1.10); it counts where MIDDLEWARE is not set."""

TEMPLATES: list[dict[str, Any]] = []
WSGI_APPLICATION: str | None = None
APPEND_SLASH = True
PREPEND_WWW = False
DISALLOWED_USER_AGENTS: list[Pattern[str]] = []
DEFAULT_CHARSET = "utf-8"
LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True

FORCE_SCRIPT_NAME: str | None = None
USE_X_FORWARDED_HOST = False
USE_X_FORWARDED_PORT = False
SECURE_PROXY_SSL_HEADER: tuple[str, str] | None = None

SECURE_SSL_REDIRECT = False
SECURE_SSL_HOST: str | None = None
SECURE_REDIRECT_EXEMPT: list[str] = []
SECURE_HSTS_SECONDS = 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_HSTS_PRELOAD = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY: str | list[str] | None = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY: str | None = "same-origin"
X_FRAME_OPTIONS = "DENY"

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "minidjango.core.cache.backends.locmem.LocMemCache"}
}
CACHE_MIDDLEWARE_ALIAS = "default"
CACHE_MIDDLEWARE_SECONDS = 600
CACHE_MIDDLEWARE_KEY_PREFIX = ""

CSRF_COOKIE_NAME = "csrftoken"
CSRF_COOKIE_AGE: int | None = 60 * 60 * 24 * 7 * 52
CSRF_COOKIE_DOMAIN: str | None = None
CSRF_COOKIE_PATH = "/"
CSRF_COOKIE_SECURE = False
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE: str | None = "Lax"
CSRF_FAILURE_VIEW = "minidjango.views.csrf.csrf_failure"
CSRF_HEADER_NAME = "HTTP_X_CSRFTOKEN"
CSRF_TRUSTED_ORIGINS: list[str] = []
CSRF_USE_SESSIONS = False

SESSION_ENGINE = "minidjango.contrib.sessions.backends.cache"
"""A module with a ``SessionStore``. (Django's default keeps sessions in the database.)"""
SESSION_SERIALIZER = "minidjango.contrib.sessions.serializers.JSONSerializer"
SESSION_CACHE_ALIAS = "default"
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
SESSION_COOKIE_NAME = "sessionid"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 7 * 2
SESSION_COOKIE_DOMAIN: str | None = None
SESSION_COOKIE_PATH = "/"
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE: str | None = "Lax"

MESSAGE_STORAGE = "minidjango.contrib.messages.storage.fallback.FallbackStorage"

AUTHENTICATION_BACKENDS = ["minidjango.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/accounts/login/"
PASSWORD_HASHERS = [
    "minidjango.contrib.auth.hashers.PBKDF2PasswordHasher",
    "minidjango.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
]
DATABASES: dict[str, dict[str, Any]] = {}
"""Where users are kept: an ENGINE and a NAME for ``"default"``."""

DATA_UPLOAD_MAX_MEMORY_SIZE: int | None = 2621440
"""Bytes; None is no limit."""
DATA_UPLOAD_MAX_NUMBER_FIELDS: int | None = 1000
DATA_UPLOAD_MAX_NUMBER_FILES: int | None = 100

LOGGING_CONFIG: str | None = "logging.config.dictConfig"
LOGGING: dict[str, Any] = {}
