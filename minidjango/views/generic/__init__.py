"""Views that are classes (``django.views.generic``): those that need neither models nor forms."""

from minidjango.views.generic.base import RedirectView, TemplateView, View

__all__ = ["RedirectView", "TemplateView", "View"]
