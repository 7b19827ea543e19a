"""Settings: one lazy object that everybody imports (``django.conf``).

``settings`` knows nothing until it is asked. Then it reads the module that the environment
variable ``MINIDJANGO_SETTINGS_MODULE`` names, unless ``settings.configure()`` came first. What
neither says comes from `minidjango.conf.global_settings`.
"""

import importlib
import os
from typing import Any

from minidjango.conf import global_settings
from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.utils.functional import empty

ENVIRONMENT_VARIABLE = "MINIDJANGO_SETTINGS_MODULE"
_LISTS = {"ALLOWED_HOSTS", "INSTALLED_APPS", "SECRET_KEY_FALLBACKS"}
_LISTS |= {"LOCALE_PATHS", "TEMPLATE_DIRS"}  # not read here, but Django checks them too


class LazySettings:
    """A stand-in for the settings, which are in ``_wrapped`` once they are known.

    A value that was asked for is kept in ``__dict__``, so that the next look-up is a plain
    attribute access; putting another object into ``_wrapped`` (as ``override_settings`` does)
    forgets all of them.
    """

    _wrapped: Any

    def __init__(self) -> None:
        self._wrapped = empty

    def _setup(self, name: str | None = None) -> None:
        module = os.environ.get(ENVIRONMENT_VARIABLE)
        if not module:
            asked = f"setting {name}" if name else "settings"
            raise ImproperlyConfigured(
                f"Requested {asked}, but settings are not configured. You must either define the "
                f"environment variable {ENVIRONMENT_VARIABLE} or call settings.configure() before "
                "accessing settings."
            )
        self._wrapped = Settings(module)

    def __repr__(self) -> str:
        if self._wrapped is empty:
            return "<LazySettings [Unevaluated]>"
        return f'<LazySettings "{self._wrapped.SETTINGS_MODULE}">'

    def __getattr__(self, name: str) -> Any:
        if self._wrapped is empty:
            self._setup(name)
        value = getattr(self._wrapped, name)
        if name == "SECRET_KEY" and not value:
            raise ImproperlyConfigured("The SECRET_KEY setting must not be empty.")
        self.__dict__[name] = value
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "_wrapped":
            self.__dict__.clear()
            self.__dict__["_wrapped"] = value
            return
        self.__dict__.pop(name, None)
        if self._wrapped is empty:
            self._setup()
        setattr(self._wrapped, name, value)

    def __delattr__(self, name: str) -> None:
        if name == "_wrapped":
            raise TypeError("can't delete _wrapped.")
        if self._wrapped is empty:
            self._setup()
        delattr(self._wrapped, name)
        self.__dict__.pop(name, None)

    def __dir__(self) -> list[str]:
        if self._wrapped is empty:
            self._setup()
        return dir(self._wrapped)

    def configure(self, default_settings: Any = global_settings, **options: Any) -> None:
        """Set the settings by hand, once.

        ``default_settings`` is any object with the remaining settings as attributes.
        Raises RuntimeError when settings are there already, TypeError for a lower-case name.
        """
        if self._wrapped is not empty:
            raise RuntimeError("Settings already configured.")
        holder = UserSettingsHolder(default_settings)
        for name, value in options.items():
            if not name.isupper():
                raise TypeError(f"Setting {name!r} must be uppercase.")
            setattr(holder, name, value)
        self._wrapped = holder

    @property
    def configured(self) -> bool:
        """Whether the settings are known already."""
        return self._wrapped is not empty


class Settings:
    """The defaults, overlaid with the upper-case names of one settings module."""

    def __init__(self, settings_module: str) -> None:
        self.SETTINGS_MODULE = settings_module
        self._explicit_settings: set[str] = set()
        for name in filter(str.isupper, dir(global_settings)):
            setattr(self, name, getattr(global_settings, name))
        module = importlib.import_module(settings_module)
        for name in filter(str.isupper, dir(module)):
            value = getattr(module, name)
            if name in _LISTS and not isinstance(value, list | tuple):
                raise ImproperlyConfigured(f"The {name} setting must be a list or a tuple.")
            setattr(self, name, value)
            self._explicit_settings.add(name)

    def is_overridden(self, setting: str) -> bool:
        """Whether the settings module itself has this setting."""
        return setting in self._explicit_settings

    def __repr__(self) -> str:
        return f'<{type(self).__name__} "{self.SETTINGS_MODULE}">'


class UserSettingsHolder:
    """Settings set by hand; whatever is not here is asked of ``default_settings``."""

    SETTINGS_MODULE = None
    _deleted: set[str]

    def __init__(self, default_settings: Any) -> None:
        self.__dict__.update(_deleted=set(), default_settings=default_settings)

    def __getattr__(self, name: str) -> Any:
        if not name.isupper() or name in self._deleted:
            raise AttributeError
        return getattr(self.default_settings, name)

    def __setattr__(self, name: str, value: Any) -> None:
        self._deleted.discard(name)
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        self._deleted.add(name)
        if name in self.__dict__:
            super().__delattr__(name)

    def __dir__(self) -> list[str]:
        names = {*self.__dict__, *dir(self.default_settings)}
        return sorted(names - self._deleted)

    def is_overridden(self, setting: str) -> bool:
        """Whether this holder, or one that it stands on, sets or deletes this setting."""
        below = getattr(self.default_settings, "is_overridden", lambda setting: False)
        return setting in self._deleted or setting in self.__dict__ or bool(below(setting))

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


settings = LazySettings()
