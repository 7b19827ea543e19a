"""Settings that hold for a while: for one request, or while a stack is built."""

from __future__ import annotations

from typing import Any

COMPUTED = {"SECRET_KEY", "MEDIA_URL", "STATIC_URL"}
"""Settings of which a framework makes or demands something whenever it is asked for them."""

_read: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
"""What each framework's module of defaults held when it was last read, and its settings."""


class InForce:
    """Inside, these settings hold, on top of what held outside, or of the framework's defaults.

    `conf` is the framework's module of that name. Its settings keep each value that somebody has
    asked for; here they are told all of them at once, for every request asks for many.
    """

    __slots__ = ("_before", "_conf", "_known", "_lazy", "_values")

    def __init__(self, conf: Any, values: dict[str, Any]) -> None:
        self._conf, self._lazy, self._values = conf, conf.settings, values

    def __enter__(self) -> None:
        lazy, conf = self._lazy, self._conf
        self._before, self._known, configured = lazy._wrapped, {**vars(lazy)}, lazy.configured
        holder = conf.UserSettingsHolder(self._before if configured else conf.global_settings)
        vars(holder).update(self._values)
        lazy._wrapped = holder
        outside = self._known if configured else _defaults(conf.global_settings)
        known = vars(lazy)
        known.update(outside, **self._values)
        known["_wrapped"] = holder
        for name in COMPUTED:
            known.pop(name, None)

    def __exit__(self, *_: object) -> None:
        self._lazy._wrapped = self._before
        vars(self._lazy).update(self._known)


def _defaults(module: Any) -> dict[str, Any]:
    """A framework's default settings."""
    held, defaults = _read.get(module.__name__, ({}, {}))
    if held != vars(module):
        defaults = {name: value for name, value in vars(module).items() if name.isupper()}
        _read[module.__name__] = dict(vars(module)), defaults
    return defaults
