"""From a dotted path to what it names (``django.utils.module_loading``)."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


def import_string(dotted_path: str) -> Any:
    """Import ``package.module.Name`` and return ``Name``.

    Raises ImportError, with Django's two messages, when the path has no dot or the module no such
    name. Whatever importing the module raises is passed on.
    """
    module_path, dot, name = dotted_path.rpartition(".")
    if not dot:
        raise ImportError(f"{dotted_path} doesn't look like a module path")
    module = import_module(module_path)
    try:
        return getattr(module, name)
    except AttributeError as error:
        message = f'Module "{module_path}" does not define a "{name}" attribute/class'
        raise ImportError(message) from error


def module_has_submodule(package: ModuleType, module_name: str) -> bool:
    """Whether ``package`` has a module of this name, without importing it."""
    if not hasattr(package, "__path__"):
        return False
    try:
        return find_spec(f"{package.__name__}.{module_name}") is not None
    except ModuleNotFoundError:
        return False
