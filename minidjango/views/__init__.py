"""Views that come with the framework: pages of errors, and classes to make views of."""

from minidjango.views.generic.base import View

__all__ = ["View"]
