"""What the cycle tells its operators (``django.utils.log``)."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from minidjango.conf import settings
from minidjango.utils.module_loading import import_string

if TYPE_CHECKING:
    from minidjango.http import HttpRequest, HttpResponseBase

request_logger = logging.getLogger("minidjango.request")

DEFAULT_LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"require_debug_true": {"()": "minidjango.utils.log.RequireDebugTrue"}},
    "formatters": {
        "minidjango.server": {
            "()": "minidjango.utils.log.ServerFormatter",
            "format": "[{server_time}] {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {
            "level": "INFO",
            "filters": ["require_debug_true"],
            "class": "logging.StreamHandler",
        },
        "minidjango.server": {
            "level": "INFO",
            "class": "logging.StreamHandler",
            "formatter": "minidjango.server",
        },
    },
    "loggers": {
        "minidjango": {"handlers": ["console"], "level": "INFO"},
        "minidjango.server": {
            "handlers": ["minidjango.server"],
            "level": "INFO",
            "propagate": False,
        },
    },
}
"""To the console while ``DEBUG`` is on, and what ``runserver`` serves always.

Django also mails administrators; this does not.
"""


def configure_logging(logging_config: str | None, logging_settings: dict[str, Any]) -> None:
    """Apply the default logging, then the project's; neither when ``logging_config`` is None."""
    if not logging_config:
        return
    configure = import_string(logging_config)
    import_string("logging.config.dictConfig")(DEFAULT_LOGGING)
    if logging_settings:
        configure(logging_settings)


class CallbackFilter(logging.Filter):
    """Pass the records for which ``callback(record)`` is true."""

    def __init__(self, callback: Callable[[logging.LogRecord], Any]) -> None:
        self.callback = callback

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record passes."""
        return bool(self.callback(record))


class RequireDebugFalse(logging.Filter):
    """Pass records only while ``DEBUG`` is off."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record passes."""
        return not settings.DEBUG


class RequireDebugTrue(logging.Filter):
    """Pass records only while ``DEBUG`` is on."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record passes."""
        return bool(settings.DEBUG)


class ServerFormatter(logging.Formatter):
    """Formats the lines of ``runserver``: ``{server_time}`` is when the request was answered."""

    default_time_format = "%d/%b/%Y %H:%M:%S"

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        if self.uses_server_time() and not hasattr(record, "server_time"):
            record.server_time = self.formatTime(record, self.datefmt)
        return super().format(record)

    def uses_server_time(self) -> bool:
        """Whether the format asks for the time."""
        return "{server_time}" in str(self._fmt)


def log_response(
    message: str,
    *args: Any,
    response: "HttpResponseBase | None" = None,
    request: "HttpRequest | None" = None,
    logger: logging.Logger = request_logger,
    level: str | None = None,
    exception: BaseException | None = None,
) -> None:
    """Log a response once: 5xx as an error, 4xx as a warning, unless ``level`` says otherwise.

    Strings in ``args`` are escaped: a path with a newline must not write a second line.
    """
    if getattr(response, "_has_been_logged", False):
        return
    status = response.status_code  # type: ignore[union-attr]  # None is Django's default
    if level is None:
        level = "error" if status >= 500 else "warning" if status >= 400 else "info"
    getattr(logger, level)(
        message,
        *(_on_one_line(arg) for arg in args),
        extra={"status_code": status, "request": request},
        exc_info=exception,
    )
    response._has_been_logged = True  # type: ignore[union-attr]


def _on_one_line(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("unicode_escape").decode("ascii")
    return value
