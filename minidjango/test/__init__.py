"""Tools for tests (``django.test``)."""

from minidjango.test.client import Client, RequestFactory
from minidjango.test.testcases import SimpleTestCase
from minidjango.test.utils import modify_settings, override_settings

__all__ = ["Client", "RequestFactory", "SimpleTestCase", "modify_settings", "override_settings"]
