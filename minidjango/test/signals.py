"""What must be forgotten when a setting changes (``django.test.signals``)."""

from threading import local
from typing import Any

from minidjango.core.cache import caches
from minidjango.core.signals import setting_changed
from minidjango.template import engines
from minidjango.urls import clear_url_caches, set_urlconf

__all__ = ["setting_changed"]


def root_urlconf_changed(*, setting: str, **kwargs: Any) -> None:
    """Forget the resolvers."""
    if setting == "ROOT_URLCONF":
        clear_url_caches()
        set_urlconf(None)


def reset_template_engines(*, setting: str, **kwargs: Any) -> None:
    """Forget the template engines."""
    if setting in {"TEMPLATES", "DEBUG", "INSTALLED_APPS"}:
        engines.__dict__.pop("templates", None)
        engines._templates = None
        engines._engines = {}


def clear_cache_handlers(*, setting: str, **kwargs: Any) -> None:
    """Forget the caches."""
    if setting == "CACHES":
        caches.__dict__.pop("settings", None)
        caches._connections = local()


setting_changed.connect(clear_cache_handlers)
setting_changed.connect(root_urlconf_changed)
setting_changed.connect(reset_template_engines)
