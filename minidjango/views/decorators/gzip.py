"""Compressing one view's answers (``django.views.decorators.gzip``)."""

from minidjango.middleware.gzip import GZipMiddleware
from minidjango.utils.decorators import decorator_from_middleware

gzip_page = decorator_from_middleware(GZipMiddleware)
