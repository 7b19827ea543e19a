"""What templates may know about the user (``django.contrib.auth.context_processors``)."""

from typing import Any

from minidjango.contrib.auth.models import AnonymousUser


def auth(request: Any) -> dict[str, Any]:
    """Add ``user``: ``request.user``, or an AnonymousUser if no layer has set one."""
    return {"user": request.user if hasattr(request, "user") else AnonymousUser()}
