"""The two ways to write a pattern (``django.urls.resolvers``).

``match(path)`` of either returns the rest of the path, positional and named arguments; or None.
"""

import re
from typing import Any

from minidjango.core.exceptions import ImproperlyConfigured
from minidjango.urls.converters import get_converters
from minidjango.utils.functional import cached_property

Match = tuple[str, tuple[Any, ...], dict[str, Any]]

PARAMETER = re.compile(r"<(?:(?P<converter>[^>:]+):)?(?P<parameter>[^>]+)>")


class RegexPattern:
    """``re_path``: a regular expression."""

    def __init__(self, regex: str, name: str | None = None, is_endpoint: bool = False) -> None:
        self._text = self._regex = str(regex)
        self._is_endpoint = is_endpoint
        self.name = name
        self.converters: dict[str, Any] = {}

    def __str__(self) -> str:
        return self._text

    def describe(self) -> str:
        """Return the pattern, with its name, for messages."""
        return f"'{self}' [name='{self.name}']" if self.name else f"'{self}'"

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled; ImproperlyConfigured if it is none."""
        try:
            return re.compile(self._regex)
        except re.error as error:
            message = f'"{self._regex}" is not a valid regular expression: {error}'
            raise ImproperlyConfigured(message) from error

    @cached_property
    def _find(self) -> Any:
        """Search the beginning of a path; for a view's expression that ends in ``$``, all of it."""
        whole = self._is_endpoint and self._regex.endswith("$")
        return self.regex.fullmatch if whole else self.regex.search

    def match(self, path: str) -> Match | None:
        """Match the beginning of ``path``. If any group has a name, only those count."""
        found = self._find(path)
        if not found:
            return None
        if not found.re.groups:  # nothing to capture: the most frequent case, and the root's
            return path[found.end() :], (), {}
        named = found.groupdict()
        args = () if named else found.groups()
        kwargs = {name: value for name, value in named.items() if value is not None}
        return path[found.end() :], args, kwargs


class RootPattern(RegexPattern):
    """``^/``, which stands before every URLconf: all of a path but its first slash."""

    def __init__(self) -> None:
        super().__init__(r"^/")

    def match(self, path: str) -> Match | None:
        """Take the slash off."""
        return (path[1:], (), {}) if path.startswith("/") else None


class RoutePattern(RegexPattern):
    """``path``: text with ``<converter:name>`` in it, which stands for a regular expression."""

    def __init__(self, route: str, name: str | None = None, is_endpoint: bool = False) -> None:
        super().__init__(route, name, is_endpoint)
        self._regex, self.converters = _route_to_regex(self._text, is_endpoint)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression that the route stands for, compiled."""
        return re.compile(self._regex)

    def match(self, path: str) -> Match | None:
        """Match the beginning of ``path``, for a view all of it, and convert the values."""
        if not self.converters:  # then the route is what the path begins with, or is
            matches = path == self._text if self._is_endpoint else path.startswith(self._text)
            return (path[len(self._text) :], (), {}) if matches else None
        found = self._find(path)
        if not found:
            return None
        kwargs = found.groupdict()
        try:
            for name, converter in self.converters.items():
                kwargs[name] = converter.to_python(kwargs[name])
        except ValueError:  # a converter's way to say that it does not match
            return None
        return path[found.end() :], (), kwargs


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
    converters = get_converters()
    if re.search(r"\s", text, re.ASCII):
        wrong = "cannot contain whitespace in angle brackets <…>."
    elif not parameter.isidentifier():
        wrong = f"uses parameter name {parameter!r} which isn't a valid Python identifier."
    elif name not in converters:
        wrong = f"uses invalid converter {name!r}."
    else:
        return converters[name]
    raise ImproperlyConfigured(f"URL route {route!r} {wrong}")
