"""The bridge from old-style methods to layers (``django.utils.deprecation``)."""

from collections.abc import Callable
from typing import Any

from minidjango.utils.functional import empty


class MiddlewareMixin:
    """Gives a class with old-style methods the ``__init__`` and ``__call__`` of a layer.

    The old stack builds its layers without an argument, so that is allowed here (in Django 5.2 it
    is a TypeError); None is not: it is what a forgotten argument looks like.
    """

    def __init__(self, get_response: Any = empty) -> None:
        if get_response is None:
            raise ValueError("get_response must be provided.")
        self.get_response: Callable[[Any], Any] | None
        self.get_response = None if get_response is empty else get_response
        super().__init__()

    def __repr__(self) -> str:
        inner = self.get_response
        name = getattr(inner, "__qualname__", type(inner).__name__)
        return f"<{type(self).__qualname__} get_response={name}>"

    def __call__(self, request: Any) -> Any:
        """Ask ``process_request``, the next layer if that has no answer, ``process_response``."""
        response = None
        if hasattr(self, "process_request"):
            response = self.process_request(request)
        response = response or self.get_response(request)  # type: ignore[misc]
        if hasattr(self, "process_response"):
            response = self.process_response(request, response)
        return response
