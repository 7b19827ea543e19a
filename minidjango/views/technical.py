"""The pieces of the pages for developers: tables, frames of a traceback, the onion.

Django has them in the template language, in ``django/views/templates``. Text is escaped here, and
values whose names say that they are secret are hidden.
"""

import linecache
import os.path
import re
import traceback
from collections.abc import Iterator, Mapping
from string import Template
from types import FrameType, TracebackType
from typing import Any

from minidjango.conf import settings
from minidjango.core.handlers.layers import is_old_style
from minidjango.utils.html import escape
from minidjango.utils.module_loading import import_string

TEMPLATE = os.path.join(os.path.dirname(__file__), "templates", "technical.html")
CONTEXT_LINES = 5
LONGEST_VALUE = 4096
CAUSE = "The above exception ({}) was the direct cause of the following exception:"
CONTEXT = "During handling of the above exception ({}), another exception occurred:"


class SafeExceptionReporterFilter:
    """Puts stars in the place of secrets (``django.views.debug``)."""

    cleansed_substitute = "********************"
    hidden_settings = re.compile("API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|HTTP_COOKIE", re.I)

    def cleanse_setting(self, key: Any, value: Any) -> Any:
        """Return the value or, for a secret, stars; what is inside it is cleansed too."""
        by_name = isinstance(key, str) and self.hidden_settings.search(key)
        if by_name or key == settings.SESSION_COOKIE_NAME:
            return self.cleansed_substitute
        if isinstance(value, dict):
            return {name: self.cleanse_setting(name, each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            cleansed = [self.cleanse_setting("", each) for each in value]
            return tuple(cleansed) if isinstance(value, tuple) else cleansed
        return value

    def get_safe_settings(self) -> dict[str, Any]:
        """Return the settings."""
        names = filter(str.isupper, dir(settings))
        # Past the lazy settings, which complain of an empty SECRET_KEY.
        return {
            name: self.cleanse_setting(name, getattr(settings._wrapped, name)) for name in names
        }

    def get_safe_request_meta(self, request: Any) -> dict[str, Any]:
        """Return ``request.META``."""
        return {name: self.cleanse_setting(name, value) for name, value in request.META.items()}

    def get_safe_cookies(self, request: Any) -> dict[str, Any]:
        """Return ``request.COOKIES``."""
        return {name: self.cleanse_setting(name, value) for name, value in request.COOKIES.items()}


def page(title: str, heading: str, summary: str, info: str) -> str:
    """Return a page; only the title is text, the rest is HTML."""
    with open(TEMPLATE, encoding="utf-8") as file:
        template = Template(file.read())
    return template.substitute(title=escape(title), heading=heading, summary=summary, info=info)


def table(rows: Mapping[str, str]) -> str:
    """Return rows of a name and a text."""
    row = '<tr><th scope="row">{}</th><td>{}</td></tr>'
    found = [row.format(escape(name), escape(text)) for name, text in rows.items()]
    return f"<table>{''.join(found)}</table>"


def values(rows: Mapping[Any, Any], summary: str) -> str:
    """Return a table, folded, of values without their secrets."""
    cleanse = SafeExceptionReporterFilter().cleanse_setting
    found = {str(name): _shown(cleanse(name, value)) for name, value in rows.items()}
    return f"<details><summary>{summary}</summary>{table(found)}</details>" if found else ""


def _shown(value: Any) -> str:
    try:
        text = repr(value)
    except Exception as error:  # noqa: BLE001 - it is shown instead
        return f"Error in formatting: {type(error).__name__}: {error}"
    if len(text) > LONGEST_VALUE:
        return f"{text[:LONGEST_VALUE]}… <trimmed {len(text)} bytes string>"
    return text


def frames(error: BaseException | None, tb: TracebackType | None) -> str:
    """Return a traceback, innermost frame last, after those of the exceptions that led to it."""
    parts, before = [], None
    for each in _chain(error):
        if before is not None:
            how = CAUSE if each.__cause__ is before else CONTEXT
            parts.append(f"<p>{escape(how.format(before))}</p>")
        walked = traceback.walk_tb(tb if each is error else each.__traceback__)
        parts += [_frame(frame, line) for frame, line in walked]
        before = each
    return "".join(parts)


def _chain(error: BaseException | None) -> list[BaseException]:
    """Return an exception after those that led to it, as Python itself shows them."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.insert(0, error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _frame(frame: FrameType, line: int) -> str:
    """Return a frame: the lines around the one that was running, and its variables."""
    name = frame.f_code.co_filename
    first = max(1, line - CONTEXT_LINES)
    lines = linecache.getlines(name, frame.f_globals)[first - 1 : line + CONTEXT_LINES]
    item = "<li{}><pre>{}</pre></li>"
    source = "".join(
        item.format(' class="here"' if number == line else "", escape(text.rstrip()) or " ")
        for number, text in enumerate(lines, first)
    )
    is_ours = str(frame.f_globals.get("__name__")).startswith("minidjango.")
    return (
        f'<details class="{"framework" if is_ours else "user"}"{"" if is_ours else " open"}>'
        f"<summary><code>{escape(name)}</code>, line {line}, in {escape(frame.f_code.co_name)}"
        f'</summary><ol class="source" start="{first}">{source}</ol>'
        f"{values(frame.f_locals, 'Local variables')}</details>"
    )


def layers(tb: TracebackType | None) -> list[tuple[str, bool]]:
    """Return the layers' paths, outermost first, and whether the request was inside each.

    It was inside those that are running: whose frames are on the stack round the place where the
    exception was caught, or between that and the place where it was raised.
    """
    paths = settings.MIDDLEWARE_CLASSES if is_old_style() else settings.MIDDLEWARE or ()
    running = set(_running(tb))
    return [(path, _name(import_string(path)) in running) for path in paths]


def _running(tb: TracebackType | None) -> Iterator[str]:
    """Yield the classes and functions whose frames these are."""
    if tb is None:
        return
    for walked in (traceback.walk_stack(tb.tb_frame), traceback.walk_tb(tb)):
        for frame, _ in walked:
            code = f"{frame.f_globals.get('__name__')}.{frame.f_code.co_qualname}"
            yield code.partition(".<locals>")[0]
            if "self" in frame.f_locals:
                yield _name(type(frame.f_locals["self"]))


def _name(thing: Any) -> str:
    """Return where a class or a function is defined; of a function in another one, that one."""
    named = thing if hasattr(thing, "__qualname__") else type(thing)
    return f"{named.__module__}.{named.__qualname__}".partition(".<locals>")[0]


def onion(tb: TracebackType | None, view: str, reached: bool) -> str:
    """Return the layers, one inside the other, with the view at the centre."""
    html = ""
    for name, inside in [(view or "no view", reached), *reversed(layers(tb))]:
        kind = ' class="inside"' if inside else ""
        html = f"<li{kind}><code>{escape(name)}</code>{html and f'<ul>{html}</ul>'}</li>"
    return f'<h2>The onion, and where the request was in it</h2><ul class="onion">{html}</ul>'
