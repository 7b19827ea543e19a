"""The two ways to write a pattern (``django.urls.resolvers``).

``match(path)`` of either returns the rest of the path, positional and named arguments; or None.
"""

import functools
import re
from typing import Any

from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.urls.converters import get_converters
from minidjango.utils.functional import cached_property

Match = tuple[str, tuple[Any, ...], dict[str, Any]]

PARAMETER = re.compile(r"<(?:(?P<converter>[^>:]+):)?(?P<parameter>[^>]+)>")


class Pattern:
    """What the two have in common: text that stands for a regular expression."""

    converters: dict[str, Any]

    def __init__(self, text: str, name: str | None = None, is_endpoint: bool = False) -> None:
        self._text = text
        self._is_endpoint = is_endpoint
        self.name = name

    def __str__(self) -> str:
        return str(self._text)

    def describe(self) -> str:
        """Return the pattern, with its name, for messages."""
        return f"'{self}' [name='{self.name}']" if self.name else f"'{self}'"


class RegexPattern(Pattern):
    """``re_path``: a regular expression."""

    def __init__(self, regex: str, name: str | None = None, is_endpoint: bool = False) -> None:
        super().__init__(regex, name, is_endpoint)
        self.converters = {}

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled; ImproperlyConfigured if it is none."""
        try:
            return re.compile(self._text)
        except re.error as error:
            message = f'"{self._text}" is not a valid regular expression: {error}'
            raise ImproperlyConfigured(message) from error

    def match(self, path: str) -> Match | None:
        """Match the beginning of ``path``; an expression for a view that ends in ``$``, all of it.

        If any group has a name, only those count.
        """
        whole = self._is_endpoint and self.regex.pattern.endswith("$")
        found = self.regex.fullmatch(path) if whole else self.regex.search(path)
        if not found:
            return None
        named = found.groupdict()
        args = () if named else found.groups()
        kwargs = {name: value for name, value in named.items() if value is not None}
        return path[found.end() :], args, kwargs


class RoutePattern(Pattern):
    """``path``: text with ``<converter:name>`` in it."""

    def __init__(self, route: str, name: str | None = None, is_endpoint: bool = False) -> None:
        super().__init__(route, name, is_endpoint)
        self._regex, self.converters = _route_to_regex(str(route), is_endpoint)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression that the route stands for, compiled."""
        return re.compile(self._regex)

    def match(self, path: str) -> Match | None:
        """Match the beginning of ``path``, for a view all of it, and convert the values."""
        found = self.regex.search(path)
        if not found:
            return None
        kwargs = found.groupdict()
        try:
            for name, value in kwargs.items():
                kwargs[name] = self.converters[name].to_python(value)
        except ValueError:  # a converter's way to say that it does not match
            return None
        return path[found.end() :], (), kwargs


@functools.lru_cache
def _route_to_regex(route: str, is_endpoint: bool) -> tuple[str, dict[str, Any]]:
    """Return the expression of a route, and its converters by parameter.

    ``blog/<int:year>/`` is ``^blog/(?P<year>[0-9]+)/``, and for a view ends in ``\\Z``.
    """
    expression, converters, end = "^", {}, 0
    for found in PARAMETER.finditer(route):
        name, parameter = found.groups(default="str")
        converters[parameter] = converter = _find_converter(route, found[0], name, parameter)
        expression += re.escape(route[end : found.start()])
        expression += f"(?P<{parameter}>{converter.regex})"
        end = found.end()
    expression += re.escape(route[end:])
    return expression + (r"\Z" if is_endpoint else ""), converters


def _find_converter(route: str, text: str, name: str, parameter: str) -> Any:
    if any(character.isspace() for character in text):
        raise ImproperlyConfigured(
            f"URL route {route!r} cannot contain whitespace in angle brackets <…>."
        )
    if not parameter.isidentifier():
        raise ImproperlyConfigured(
            f"URL route {route!r} uses parameter name {parameter!r} which isn't a valid Python "
            "identifier."
        )
    try:
        return get_converters()[name]
    except KeyError as error:
        message = f"URL route {route!r} uses invalid converter {name!r}."
        raise ImproperlyConfigured(message) from error
