"""Settings for the length of a test (``django.test.utils``)."""

import contextlib
import functools
from typing import Any

from minidjango.conf import UserSettingsHolder, settings
from minidjango.test.signals import setting_changed

_before_tests: dict[str, Any] = {}


def setup_test_environment(debug: bool | None = None) -> None:
    """Prepare the settings for tests: the client's host is allowed, ``DEBUG`` is as given.

    A runner calls it once, before all tests. Raises RuntimeError if it has been called already.
    """
    if _before_tests:
        raise RuntimeError(
            "setup_test_environment() was already called and can't be called again without first "
            "calling teardown_test_environment()."
        )
    _before_tests.update(ALLOWED_HOSTS=settings.ALLOWED_HOSTS, DEBUG=settings.DEBUG)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.DEBUG = settings.DEBUG if debug is None else debug


def teardown_test_environment() -> None:
    """Put back what `setup_test_environment` changed."""
    for name in list(_before_tests):
        setattr(settings, name, _before_tests.pop(name))


class override_settings:
    """Change settings, then change them back.

    A context manager, a decorator of functions, and of subclasses of `SimpleTestCase`.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.options = kwargs

    def enable(self) -> None:
        """Put the changed settings in front; if a listener objects, put them back and raise."""
        override = UserSettingsHolder(settings._wrapped)
        for name, value in self.options.items():
            setattr(override, name, value)
        self.wrapped, settings._wrapped = settings._wrapped, override
        try:
            self._tell(setting_changed.send, enter=True)
        except Exception:
            with contextlib.suppress(Exception):
                self.disable()
            raise

    def disable(self) -> None:
        """Put the settings back, tell every listener, and only then raise what one raised."""
        settings._wrapped = self.wrapped
        del self.wrapped
        for _, answer in self._tell(setting_changed.send_robust, enter=False):
            if isinstance(answer, Exception):
                raise answer

    def _tell(self, send: Any, enter: bool) -> list[tuple[Any, Any]]:
        answers = []
        for name in self.options:
            value = getattr(settings._wrapped, name, None)
            answers += send(sender=type(settings._wrapped), setting=name, value=value, enter=enter)
        return answers

    def __enter__(self) -> None:
        self.enable()

    def __exit__(self, *exc_info: object) -> None:
        self.disable()

    def __call__(self, decorated: Any) -> Any:
        """Decorate a function or a class.

        Raises ValueError for a class that is no SimpleTestCase, TypeError for what is neither.
        """
        if isinstance(decorated, type):
            return self.decorate_class(decorated)
        if not callable(decorated):
            raise TypeError(f"Cannot decorate object of type {type(decorated)}")

        @functools.wraps(decorated)
        def inner(*args: Any, **kwargs: Any) -> Any:
            with self:
                return decorated(*args, **kwargs)

        return inner

    def decorate_class(self, cls: Any) -> Any:
        """Change the settings for all tests of a class; ValueError if it is no SimpleTestCase."""
        from minidjango.test.testcases import SimpleTestCase

        if not issubclass(cls, SimpleTestCase):
            raise ValueError(
                "Only subclasses of Django SimpleTestCase can be decorated with override_settings"
            )
        self.save_options(cls)
        return cls

    def save_options(self, test_func: Any) -> None:
        """Leave the changes where ``setUpClass`` finds them, after those of the class's bases."""
        test_func._overridden_settings = {**(test_func._overridden_settings or {}), **self.options}


class modify_settings(override_settings):
    """Like `override_settings`, for lists: ``MIDDLEWARE={"append": ..., "remove": [...]}``.

    Args:
        *args: the operations as ``[(name, {action: items}), ...]``, or
        **kwargs: by name. An action is append, prepend or remove.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.operations = list(args[0] if args else kwargs.items())

    def enable(self) -> None:
        """Change the lists as they are now; ValueError for another action."""
        self.options = {}
        for name, operations in self.operations:
            value = self.options.get(name, list(getattr(settings, name, [])))
            for action, items in operations.items():
                self.options[name] = value = _changed(value, action, items)
        super().enable()

    def save_options(self, test_func: Any) -> None:
        """Leave the changes where ``setUpClass`` finds them, after those of the class's bases."""
        test_func._modified_settings = [*(test_func._modified_settings or []), *self.operations]


def _changed(value: list[Any], action: str, items: Any) -> list[Any]:
    items = [items] if isinstance(items, str) else items
    new = [item for item in items if item not in value]
    if action == "append":
        return value + new
    if action == "prepend":
        return new + value
    if action == "remove":
        return [item for item in value if item not in items]
    raise ValueError(f"Unsupported action: {action}")
