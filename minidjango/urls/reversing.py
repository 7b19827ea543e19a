"""Finding the path for a view (``django.urls.resolvers``).

A regular expression is turned round (`normalize`) into forms such as ``blog/%(year)s/``. A form is
filled in, and then matched against the expression: what comes out would lead back to the view.
"""

import re
from typing import Any
from urllib.parse import quote

from minidjango.urls.exceptions import NoReverseMatch
from minidjango.utils.http import RFC3986_SUBDELIMS, escape_leading_slashes

Kwargs = dict[str, Any]


def find_path(resolver: Any, view: Any, prefix: str, args: tuple[Any, ...], kwargs: Kwargs) -> str:
    """Return the first path below ``prefix`` that these arguments fit.

    Raises NoReverseMatch if there is none, ValueError for both kinds of arguments.
    """
    if args and kwargs:
        raise ValueError("Don't mix *args and **kwargs in call to reverse()!")
    ways = resolver.reverse_dict.getlist(view)
    for forms, expression, defaults, converters in ways:
        for form, params in forms:
            values = _values(params, defaults, converters, args, kwargs)
            if values is None:
                continue
            url = prefix + form % values
            if re.search(f"^{re.escape(prefix)}{expression}", url):
                return escape_leading_slashes(quote(url, safe=RFC3986_SUBDELIMS + "/~:@"))
    raise NoReverseMatch(_complaint(view, [way[1] for way in ways], args, kwargs))


def _values(
    params: list[str], defaults: Kwargs, converters: Kwargs, args: tuple[Any, ...], kwargs: Kwargs
) -> Kwargs | None:
    """Return the arguments as they stand in a path; None if they do not fit.

    They fit if nothing is missing, nothing too much, and no default contradicted.
    """
    if args:
        fits = len(args) == len(params)
        kwargs = dict(zip(params, args, strict=False))
    else:
        contradicted = any(kwargs.get(n, v) != v for n, v in defaults.items() if n not in params)
        fits = not contradicted and not (set(kwargs) ^ set(params)) - set(defaults)
    if not fits:
        return None
    try:
        return {n: converters[n].to_url(v) if n in converters else v for n, v in kwargs.items()}
    except ValueError:  # a converter's way to say that it does not match
        return None


def _complaint(view: Any, patterns: list[str], args: tuple[Any, ...], kwargs: Kwargs) -> str:
    if hasattr(view, "__module__") and hasattr(view, "__name__"):
        view = f"{view.__module__}.{view.__name__}"
    problem = f"Reverse for '{view}'"
    if not patterns:
        return f"{problem} not found. '{view}' is not a valid view function or pattern name."
    given = "no arguments"
    if args:
        given = f"arguments '{args}'"
    elif kwargs:
        given = f"keyword arguments '{kwargs}'"
    return f"{problem} with {given} not found. {len(patterns)} pattern(s) tried: {patterns}"
