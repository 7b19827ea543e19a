"""The oracle: run the same thing on Django and on minidjango, and compare what comes out.

A case is a function that takes a `Framework` and returns plain data. `agree` runs it on both.
"""

import contextlib
import importlib
import logging
from collections.abc import Callable, Iterator
from typing import Any

ROOTS = ("django", "minidjango")
SETTINGS = {
    "SECRET_KEY": "for tests",
    "ALLOWED_HOSTS": ["*"],
    "LOGGING_CONFIG": None,
    "ROOT_URLCONF": "a_urlconf_that_a_test_sets",
    "TEMPLATES": [],
    "USE_I18N": False,
    "MIDDLEWARE": [],
}


class Framework:
    """One of the two; ``fw("http.HttpResponse")`` is its HttpResponse."""

    def __init__(self, root: str) -> None:
        self.root = root

    def __call__(self, path: str) -> Any:
        module, _, name = path.rpartition(".")
        return getattr(importlib.import_module(f"{self.root}.{module}"), name)

    def plain(self, value: Any) -> Any:
        """Return a value with this framework's name replaced by Django's, in all its text."""
        if isinstance(value, str):
            return value.replace("MINIDJANGO", "DJANGO").replace("minidjango", "django")
        if isinstance(value, dict):
            return {self.plain(key): self.plain(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.plain(each) for each in value]
        return value

    def outcome(self, case: Callable[..., Any], *args: Any) -> Any:
        """Return what a case returns, or the class and words of what it raises."""
        try:
            return self.plain(["returned", case(*args)])
        except Exception as error:  # noqa: BLE001 - it is the answer
            return self.plain(["raised", type(error).__name__, str(error)])

    def each(self, **cases: Callable[[], Any]) -> dict[str, Any]:
        """Return the outcome of each."""
        return {name: self.outcome(case) for name, case in cases.items()}


@contextlib.contextmanager
def framework(root: str, **options: Any) -> Iterator[Framework]:
    """Give a framework fresh settings, and put back whatever others had set."""
    fw = Framework(root)
    settings = fw("conf.settings")
    before = settings._wrapped
    holder = fw("conf.UserSettingsHolder")(importlib.import_module(f"{root}.conf.global_settings"))
    for name, value in {**SETTINGS, **options}.items():
        setattr(holder, name, value)
    settings._wrapped = holder
    fw("urls.clear_url_caches")()
    fw("urls.set_urlconf")(None)
    fw("urls.set_script_prefix")("/")
    fw("test.signals.setting_changed").send(sender=None, setting="TEMPLATES", value=[], enter=True)
    try:
        yield fw
    finally:
        settings._wrapped = before
        fw("urls.clear_url_caches")()


def results(case: Callable[[Framework], Any], **options: Any) -> tuple[Any, Any]:
    """Return the outcome of a case on Django, and on minidjango."""
    found = []
    for root in ROOTS:
        with framework(root, **options) as fw:
            found.append(fw.outcome(case, fw))
    return found[0], found[1]


def agree(case: Callable[[Framework], Any], **options: Any) -> Any:
    """Assert that both give the same, and return it."""
    django, minidjango = results(case, **options)
    assert minidjango == django
    return django


class Records(logging.Handler):
    """Keeps what is logged as ``LEVEL logger: message``."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self.root, self.lines = root, []

    def emit(self, record: logging.LogRecord) -> None:
        name = record.name.removeprefix(self.root + ".")
        if name == "template":  # Django's own debug page, writing about itself
            return
        self.lines.append(f"{record.levelname} {name}: {record.getMessage()}")


@contextlib.contextmanager
def logs(fw: Framework) -> Iterator[list[str]]:
    """Collect what a framework logs, and keep it from everybody else."""
    logger, handler = logging.getLogger(fw.root), Records(fw.root)
    before = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    try:
        yield handler.lines
    finally:
        logger.removeHandler(handler)
        logger.level, logger.propagate = before
        logger.setLevel(before[0])


def environ(path: str = "/", method: str = "GET", **more: Any) -> dict[str, Any]:
    """Return what a server would pass."""
    from io import BytesIO

    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": BytesIO(b""),
        "wsgi.url_scheme": "http",
        **more,
    }


def served(app: Any, env: dict[str, Any]) -> dict[str, Any]:
    """Call a WSGI application as a server does; return status, headers and body."""
    seen: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        seen.update(status=status, headers=headers)

    result = app(env, start_response)
    try:
        seen["body"] = b"".join(result)
    finally:
        result.close()
    return seen
