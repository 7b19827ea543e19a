"""Tools of ``django.test`` and names of the kind, for tests; minidjango's own where it has them."""

import contextlib
import functools
import gc
import io
import logging
import sys
import tempfile
import unittest
import warnings
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

from minidjango.test.utils import modify_settings, override_settings
from tests.minidjango.upstream import cases
from tests.minidjango.upstream.engines import minidjango as engine

JINJA2 = "minidjango.template.backends.jinja2.Jinja2"


def _unless_left_out(real: Any) -> Any:
    """Return a class of decorators that lets pass what is derived from a placeholder."""

    def __call__(self: Any, decorated: Any) -> Any:
        if isinstance(decorated, type) and hasattr(decorated, "_left_out_name"):
            return decorated
        return real.__call__(self, decorated)

    return type(real.__name__, (real,), {"__call__": __call__})


class Decorator(contextlib.ContextDecorator):
    """A context manager that decorates functions, and classes of tests."""

    def __init__(self, **kwargs: Any) -> None:
        self.options = kwargs

    def __call__(self, decorated: Any) -> Any:
        """Decorate a function, or every test of a class."""
        if not isinstance(decorated, type):
            return super().__call__(decorated)
        for name in dir(decorated):
            if name.startswith("test") and callable(getattr(decorated, name)):
                setattr(decorated, name, self(getattr(decorated, name)))
        return decorated

    def _recreate_cm(self) -> Any:
        return type(self)(**self.options)


class ignore_warnings(Decorator):
    """Ignore warnings of some kinds."""

    def __enter__(self) -> None:
        self.catcher = warnings.catch_warnings()
        self.catcher.__enter__()
        if "message" in self.options or "module" in self.options:
            warnings.filterwarnings("ignore", **self.options)
        else:
            warnings.simplefilter("ignore", **self.options)

    def __exit__(self, *error: object) -> None:
        self.catcher.__exit__(*error)  # type: ignore[arg-type]


class override_script_prefix(Decorator):
    """Let ``reverse`` begin with another prefix."""

    def __init__(self, prefix: str) -> None:
        super().__init__(prefix=prefix)

    def __enter__(self) -> None:
        from minidjango.urls import get_script_prefix, set_script_prefix

        self.before = get_script_prefix()
        set_script_prefix(self.options["prefix"])

    def __exit__(self, *error: object) -> None:
        from minidjango.urls import set_script_prefix

        set_script_prefix(self.before)


@contextlib.contextmanager
def captured_output(name: str) -> Iterator[io.StringIO]:
    """Give what is written to one of the standard streams."""
    with mock.patch.object(sys, name, io.StringIO()) as stream:
        yield stream


@contextlib.contextmanager
def extend_sys_path(*paths: str) -> Iterator[None]:
    """Import from some folders too."""
    with mock.patch.object(sys, "path", [*sys.path, *map(str, paths)]):
        yield


@contextlib.contextmanager
def freeze_time(now: float) -> Iterator[None]:
    """Let ``time.time()`` stand still."""
    with mock.patch("time.time", return_value=now):
        yield


@contextlib.contextmanager
def isolate_lru_cache(cached: Any) -> Iterator[None]:
    """Begin and end with an empty cache."""
    cached.cache_clear()
    try:
        yield
    finally:
        cached.cache_clear()


def tag(*tags: str) -> Callable[[Any], Any]:
    """Change nothing: no test is chosen by its tags here."""
    return lambda decorated: decorated


def _nothing(**kwargs: Any) -> None:
    """Close the connections that there are not."""


class LoggingCaptureMixin:
    """A logger of minidjango's writes to ``self.logger_output``."""

    def setUp(self) -> None:
        self.logger = logging.getLogger("minidjango")
        self.old_stream = self.logger.handlers[0].stream  # type: ignore[attr-defined]
        self.logger_output = io.StringIO()
        self.logger.handlers[0].stream = self.logger_output  # type: ignore[attr-defined]

    def tearDown(self) -> None:
        self.logger.handlers[0].stream = self.old_stream  # type: ignore[attr-defined]


def require_jinja2(decorated: Any) -> Any:
    """Have two engines."""
    backends = {f"{engine.__name__}.DjangoTemplates": {}, JINJA2: {"keep_trailing_newline": True}}
    templates = [
        {"BACKEND": path, "APP_DIRS": True, "OPTIONS": options}
        for path, options in backends.items()
    ]
    return override_settings(TEMPLATES=templates)(decorated)


FIRST: dict[str, Any] = {
    f"minidjango.test{module}.{name}": tool
    for module in ("", ".utils", ".testcases", ".client")
    for name, tool in {
        "Client": cases.Client,
        "override_settings": _unless_left_out(override_settings),
        "modify_settings": _unless_left_out(modify_settings),
        "SimpleTestCase": cases.SimpleTestCase,
        "TransactionTestCase": cases.TransactionTestCase,
        "TestCase": cases.TestCase,
    }.items()
}
"""Taken always: they must know each other."""

MISSING: dict[str, Any] = {
    **{f"minidjango.utils.version.PY3{n}": sys.version_info >= (3, n) for n in range(8, 16)},
    "minidjango.utils.version.PYPY": sys.implementation.name == "pypy",
    "minidjango.template.Context": engine.Context,
    "minidjango.template.RequestContext": engine.RequestContext,
    "minidjango.template.Template": engine.TemplateOfText,
    "minidjango.db.close_old_connections": _nothing,
    "minidjango.core.files.temp": tempfile,
    "minidjango.core.files.temp.NamedTemporaryFile": tempfile.NamedTemporaryFile,
    "minidjango.test.ignore_warnings": ignore_warnings,
    "minidjango.test.tag": tag,
    **{
        f"minidjango.test.utils.{name}": tool
        for name, tool in {
            "captured_stderr": functools.partial(captured_output, "stderr"),
            "captured_stdin": functools.partial(captured_output, "stdin"),
            "captured_stdout": functools.partial(captured_output, "stdout"),
            "extend_sys_path": extend_sys_path,
            "freeze_time": freeze_time,
            "garbage_collect": gc.collect,
            "ignore_warnings": ignore_warnings,
            "isolate_lru_cache": isolate_lru_cache,
            "override_script_prefix": override_script_prefix,
            "require_jinja2": require_jinja2,
            "requires_tz_support": unittest.skipUnless(True, ""),
            "tag": tag,
            "LoggingCaptureMixin": LoggingCaptureMixin,
        }.items()
    },
}
"""Taken when minidjango has no such name."""
