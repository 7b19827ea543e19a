"""What stands between ``<`` and ``>`` in a route (``django.urls.converters``)."""

import warnings
from typing import Any


class IntConverter:
    """Zero or a positive integer."""

    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        """Return what the view gets."""
        return int(value)

    def to_url(self, value: Any) -> str:
        """Return what stands in a path."""
        return str(value)


class StringConverter:
    """Text without a slash; the default."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """Return what the view gets."""
        return value

    def to_url(self, value: str) -> str:
        """Return what stands in a path."""
        return value


class UUIDConverter:
    """A UUID in lower case."""

    regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

    def to_python(self, value: str) -> Any:
        """Return what the view gets."""
        from uuid import UUID  # late: it takes longer to load than all converters

        return UUID(value)

    def to_url(self, value: Any) -> str:
        """Return what stands in a path."""
        return str(value)


class SlugConverter(StringConverter):
    """Letters, digits, hyphens, underscores."""

    regex = "[-a-zA-Z0-9_]+"


class PathConverter(StringConverter):
    """Text, slashes too."""

    regex = ".+"


DEFAULT_CONVERTERS: dict[str, Any] = {
    "int": IntConverter(),
    "path": PathConverter(),
    "slug": SlugConverter(),
    "str": StringConverter(),
    "uuid": UUIDConverter(),
}
REGISTERED_CONVERTERS: dict[str, Any] = {}


def register_converter(converter: type, type_name: str) -> None:
    """Make ``<type_name:x>`` known: a class with ``regex``, ``to_python`` and ``to_url``.

    Its ``to_python`` and ``to_url`` say "no match" by raising ValueError. A name that is taken
    gives a DeprecationWarning, as in Django 5.2; later Djangos refuse it.
    """
    if type_name in get_converters():
        warnings.warn(
            f"Converter {type_name!r} is already registered. Support for overriding registered "
            "converters is deprecated and will be removed in Django 6.0.",
            DeprecationWarning,
            stacklevel=2,
        )
    REGISTERED_CONVERTERS[type_name] = converter()


def get_converters() -> dict[str, Any]:
    """Return all converters by name."""
    return {**DEFAULT_CONVERTERS, **REGISTERED_CONVERTERS}
