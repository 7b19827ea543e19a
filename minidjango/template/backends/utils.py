"""What a form needs against forgery (``django.template.backends.utils``)."""

from functools import partial
from typing import Any

from minidjango.middleware.csrf import get_token
from minidjango.utils.functional import SimpleLazyObject
from minidjango.utils.safestring import SafeString


def csrf_input(request: Any) -> SafeString:
    """Return the hidden field that carries the token."""
    return SafeString(
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
    )


def csrf_input_lazy(request: Any) -> Any:
    """Return the field, made only if it is used: the response will then set a cookie."""
    return SimpleLazyObject(partial(csrf_input, request))


def csrf_token_lazy(request: Any) -> Any:
    """Return the token, made only if it is used."""
    return SimpleLazyObject(partial(get_token, request))
