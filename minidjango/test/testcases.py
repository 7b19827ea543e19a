"""A test case with a client (``django.test.testcases``)."""

import unittest
from typing import Any

from minidjango.test.client import Client
from minidjango.test.utils import modify_settings, override_settings


class SimpleTestCase(unittest.TestCase):
    """A test case in which every test has a fresh ``client``.

    Settings can be changed for the class (decorate it with `override_settings` or
    `modify_settings`), and inside a test.
    """

    client_class = Client
    client: Any
    _overridden_settings: dict[str, Any] | None = None
    _modified_settings: list[Any] | None = None

    @classmethod
    def setUpClass(cls) -> None:
        """Change the settings until the last test of the class is over."""
        super().setUpClass()
        if cls._overridden_settings:
            cls.enterClassContext(override_settings(**cls._overridden_settings))
        if cls._modified_settings:
            cls.enterClassContext(modify_settings(cls._modified_settings))

    def run(self, result: unittest.TestResult | None = None) -> unittest.TestResult | None:
        """Run the test; even its ``setUp`` has the client."""
        self.client = self.client_class()
        return super().run(result)

    def settings(self, **kwargs: Any) -> override_settings:
        """Return a context manager that changes settings."""
        return override_settings(**kwargs)

    def modify_settings(self, **kwargs: Any) -> modify_settings:
        """Return a context manager that changes settings which are lists."""
        return modify_settings(**kwargs)
