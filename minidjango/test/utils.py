"""Settings for the length of a test (``django.test.utils``)."""

import functools
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar

from minidjango.conf import UserSettingsHolder, settings
from minidjango.test.signals import setting_changed

F = TypeVar("F", bound=Callable[..., Any])


class override_settings:
    """Change settings, then change them back: a context manager, or a decorator of functions."""

    def __init__(self, **kwargs: Any) -> None:
        self.options = kwargs

    def enable(self) -> None:
        """Put the changed settings in front; if a listener objects, put them back and raise."""
        override = UserSettingsHolder(settings._wrapped)
        for name, value in self.options.items():
            setattr(override, name, value)
        self.wrapped = settings._wrapped
        settings._wrapped = override
        try:
            for name, value in self.options.items():
                self._tell(setting_changed.send, name, value, True)
        except Exception:
            self.disable()
            raise

    def disable(self) -> None:
        """Put the settings back, tell every listener, and only then raise what one raised."""
        settings._wrapped = self.wrapped
        del self.wrapped
        answers = []
        for name in self.options:
            value = getattr(settings, name, None)
            answers += self._tell(setting_changed.send_robust, name, value, False)
        for _, answer in answers:
            if isinstance(answer, Exception):
                raise answer

    @staticmethod
    def _tell(send: Any, name: str, value: Any, enter: bool) -> list[tuple[Any, Any]]:
        sender = type(settings._wrapped)
        answers: list[tuple[Any, Any]] = send(sender=sender, setting=name, value=value, enter=enter)
        return answers

    def __enter__(self) -> None:
        self.enable()

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.disable()

    def __call__(self, decorated: F) -> F:
        """Decorate a function; ValueError for a class: there are no test cases here."""
        if isinstance(decorated, type):
            raise ValueError(
                "Only functions can be decorated with override_settings. Decorate the class's "
                "test methods instead."
            )

        @functools.wraps(decorated)
        def inner(*args: Any, **kwargs: Any) -> Any:
            with self:
                return decorated(*args, **kwargs)

        return inner  # type: ignore[return-value]
