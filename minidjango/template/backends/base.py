"""What engines have in common (``django.template.backends.base``)."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from minidjango.conf import settings
from minidjango.core.exceptions import ImproperlyConfigured, SuspiciousFileOperation
from minidjango.utils.functional import cached_property


class BaseEngine:
    """An engine's settings: NAME, DIRS and APP_DIRS. Subclasses find and read templates."""

    app_dirname: str
    """The directory of an application that holds templates for this engine."""

    def __init__(self, params: dict[str, Any]) -> None:
        params = params.copy()
        self.name = params.pop("NAME")
        self.dirs = list(params.pop("DIRS"))
        self.app_dirs = params.pop("APP_DIRS")
        if params:
            raise ImproperlyConfigured(f"Unknown parameters: {', '.join(params)}")

    def from_string(self, template_code: str) -> Any:
        """Make a template of its source."""
        raise NotImplementedError("subclasses of BaseEngine should provide a from_string() method")

    def get_template(self, template_name: str) -> Any:
        """Return a template by name; TemplateDoesNotExist if there is none."""
        raise NotImplementedError("subclasses of BaseEngine must provide a get_template() method")

    @cached_property
    def template_dirs(self) -> tuple[Any, ...]:
        """Where to look: DIRS, then, with APP_DIRS, the applications' own directories."""
        found = tuple(self.dirs)
        if self.app_dirs:
            found += get_app_template_dirs(self.app_dirname)
        return found

    def iter_template_filenames(self, template_name: str) -> Iterator[str]:
        """Yield the files that could be it. A name that leads out of a directory is not in it."""
        for directory in self.template_dirs:
            try:
                yield safe_join(directory, template_name)
            except SuspiciousFileOperation:
                continue


def get_app_template_dirs(dirname: str) -> tuple[Path, ...]:
    """Return the directories called ``dirname`` of the packages in ``settings.INSTALLED_APPS``."""
    packages = [import_module(name) for name in settings.INSTALLED_APPS]
    paths = [Path(package.__path__[0]) / dirname for package in packages]
    return tuple(path for path in paths if path.is_dir())


def safe_join(base: Any, *paths: str) -> str:
    """Join paths; SuspiciousFileOperation if that leads out of the first (``django.utils._os``)."""
    root = os.path.abspath(base)
    joined = os.path.abspath(os.path.join(root, *paths))
    if joined != root and not joined.startswith(os.path.join(root, "")):
        raise SuspiciousFileOperation(
            f"The joined path ({joined}) is located outside of the base path component ({root})"
        )
    return joined
