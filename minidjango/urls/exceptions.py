"""What can go wrong between paths and views (``django.urls.exceptions``)."""

from minidjango.http import Http404


class Resolver404(Http404):
    """No pattern matches the path. Its argument says which were tried."""


class NoReverseMatch(Exception):
    """No path leads to that view with those arguments."""
