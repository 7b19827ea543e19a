"""What a setting is when nobody sets it (``django.conf.global_settings``).

Only settings that the framework reads are here. ``ROOT_URLCONF`` has no default, as in Django.
"""

from typing import Any

DEBUG = False
DEBUG_PROPAGATE_EXCEPTIONS = False
"""Let a 500 leave the application as the exception that it was."""

SECRET_KEY = ""
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
DEFAULT_CHARSET = "utf-8"
USE_I18N = True
USE_TZ = True

FORCE_SCRIPT_NAME: str | None = None
USE_X_FORWARDED_HOST = False
USE_X_FORWARDED_PORT = False
SECURE_PROXY_SSL_HEADER: tuple[str, str] | None = None

DATA_UPLOAD_MAX_MEMORY_SIZE: int | None = 2621440
"""Bytes; None is no limit."""
DATA_UPLOAD_MAX_NUMBER_FIELDS: int | None = 1000
DATA_UPLOAD_MAX_NUMBER_FILES: int | None = 100

LOGGING_CONFIG: str | None = "logging.config.dictConfig"
LOGGING: dict[str, Any] = {}
