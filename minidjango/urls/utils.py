"""From a dotted path to a callable (``django.urls.utils``)."""

import functools
from importlib import import_module
from typing import Any

from minidjango.core.exceptions import ViewDoesNotExist
from minidjango.utils.module_loading import module_has_submodule


@functools.cache
def get_callable(lookup_view: Any) -> Any:
    """Return ``lookup_view`` itself if it can be called, else what its dotted path leads to.

    Raises ImportError for a path without a dot or a module that fails, ViewDoesNotExist for a path
    that leads nowhere or to what cannot be called.
    """
    if callable(lookup_view):
        return lookup_view
    if not isinstance(lookup_view, str):
        raise ViewDoesNotExist(f"'{lookup_view}' is not a callable or a dot-notation path")
    module_name, name = get_mod_func(lookup_view)
    failed = f"Could not import '{lookup_view}'."
    if not name:
        raise ImportError(f"{failed} The path must be fully qualified.")
    try:
        module = import_module(module_name)
    except ImportError:
        parent, child = get_mod_func(module_name)
        if child and not module_has_submodule(import_module(parent), child):
            raise ViewDoesNotExist(
                f"{failed} Parent module {module_name} does not exist."
            ) from None
        raise
    if not hasattr(module, name):
        raise ViewDoesNotExist(f"{failed} View does not exist in module {module_name}.")
    view = getattr(module, name)
    if not callable(view):
        raise ViewDoesNotExist(f"Could not import '{module_name}.{name}'. View is not callable.")
    return view


def get_mod_func(callback: str) -> tuple[str, str]:
    """Split ``package.module.name`` at its last dot; without one, the name is empty."""
    module_name, dot, name = callback.rpartition(".")
    return (module_name, name) if dot else (callback, "")
