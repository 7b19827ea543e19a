"""Finding the path for a view (``django.urls.resolvers``).

A regular expression is turned round (`normalize`) into forms such as ``blog/%(year)s/``. A form is
filled in, and then matched against the expression: what comes out would lead back to the view.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from minidjango.urls.exceptions import NoReverseMatch
from minidjango.utils.datastructures import MultiValueDict
from minidjango.utils.functional import cached_property
from minidjango.utils.http import RFC3986_SUBDELIMS, escape_leading_slashes
from minidjango.utils.regex_helper import normalize

Possibility = tuple[list[tuple[str, list[str]]], str, dict[str, Any], dict[str, Any]]
Lookups = tuple[MultiValueDict, dict[str, tuple[str, Any]], dict[str, list[str]]]


class Reversing:
    """The part of a URLResolver that knows the way back."""

    pattern: Any
    url_patterns: Any
    default_kwargs: dict[str, Any]

    @cached_property
    def _lookups(self) -> Lookups:
        """Views and names, namespaces, and applications; made at the first `reverse`."""
        names = MultiValueDict()
        namespaces: dict[str, tuple[str, Any]] = {}
        apps: dict[str, list[str]] = {}
        for child in reversed(self.url_patterns):
            prefix = child.pattern.regex.pattern.removeprefix("^")
            if not isinstance(child, Reversing):
                self._add_view(names, child, prefix)
            elif child.app_name:  # type: ignore[attr-defined]
                namespace = child.namespace  # type: ignore[attr-defined]
                apps.setdefault(child.app_name, []).append(namespace)  # type: ignore[attr-defined]
                namespaces[namespace] = (prefix, child)
            else:
                self._add_included(names, child, prefix)
                for namespace, (inner, resolver) in child.namespace_dict.items():
                    resolver.pattern.converters.update(child.pattern.converters)
                    namespaces[namespace] = (prefix + inner, resolver)
                for app_name, instances in child.app_dict.items():
                    apps.setdefault(app_name, []).extend(instances)
        return names, namespaces, apps

    @staticmethod
    def _add_view(names: MultiValueDict, child: Any, prefix: str) -> None:
        forms = normalize(child.pattern.regex.pattern)
        entry = (forms, prefix, child.default_args, child.pattern.converters)
        names.appendlist(child.callback, entry)
        if child.name is not None:
            names.appendlist(child.name, entry)

    def _add_included(self, names: MultiValueDict, child: "Reversing", prefix: str) -> None:
        for name, entries in child.reverse_dict.lists():
            for _, pattern, defaults, converters in entries:
                names.appendlist(
                    name,
                    (
                        normalize(prefix + pattern),
                        prefix + pattern,
                        {**defaults, **child.default_kwargs},
                        {**self.pattern.converters, **child.pattern.converters, **converters},
                    ),
                )

    @property
    def reverse_dict(self) -> MultiValueDict:
        """Views and names, each with the ways that lead there."""
        return self._lookups[0]

    @property
    def namespace_dict(self) -> dict[str, tuple[str, Any]]:
        """Namespaces, each with its prefix and its resolver."""
        return self._lookups[1]

    @property
    def app_dict(self) -> dict[str, list[str]]:
        """Applications, each with its namespaces."""
        return self._lookups[2]

    def reverse(self, lookup_view: Any, *args: Any, **kwargs: Any) -> str:
        """Return the path of a view or a name, below nothing."""
        return self._reverse_with_prefix(lookup_view, "", *args, **kwargs)

    def _reverse_with_prefix(
        self, lookup_view: Any, _prefix: str, *args: Any, **kwargs: Any
    ) -> str:
        """Return the first path that these arguments fit; NoReverseMatch if there is none."""
        if args and kwargs:
            raise ValueError("Don't mix *args and **kwargs in call to reverse()!")
        possibilities: list[Possibility] = self.reverse_dict.getlist(lookup_view)
        for forms, pattern, defaults, converters in possibilities:
            expression = f"^{re.escape(_prefix)}{pattern}"
            for values, form in _filled(forms, defaults, converters, args, kwargs):
                url = _prefix + form % values
                if re.search(expression, url):
                    return escape_leading_slashes(quote(url, safe=RFC3986_SUBDELIMS + "/~:@"))
        raise NoReverseMatch(_complaint(lookup_view, possibilities, args, kwargs))


def _filled(
    forms: list[tuple[str, list[str]]],
    defaults: dict[str, Any],
    converters: dict[str, Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the forms that take these arguments, with the arguments as text."""
    for form, params in forms:
        if args:
            if len(args) != len(params):
                continue
            given = dict(zip(params, args, strict=True))
        elif _fits(params, defaults, kwargs):
            given = kwargs
        else:
            continue
        try:
            yield {name: _text(converters.get(name), value) for name, value in given.items()}, form
        except ValueError:  # a converter's way to say that it does not match
            continue


def _fits(params: list[str], defaults: dict[str, Any], kwargs: dict[str, Any]) -> bool:
    """Whether nothing is missing, nothing too much, and no default contradicted."""
    if set(kwargs).symmetric_difference(params).difference(defaults):
        return False
    rest = {name: value for name, value in defaults.items() if name not in params}
    return all(kwargs.get(name, value) == value for name, value in rest.items())


def _text(converter: Any, value: Any) -> str:
    text: str = str(value) if converter is None else converter.to_url(value)
    return text


def _complaint(
    view: Any, possibilities: list[Possibility], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> str:
    if hasattr(view, "__module__") and hasattr(view, "__name__"):
        view = f"{view.__module__}.{view.__name__}"
    patterns = [pattern for _, pattern, _, _ in possibilities]
    if not patterns:
        return (
            f"Reverse for '{view}' not found. '{view}' is not a valid view function or pattern "
            "name."
        )
    given = "no arguments"
    if args:
        given = f"arguments '{args}'"
    elif kwargs:
        given = f"keyword arguments '{kwargs}'"
    tried = f"{len(patterns)} pattern(s) tried: {patterns}"
    return f"Reverse for '{view}' with {given} not found. {tried}"
