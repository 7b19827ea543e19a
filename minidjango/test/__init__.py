"""Tools for tests (``django.test``)."""

from minidjango.test.client import RequestFactory
from minidjango.test.utils import override_settings

__all__ = ["RequestFactory", "override_settings"]
